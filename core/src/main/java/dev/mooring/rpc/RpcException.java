package dev.mooring.rpc;

import java.io.Serial;

/** An error the peer may see: thrown where a request turns out wrong, answered as its {@link RpcError}. */
public final class RpcException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient RpcError error;

    public RpcException(RpcError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public RpcError error() {
        return error;
    }
}
