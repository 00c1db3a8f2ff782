package dev.mooring.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A request's body as it arrives. It grows with what has come, not with what was announced. */
final class Body {
    private static final byte[] NOTHING = {};
    private static final int FIRST_GROWTH = 8 << 10;

    private final int max;
    private final boolean kept;
    private byte[] bytes = NOTHING;
    private int length;

    /** @param kept whether anyone will want it; if not, it is only counted */
    Body(int max, boolean kept) {
        this.max = max;
        this.kept = kept;
    }

    /** Takes a piece; false if the body is now longer than it may be. */
    boolean add(ByteBuf piece, boolean last) {
        int more = piece.readableBytes();
        if (more > max - length) {
            return false;
        }
        if (kept && more > 0) {
            reserve(length + more, last);
            piece.getBytes(piece.readerIndex(), bytes, length, more);
        }
        length += more;
        return true;
    }

    private void reserve(int needed, boolean exactly) {
        if (needed <= bytes.length) {
            return;
        }
        int doubled = (int) Math.min(max, Math.max(FIRST_GROWTH, 2L * bytes.length));
        bytes = Arrays.copyOf(bytes, exactly ? needed : Math.max(needed, doubled));
    }

    /** The body in an array of its own length. */
    byte[] toArray() {
        if (!kept) {
            return NOTHING;
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }
}
