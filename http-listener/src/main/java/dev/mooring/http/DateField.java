package dev.mooring.http;

import dev.mooring.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} field as bytes, written anew once a second. Thread-safe. */
final class DateField {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("'Date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT\r\n'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Time time;
    private volatile Line line;

    DateField(Time time) {
        this.time = time;
        this.line = render(time);
    }

    byte[] bytes() {
        Line current = line;
        if (time.nanos() - current.renderedAt < FRESH) {
            return current.bytes;
        }
        Line next = render(time);
        line = next;
        return next.bytes;
    }

    private static Line render(Time time) {
        return new Line(time.nanos(), FORM.format(time.now()).getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Line {
        private final long renderedAt;
        private final byte[] bytes;

        private Line(long renderedAt, byte[] bytes) {
            this.renderedAt = renderedAt;
            this.bytes = bytes;
        }
    }
}
