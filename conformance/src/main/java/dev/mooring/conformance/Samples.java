package dev.mooring.conformance;

import java.util.Base64;

/** The smallest files of their kinds. */
final class Samples {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==";
    private static final String WAV = "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==";

    private Samples() {}

    /** One black pixel. */
    static byte[] png() {
        return Base64.getDecoder().decode(PNG);
    }

    /** A millisecond of silence. */
    static byte[] wav() {
        return Base64.getDecoder().decode(WAV);
    }
}
