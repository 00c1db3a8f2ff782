package dev.mooring.session;

import dev.mooring.lease.EndReason;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What lives in a session under test: hears of the end, and proves to be there when told to. Thread-safe. */
final class Tenant implements Occupant {
    private final BlockingQueue<EndReason> told = new LinkedBlockingQueue<>();
    private volatile @Nullable LongSupplier proof;

    @Override
    public void ended(EndReason reason) {
        told.add(reason);
    }

    @Override
    public long lastProof(long atLeast) {
        LongSupplier given = proof;
        return given == null ? atLeast : given.getAsLong();
    }

    /** Proves to be there whenever asked. */
    void prove(LongSupplier nanos) {
        proof = nanos;
    }

    /** Waits to be told. */
    EndReason reason() throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nobody was told");
    }

    /** How often it was told and nobody has asked about it. */
    int told() {
        return told.size();
    }
}
