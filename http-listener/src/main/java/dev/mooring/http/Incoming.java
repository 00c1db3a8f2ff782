package dev.mooring.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory that bodies of all connections may take while they arrive. Thread-safe. */
final class Incoming {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.http");

    private final long max;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean(); // said once until half of it is free again

    Incoming(long max) {
        this.max = max;
    }

    /** False if so many bytes are not left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= max) {
            return true;
        }
        taken.addAndGet(-bytes);
        if (full.compareAndSet(false, true)) {
            LOG.warn("{} bytes of bodies are arriving, more are refused; MCP_MAX_INCOMING_BYTES governs the limit",
                    max);
        }
        return false;
    }

    void giveBack(long bytes) {
        if (taken.addAndGet(-bytes) <= max / 2 && full.get()) {
            full.set(false);
        }
    }

    /** How many bytes are taken. */
    long taken() {
        return taken.get();
    }
}
