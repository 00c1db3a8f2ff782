package dev.mooring.benchmarks;

import dev.mooring.auth.Principal;
import dev.mooring.lease.Alarm;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Holding;
import dev.mooring.lease.Lease;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
import dev.mooring.lease.Terms;
import dev.mooring.lease.TimerWheel;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one tick of the wheel takes among a million: 1 000 are due in each, and as many come anew between two. Every tick is a
 * sample, so that the dear ones are seen, which spread a slot of a level above.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, batchSize = 1, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {"-Xmx2g", "-DMCP_LOG_LEVEL=WARN"})
public class WheelBenchmark {
    private static final int DUE = 1_000;
    private static final int TICKS = 1_000;
    private static final Duration TICK = Duration.ofNanos(1 << 29);
    private static final Duration AHEAD = TICK.multipliedBy(TICKS);

    /** A million alarms that do nothing when they ring. */
    @State(Scope.Benchmark)
    public static class Alarms {
        private final Hand clock = new Hand();
        private final TimerWheel wheel = new TimerWheel(clock);

        @Setup
        public void fill() {
            wheel.start();
            for (int tick = 0; tick < TICKS; tick++) {
                clock.turn();
                add();
            }
        }

        @Setup(Level.Invocation)
        public void add() {
            for (int i = 0; i < DUE; i++) {
                wheel.set(new Alarm(() -> {}), AHEAD.toNanos());
            }
            clock.pass();
        }
    }

    /** A million leases that nobody uses. */
    @State(Scope.Benchmark)
    public static class Idle implements Holding {
        private final Hand clock = new Hand();
        private final TimerWheel wheel = new TimerWheel(clock);
        private final Leases leases = new Leases(clock, wheel);
        private final Terms terms = new Terms(LeaseKind.SESSION, Principal.ANONYMOUS, "lease", AHEAD, Duration.ZERO);
        private final AtomicLong opened = new AtomicLong();
        private final AtomicLong told = new AtomicLong();

        @Setup
        public void fill() {
            wheel.start();
            for (int tick = 0; tick < TICKS; tick++) {
                clock.turn();
                add();
            }
        }

        /** After the ends of the tick before have been told: they have the processors for themselves. */
        @Setup(Level.Invocation)
        public void add() {
            while (told.get() < opened.get() - leases.count(LeaseKind.SESSION)) {
                LockSupport.parkNanos(10_000);
            }
            for (int i = 0; i < DUE; i++) {
                leases.open(terms, this);
            }
            opened.addAndGet(DUE);
            clock.pass();
        }

        @Override
        public void leaving(Lease lease, EndReason reason) {}

        @Override
        public void ended(Lease lease, EndReason reason) {
            told.incrementAndGet();
        }
    }

    /** The wheel alone: 1 000 of 1 000 000 alarms ring. */
    @Benchmark
    public void ring(Alarms alarms) {
        alarms.clock.turn();
    }

    /** 1 000 of 1 000 000 leases expire, and each is handed to a virtual thread for what its end asks for. */
    @Benchmark
    public void expire(Idle idle) {
        idle.clock.turn();
    }

    /** A clock that is moved by hand. */
    private static final class Hand implements Time {
        private long nanos;
        private Runnable turn = () -> {};

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Repeated every(Duration period, Runnable task) {
            turn = task;
            return () -> {};
        }

        private void pass() {
            nanos += TICK.toNanos();
        }

        private void turn() {
            turn.run();
        }
    }
}
