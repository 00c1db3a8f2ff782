package dev.mooring.server;

import dev.mooring.session.SessionArchive;
import dev.mooring.session.StoreException;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until another process lets go of the session store, for a limited time. {@link #start} once, then {@link #close}.
 */
final class StoreWait implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final SessionArchive archive;
    private final Time time;
    private final Duration most;
    private final Consumer<StoreException> onFailure;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean over;
    private volatile Time.Repeated tries = () -> {}; // set by start

    /**
     * Makes a wait that has not begun.
     *
     * @param onFailure told once, if the store is still held when the time is over, or turns out unusable
     */
    StoreWait(SessionArchive archive, Time time, Duration most, Consumer<StoreException> onFailure) {
        this.archive = archive;
        this.time = time;
        this.most = most;
        this.onFailure = onFailure;
    }

    /** Opens the store if it is free; else begins to wait. */
    void start() {
        if (archive.open()) {
            over = true;
            return;
        }
        LOG.info("Another process holds the session store; waiting at most {} ms", most.toMillis());
        long began = time.nanos();
        tries = time.every(INTERVAL, () -> tryOnItsOwnThread(began));
    }

    private void tryOnItsOwnThread(long began) {
        if (!over && trying.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mooring-store-wait").start(() -> {
                try {
                    tryAgain(began);
                } finally {
                    trying.set(false);
                }
            });
        }
    }

    private void tryAgain(long began) {
        try {
            if (!over && archive.open()) {
                LOG.info("The session store is open");
                close();
            } else if (!over && time.nanos() - began >= most.toNanos()) {
                throw new StoreException("The session store is still held by another process after " + most.toMillis()
                        + " ms (MCP_STORE_WAIT_MS); end that process, or set MCP_SESSION_STORE to another file");
            }
        } catch (StoreException e) {
            if (!over) {
                close();
                onFailure.accept(e);
            }
        }
    }

    /** Waits no longer. May be repeated. */
    @Override
    public void close() {
        over = true;
        tries.close();
    }
}
