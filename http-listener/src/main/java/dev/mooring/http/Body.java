package dev.mooring.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A request's body as it arrives. It grows with what has come, not with what was announced, and beyond its first bytes only
 * as long as all bodies together leave room; so small messages are taken even then.
 */
final class Body {
    private static final byte[] NOTHING = {};
    private static final int FIRST_GROWTH = 8 << 10;

    /** What became of a piece. */
    enum Fit {
        TAKEN,
        TOO_LONG,
        NO_ROOM
    }

    private final int max;
    private final boolean kept;
    private final Incoming incoming;
    private byte[] bytes = NOTHING;
    private int length;
    private int counted; // of the memory for all bodies

    /** @param kept whether anyone will want it; if not, it is only counted */
    Body(int max, boolean kept, Incoming incoming) {
        this.max = max;
        this.kept = kept;
        this.incoming = incoming;
    }

    /** Takes a piece, if the body does not become longer than it may be. */
    Fit add(ByteBuf piece, boolean last) {
        int more = piece.readableBytes();
        if (more > max - length) {
            return Fit.TOO_LONG;
        }
        if (kept && more > 0) {
            if (!reserve(length + more, last)) {
                return Fit.NO_ROOM;
            }
            piece.getBytes(piece.readerIndex(), bytes, length, more);
        }
        length += more;
        return Fit.TAKEN;
    }

    private boolean reserve(int needed, boolean exactly) {
        if (needed <= bytes.length) {
            return true;
        }
        int doubled = (int) Math.min(max, Math.max(FIRST_GROWTH, 2L * bytes.length));
        int size = exactly ? needed : Math.max(needed, doubled);
        int growth = Math.max(0, size - FIRST_GROWTH) - counted;
        if (growth > 0 && !incoming.take(growth)) {
            return false;
        }
        counted += growth;
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    /** The body in an array of its own length. */
    byte[] toArray() {
        if (!kept) {
            return NOTHING;
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** It does not arrive any more: it is whole, or was given up. May be repeated. */
    void settle() {
        if (counted > 0) {
            incoming.giveBack(counted);
            counted = 0;
        }
    }
}
