package dev.mooring.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.Together;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An alarm rings once, never early, and at most a second after its time. */
@Timeout(60)
class TimerWheelTest {
    private static final long SECOND = 1_000_000_000;

    private static TimerWheel turning(Time time) {
        TimerWheel wheel = new TimerWheel(time);
        wheel.start();
        return wheel;
    }

    /** A clock whose wheel turns when the test says so, however far time went meanwhile: a machine that slept. */
    private static final class Jumps implements Time {
        private long nanos;
        private Runnable turn = () -> {};

        Jumps(long origin) {
            nanos = origin;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public Repeated every(Duration period, Runnable task) {
            turn = task;
            return () -> turn = () -> {};
        }

        void jump(Duration by) {
            nanos += by.toNanos();
            turn.run();
        }
    }

    /** What must hold of every alarm, kept in the plainest way. */
    private static final class Model {
        private final Time clock;
        private final TimerWheel wheel;
        private final List<Alarm> alarms = new ArrayList<>();
        private final Map<Integer, Long> deadlines = new HashMap<>();
        private int rung;

        Model(Time clock, int size) {
            this.clock = clock;
            this.wheel = turning(clock);
            for (int i = 0; i < size; i++) {
                int number = i;
                alarms.add(new Alarm(() -> rang(number)));
            }
        }

        void set(int number, long ahead) {
            deadlines.put(number, clock.nanos() + ahead);
            wheel.set(alarms.get(number), ahead);
        }

        void cancel(int number) {
            deadlines.remove(number);
            wheel.cancel(alarms.get(number));
        }

        private void rang(int number) {
            rung++;
            Long deadline = deadlines.remove(number);
            assertTrue(deadline != null, "an alarm rang that was not set");
            assertTrue(clock.nanos() - deadline >= 0, "an alarm rang early");
        }

        void nothingIsLate() {
            assertEquals(0, deadlines.values().stream().filter(deadline -> clock.nanos() - deadline > SECOND).count(),
                    "alarms are more than a second late");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MAX_VALUE - 100 * SECOND, Long.MIN_VALUE,
        Long.MIN_VALUE + 12_345})
    void manyAlarms_ringAsInAPlainModel(long origin) {
        Random random = new Random(origin);
        FakeClock clock = new FakeClock(origin);
        Model model = new Model(clock, 500);
        long[] reaches = {SECOND / 2, 40 * SECOND, 3_000 * SECOND, 200_000 * SECOND};
        for (int step = 0; step < 3_000; step++) {
            int number = random.nextInt(500);
            if (random.nextInt(5) == 0) {
                model.cancel(number);
            } else {
                model.set(number, random.nextLong(reaches[random.nextInt(reaches.length)]));
            }
            clock.advance(Duration.ofNanos(random.nextLong(step % 500 == 0 ? 2_000 * SECOND : 3 * SECOND)));
            model.nothingIsLate();
        }
        clock.advance(Duration.ofSeconds(200_001));
        assertEquals(Map.of(), model.deadlines);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, Long.MAX_VALUE - 5_000_000 * SECOND, Long.MIN_VALUE,
        Long.MIN_VALUE + 5_000_000 * SECOND})
    void crowdOfAlarms_ringsAsInAPlainModelHoweverFarTimeJumps(long origin) {
        Random random = new Random(origin);
        Jumps clock = new Jumps(origin);
        Model model = new Model(clock, 30_000);
        long[] reaches = {SECOND, 60 * SECOND, 3_600 * SECOND, 200_000 * SECOND, 10_000_000 * SECOND};
        for (int step = 0; step < 150; step++) {
            long reach = reaches[random.nextInt(reaches.length)];
            for (int i = 0; i < 4_000; i++) {
                model.set(random.nextInt(30_000), random.nextLong(reach));
                model.cancel(random.nextInt(30_000));
            }
            int before = model.rung;
            clock.jump(Duration.ofNanos(random.nextLong(reaches[step % 4])));
            for (int turns = 1; model.rung - before == turns * 10_000; turns++) {
                clock.jump(Duration.ZERO);
            }
            model.nothingIsLate();
        }
        clock.jump(Duration.ofSeconds(10_000_001));
        for (int turns = 1; turns < 4; turns++) {
            clock.jump(Duration.ZERO);
        }
        assertEquals(Map.of(), model.deadlines);
    }

