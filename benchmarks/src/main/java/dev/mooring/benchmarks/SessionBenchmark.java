package dev.mooring.benchmarks;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Leases;
import dev.mooring.lease.TimerWheel;
import dev.mooring.session.Admission;
import dev.mooring.session.Occupant;
import dev.mooring.session.Opening;
import dev.mooring.session.Session;
import dev.mooring.session.SessionLimits;
import dev.mooring.session.SessionManager;
import dev.mooring.time.Time;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What sessions cost, beside ten thousand others that are there all the time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-DMCP_LOG_LEVEL=WARN")
public class SessionBenchmark {
    private static final Occupant NOBODY = reason -> {};

    @Param("10000")
    private int others = 10_000;

    private final TimerWheel wheel = new TimerWheel(Time.system());
    private final SessionManager sessions = new SessionManager(SessionLimits.DEFAULT.withSessions(1_000_000),
            Time.system(), new Leases(Time.system(), wheel));
    private @Nullable Session one;

    @Setup
    public void open() {
        wheel.start();
        for (int i = 0; i < others; i++) {
            one = create();
            one.release();
        }
    }

    @TearDown
    public void close() {
        sessions.close();
        wheel.close();
    }

    private Session create() {
        Opening opening = new Opening(Principal.ANONYMOUS, "http", "127.0.0.1", true, NOBODY);
        return switch (sessions.open(opening)) {
            case Admission.Opened(Session session) -> session;
            case Admission.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    /** Opens a session, registers it everywhere, and ends it. */
    @Benchmark
    public boolean createAndClose() {
        return sessions.close(create(), EndReason.MANUAL);
    }

    /** Finds a session by its id for its owner and takes a reference, then gives it back. */
    @Benchmark
    public Session findAndRelease() {
        Session found = Objects.requireNonNull(sessions.acquire(Objects.requireNonNull(one).id(), Principal.ANONYMOUS));
        found.release();
        return found;
    }

    /** Takes a reference to a session and gives it back. */
    @Benchmark
    public boolean acquireAndRelease() {
        Session session = Objects.requireNonNull(one);
        boolean acquired = session.acquire();
        session.release();
        return acquired;
    }

    @Benchmark
    public Object statistics() {
        return sessions.statistics();
    }
}
