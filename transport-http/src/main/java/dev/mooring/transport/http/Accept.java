package dev.mooring.transport.http;

import java.util.List;
import java.util.Locale;

/** Which kinds of answer a request accepts; nothing said means all. */
record Accept(boolean json, boolean stream) {

    static final String JSON = "application/json";
    static final String STREAM = "text/event-stream";

    static Accept of(List<String> fields) {
        if (fields.isEmpty()) {
            return new Accept(true, true);
        }
        boolean json = false;
        boolean stream = false;
        for (String range : String.join(",", fields).toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String type = parts[0].strip();
            if (!isRefused(parts)) {
                boolean any = type.equals("*/*");
                json |= any || type.equals(JSON) || type.equals("application/*");
                stream |= any || type.equals(STREAM) || type.equals("text/*");
            }
        }
        return new Accept(json, stream);
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
