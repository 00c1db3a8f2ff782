package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java that documents show: it stands in a test here too, where it is compiled and run. */
final class ShownCode {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private ShownCode() {}

    /** Checks that a document shows that many blocks, and that each stands in a test of this package. */
    static void check(Path document, String test, int expected) throws IOException {
        Path source = Path.of("src/test/java/dev/mooring/app/" + test + ".java");
        String here = withoutSpace(Files.readString(source));
        int blocks = 0;
        for (Matcher block = JAVA.matcher(Files.readString(document)); block.find(); blocks++) {
            String shown = withoutSpace(block.group(1).replace("public final class", "final class"));
            assertTrue(here.contains(shown), "not in " + source + ": " + block.group(1));
        }
        assertEquals(expected, blocks);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