    /** An alarm that one thread sets, each time it has rung, while another lets time pass. */
    private static final class Contested {
        private final FakeClock clock;
        private final Alarm alarm = new Alarm(this::ring);
        private int set; // the setting thread's own
        private volatile long deadline;
        private volatile long latest;
        private final AtomicInteger rung = new AtomicInteger();
        private volatile boolean wrong; // written by who lets time pass

        Contested(FakeClock clock) {
            this.clock = clock;
        }

        private void ring() {
            wrong |= clock.nanos() < deadline || clock.nanos() > latest;
            rung.incrementAndGet();
        }

        void setIfItRang(TimerWheel wheel, long ahead) {
            if (rung.get() == set) {
                set++;
                deadline = clock.nanos() + ahead;
                latest = Long.MAX_VALUE;
                wheel.set(alarm, ahead);
                latest = clock.nanos() + ahead + SECOND; // the clock may have moved on before the wheel read it
            }
        }
    }

    @Test
    void alarmsSetByOthersWhileTheWheelTurns_ringOncePerSettingAndInTime() throws Exception {
        FakeClock clock = new FakeClock();
        TimerWheel wheel = turning(clock);
        List<Contested> all = new ArrayList<>();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        for (int thread = 0; thread < 3; thread++) {
            List<Contested> own = Stream.generate(() -> new Contested(clock)).limit(3_000).toList();
            List<Alarm> restless = Stream.generate(() -> new Alarm(() -> {})).limit(1_000).toList();
            Random random = new Random(thread);
            all.addAll(own);
            tasks.add(() -> {
                while (!over.get()) {
                    own.get(random.nextInt(own.size())).setIfItRang(wheel, random.nextLong(6_000 * SECOND));
                    wheel.set(restless.get(random.nextInt(restless.size())), random.nextLong(6_000 * SECOND));
                    wheel.cancel(restless.get(random.nextInt(restless.size())));
                }
                return true;
            });
        }
        tasks.add(() -> {
            while (all.stream().mapToInt(contested -> contested.rung.get()).sum() < 30_000) {
                clock.advance(Duration.ofSeconds(100));
            }
            over.set(true);
            return true;
        });
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Together.run(threads, tasks);
        }
        clock.advance(Duration.ofSeconds(6_001));
        assertEquals(0,
                all.stream().filter(contested -> contested.wrong || contested.rung.get() != contested.set).count());
    }

    private final Jumps time = new Jumps(0);
    private final List<String> rung = new ArrayList<>();

    private Alarm alarm(String name) {
        return new Alarm(() -> rung.add(name));
    }

    @ParameterizedTest
    @CsvSource({"63", "64", "4095", "4096", "262143", "262144", "16777215", "16777216", "16777217", "100000000"})
    void alarmAtTheEdgeOfALevel_ringsInItsTick(long ticks) {
        TimerWheel wheel = turning(time);
        Duration ahead = Duration.ofNanos(ticks << 29);
        time.jump(Duration.ofNanos(12_345L << 29));
        wheel.set(alarm("a"), ahead.toNanos());
        time.jump(ahead);
        assertEquals(List.of(), rung);
        time.jump(Duration.ofNanos(1L << 29));
        assertEquals(List.of("a"), rung);
    }

    @Test
    void alarmFurtherAheadThanTheWheel_ringsAtItsTime() {
        TimerWheel wheel = turning(time);
        wheel.set(alarm("a"), Duration.ofDays(300).toNanos());
        for (int day = 0; day < 300; day++) {
            time.jump(Duration.ofDays(1));
            assertEquals(List.of(), rung);
        }
        time.jump(Duration.ofSeconds(1));
        assertEquals(List.of("a"), rung);
    }

    @Test
    void alarmForEver_neverRings() {
        TimerWheel wheel = turning(time);
        time.jump(Duration.ofDays(1));
        wheel.set(alarm("a"), Long.MAX_VALUE);
        time.jump(Duration.ofDays(1_000));
        assertEquals(List.of(), rung);
    }

    @Test
    void jumpOverManyAlarms_ringsThemInOrder() {
        TimerWheel wheel = turning(time);
        for (int i = 20; i > 0; i--) {
            wheel.set(alarm("" + i), i * 3_600L * SECOND);
        }
        time.jump(Duration.ofHours(11));
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), rung);
    }

    @Test
    void alarmInThePast_ringsInTheNextTick() {
        TimerWheel wheel = turning(time);
        wheel.set(alarm("a"), -SECOND);
        assertEquals(List.of(), rung);
        time.jump(Duration.ofSeconds(1));
        assertEquals(List.of("a"), rung);
    }

    @Test
    void alarmThatIsSetAgain_moves() {
        TimerWheel wheel = turning(time);
        Alarm alarm = alarm("a");
        wheel.set(alarm, SECOND);
        wheel.set(alarm, 100 * SECOND);
        time.jump(Duration.ofSeconds(99));
        assertEquals(List.of(), rung);
        time.jump(Duration.ofSeconds(2));
        assertEquals(List.of("a"), rung);
    }

    @Test
    void alarmThatIsCancelled_doesNotRing() {
        TimerWheel wheel = turning(time);
        Alarm alarm = alarm("a");
        wheel.set(alarm, SECOND);
        wheel.cancel(alarm);
        wheel.cancel(alarm);
        time.jump(Duration.ofSeconds(5));
        assertEquals(List.of(), rung);
    }

    @Test
    void alarmThatSetsItself_ringsAgain() {
        TimerWheel wheel = turning(time);
        Alarm[] self = new Alarm[1];
        self[0] = new Alarm(() -> {
            rung.add("a");
            wheel.set(self[0], SECOND);
        });
        wheel.set(self[0], SECOND);
        for (int i = 0; i < 4; i++) {
            time.jump(Duration.ofSeconds(2));
        }
        assertEquals(4, rung.size());
    }

    @Test
    void alarmThatThrows_doesNotStopTheOthers() {
        TimerWheel wheel = turning(time);
        wheel.set(new Alarm(() -> {
            throw new IllegalStateException("for the test");
        }), SECOND);
        wheel.set(alarm("a"), SECOND);
        time.jump(Duration.ofSeconds(2));
        assertEquals(List.of("a"), rung);
    }

    @Test
    void alarmThatFailsBadly_doesNotStopTheWheel() {
        TimerWheel wheel = turning(time);
        wheel.set(new Alarm(() -> {
            throw new NoClassDefFoundError("for the test");
        }), SECOND);
        wheel.set(alarm("a"), SECOND);
        time.jump(Duration.ofSeconds(2));
        assertEquals(List.of("a"), rung);
    }

    @Test
    void moreAlarmsThanATurnRings_goOnInTheNext() {
        TimerWheel wheel = turning(time);
        for (int i = 0; i < 25_000; i++) {
            wheel.set(alarm("" + i), i < 24_000 ? SECOND : 2 * SECOND);
        }
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            time.jump(Duration.ofSeconds(10));
            turns.add(rung.size());
        }
        assertEquals(List.of(10_000, 20_000, 25_000, 25_000), turns);
    }

    @Test
    void alarmLeftForTheNextTurn_canStillBeCancelled() {
        TimerWheel wheel = turning(time);
        for (int i = 0; i < 10_000; i++) {
            wheel.set(alarm("" + i), SECOND);
        }
        Alarm last = alarm("last");
        wheel.set(last, SECOND);
        time.jump(Duration.ofSeconds(2));
        wheel.cancel(last);
        time.jump(Duration.ofSeconds(2));
        assertEquals(10_000, rung.size());
        assertFalse(rung.contains("last"));
    }

    @Test
    void closedWheel_turnsNoMore() {
        TimerWheel wheel = turning(time);
        wheel.set(alarm("a"), SECOND);
        wheel.close();
        time.jump(Duration.ofSeconds(5));
        assertEquals(List.of(), rung);
    }
}
