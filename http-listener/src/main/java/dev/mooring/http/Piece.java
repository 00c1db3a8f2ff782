package dev.mooring.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Bytes of one answer on their way out. */
final class Piece {
    private final PendingCall call;
    private final boolean last;
    private final byte[][] parts;
    private final int length;

    /** @param last whether the answer is complete with it */
    Piece(PendingCall call, boolean last, byte[]... parts) {
        this.call = call;
        this.last = last;
        this.parts = parts;
        int sum = 0;
        for (byte[] part : parts) {
            sum += part.length;
        }
        this.length = sum;
    }

    PendingCall call() {
        return call;
    }

    boolean isLast() {
        return last;
    }

    int length() {
        return length;
    }

    ByteBuf buffer() {
        return Unpooled.wrappedBuffer(parts);
    }
}
