package dev.mooring.transport.http;

import java.util.List;
import java.util.Locale;

/** Which kinds of answer a request accepts; nothing said means all. */
record Accept(boolean json, boolean stream) {

    static final String JSON = "application/json";
    static final String STREAM = "text/event-stream";

    private static final Memo<Accept> KNOWN = new Memo<>(Accept::read);

    static Accept of(List<String> fields) {
        return KNOWN.of(fields.size() == 1 ? fields.getFirst() : String.join(",", fields));
    }

    private static Accept read(String field) {
        String ranges = field.toLowerCase(Locale.ROOT);
        return ranges.isBlank() ? new Accept(true, true) : new Accept(takes(JSON, ranges), takes(STREAM, ranges));
    }

    /** Whether the range that says most about a type takes it: its own name before its family, that before any. */
    private static boolean takes(String type, String ranges) {
        List<String> bySpecificity = List.of("*/*", type.substring(0, type.indexOf('/')) + "/*", type);
        int best = -1;
        boolean taken = false;
        for (String range : ranges.split(",", -1)) {
            String[] parts = range.split(";", -1);
            int specificity = bySpecificity.indexOf(parts[0].strip());
            if (specificity > best) {
                best = specificity;
                taken = !isRefused(parts);
            } else if (specificity == best && best >= 0) {
                taken |= !isRefused(parts);
            }
        }
        return taken;
    }

    private static boolean isRefused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q=0(\\.0{0,3})?")) {
                return true;
            }
        }
        return false;
    }

    boolean nothing() {
        return !json && !stream;
    }
}
