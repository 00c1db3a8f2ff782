package dev.mooring.json;

/**
 * Bounds on JSON read from outside.
 *
 * @param bytes length of one message in bytes
 * @param depth nesting of objects and arrays
 * @param stringLength length of one string value in characters
 * @param nameLength length of one member name in characters
 * @param numberLength length of one number in characters
 * @param batch members of one JSON-RPC batch
 */
public record JsonLimits(int bytes, int depth, int stringLength, int nameLength, int numberLength, int batch) {

    public static final JsonLimits DEFAULT = new JsonLimits(4 << 20, 64, 4 << 20, 1_024, 256, 64);

    public JsonLimits {
        atLeastOne("bytes", bytes);
        atLeastOne("depth", depth);
        atLeastOne("stringLength", stringLength);
        atLeastOne("nameLength", nameLength);
        atLeastOne("numberLength", numberLength);
        atLeastOne("batch", batch);
    }

    public JsonLimits withBytes(int bytes) {
        return new JsonLimits(bytes, depth, Math.min(stringLength, bytes), nameLength, numberLength, batch);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
