package dev.mooring.rpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The last look at written JSON, in place: no line ends between its tokens, no halves of surrogate pairs in its strings. */
final class Line {
    /*
     * Both are valid JSON, but a line end would cut a message in two on stdio, and strict parsers refuse a message for a
     * lone surrogate, which no Unicode text can hold. The writer escapes such a half in six bytes; the escape of the
     * replacement character takes as many.
     */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int UNICODE_ESCAPE = 6;

    private Line() {}

    static byte[] mend(byte[] json) {
        int at = 0;
        while (at < json.length) {
            if (at + Long.BYTES <= json.length && isPlain((long) LONGS.get(json, at))) {
                at += Long.BYTES;
            } else {
                at += mendAt(json, at);
            }
        }
        return json;
    }

    /** Whether none of eight bytes is a backslash or a line end. */
    private static boolean isPlain(long eight) {
        return ((zeros(eight ^ EACH * '\\') | zeros(eight ^ EACH * '\n') | zeros(eight ^ EACH * '\r'))
                & HIGH_BITS) == 0;
    }

    private static long zeros(long eight) {
        return eight - EACH & ~eight;
    }

    /** Mends what is here and says how many bytes it took. */
    private static int mendAt(byte[] json, int at) {
        if (json[at] == '\n' || json[at] == '\r') {
            json[at] = ' ';
            return 1;
        }
        if (json[at] != '\\') {
            return 1;
        }
        if (!isSurrogate(json, at, '8')) {
            return 2;
        }
        if (!isSurrogate(json, at, 'C') && isSurrogate(json, at + UNICODE_ESCAPE, 'C')) {
            return 2 * UNICODE_ESCAPE;
        }
        json[at + 2] = 'F';
        json[at + 3] = 'F';
        json[at + 4] = 'F';
        json[at + 5] = 'D';
        return UNICODE_ESCAPE;
    }

    /** Whether an escaped surrogate begins here whose second digit is that one or a higher. */
    private static boolean isSurrogate(byte[] json, int at, char digit) {
        return at + UNICODE_ESCAPE <= json.length && json[at] == '\\'
                && json[at + 1] == 'u'
                && (json[at + 2] & ~0x20) == 'D'
                && Character.toUpperCase((char) json[at + 3]) >= digit;
    }
}
