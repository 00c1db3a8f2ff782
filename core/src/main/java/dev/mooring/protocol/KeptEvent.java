package dev.mooring.protocol;

/** An event of a stream, kept for a client that may have missed it. Immutable. */
final class KeptEvent {
    /** What an event takes besides its line, about. */
    private static final long OVERHEAD = 160;

    private final ResumableStream stream;
    private final long sequence;
    private final byte[] line;
    private final long at;

    KeptEvent(ResumableStream stream, long sequence, byte[] line, long at) {
        this.stream = stream;
        this.sequence = sequence;
        this.line = line;
        this.at = at;
    }

    static long size(byte[] line) {
        return line.length + OVERHEAD;
    }

    ResumableStream stream() {
        return stream;
    }

    long sequence() {
        return sequence;
    }

    /** Not to be changed. */
    byte[] line() {
        return line;
    }

    /** When it was made, in the nanoseconds of {@link dev.mooring.time.Time#nanos}. */
    long at() {
        return at;
    }

    long size() {
        return size(line);
    }
}
