package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestEngine;
import org.slf4j.LoggerFactory;

class PluginsTest {
    private static final String SERVICE = "META-INF/services/" + Supplier.class.getName();

    @TempDir
    Path folder;

    @TempDir
    Path work;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Plugins.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void watchTheLog() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void leaveTheLog() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void missingFolder_hasNoPlugins() {
        assertEquals(List.of(), says(folder.resolve("none")));
        assertEquals(List.of(), problems());
    }

    @Test
    void jars_areLoadedInTheOrderOfTheirNames() throws IOException {
        jar("b.jar", "Two", "return \"two\";");
        jar("a.JAR", "One", "return \"one\";");
        Files.writeString(folder.resolve("readme.txt"), "no jar");
        Files.createDirectory(folder.resolve("folder.jar"));

        assertEquals(List.of("one", "two"), says(folder));
        assertEquals(List.of(), problems());
    }

    @Test
    void sameClassInTwoJars_isTwoClasses() throws IOException {
        jar("a.jar", "Same", "return \"a\";");
        jar("b.jar", "Same", "return \"b\";");

        try (Plugins plugins = Plugins.open(folder)) {
            List<?> loaded = plugins.load(Supplier.class);
            assertEquals(2, loaded.size());
            assertNotSame(loaded.get(0).getClass(), loaded.get(1).getClass());
        }
        assertEquals(List.of("a", "b"), says(folder));
    }

    @Test
    void pluginInAPathWithBlanks_isLoaded() throws IOException {
        folder = Files.createDirectory(folder.resolve("my plug ins +%20"));
        jar("a b.jar", "One", "return \"one\";");

        assertEquals(List.of("one"), says(folder));
    }

    @Test
    void providerOfTheServerItself_isNotAPluginOfEachJar() throws IOException {
        // The tests' own class path names one for this type: JUnit's engines.
        jar("a.jar", "One", "return \"one\";");

        try (Plugins plugins = Plugins.open(folder)) {
            assertEquals(List.of(), plugins.load(TestEngine.class));
        }
    }

    @Test
    void jarThatOffersNothing_isNoPluginAndNoProblem() throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve("empty.jar")))) {
            entry(out, "nothing.txt", new byte[0]);
        }

        assertEquals(List.of(), says(folder));
        assertEquals(List.of(), problems());
    }

    @Test
    void brokenJar_isNamedOnceAndTheOthersAreLoaded() throws IOException {
        Files.writeString(folder.resolve("a.jar"), "not a jar");
        jar("b.jar", "Two", "return \"two\";");

        assertEquals(List.of("two"), says(folder));
        assertEquals(1, problems().size());
        assertTrue(problems().getFirst().contains("a.jar"), problems().getFirst());
    }

    @Test
    void providerThatThrows_isNamedOnceAndTheOthersAreLoaded() throws IOException {
        jar("a.jar", "Bad", "public Bad() { throw new IllegalStateException(\"no\"); }", "return \"never\";");
        jar("b.jar", "Two", "return \"two\";");

        assertEquals(List.of("two"), says(folder));
        assertEquals(List.of("Plugin a.jar is broken, Bad is skipped (java.lang.IllegalStateException: no)"),
                problems());
    }

    @Test
    void providerWhoseClassFailsToInitialize_isNamedOnceAndTheOthersAreLoaded() throws IOException {
        jar("a.jar", "Bad", "static final int N = Integer.parseInt(\"x\");", "return \"never\";");
        jar("b.jar", "Two", "return \"two\";");

        assertEquals(List.of("two"), says(folder));
        assertEquals(List.of(
                "Plugin a.jar is broken, Bad is skipped (java.lang.NumberFormatException: For input string: \"x\")"),
                problems());
    }

    @Test
    void jarThatNamesAMissingClass_isNamedOnceAndTheOthersAreLoaded() throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve("a.jar")))) {
            entry(out, SERVICE, "Missing\n".getBytes(StandardCharsets.UTF_8));
        }
        jar("b.jar", "Two", "return \"two\";");

        assertEquals(List.of("two"), says(folder));
        assertEquals(1, problems().size());
        assertTrue(problems().getFirst().startsWith("Plugin a.jar is broken, the rest of it is skipped"),
                problems().getFirst());
    }

    @Test
    void closedPlugins_loadNoFurtherClasses_andMayBeClosedAgain() throws IOException {
        jar("a.jar", "One", "return \"one\";");
        Plugins plugins = Plugins.open(folder);
        ClassLoader loader = plugins.load(Supplier.class).getFirst().getClass().getClassLoader();

        plugins.close();
        plugins.close();

        assertNull(loader.getResource("One.class"));
    }

    private static List<Object> says(Path folder) {
        List<Object> said = new ArrayList<>();
        try (Plugins plugins = Plugins.open(folder)) {
            for (Supplier<?> supplier : plugins.load(Supplier.class)) {
                said.add(supplier.get());
            }
        }
        return said;
    }

    private List<String> problems() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void jar(String file, String type, String body) throws IOException {
        jar(file, type, "", body);
    }

    /** A jar with one provider, compiled here. */
    private void jar(String file, String type, String members, String body) throws IOException {
        Path source = work.resolve(type + ".java");
        Files.writeString(source, """
                public final class %s implements java.util.function.Supplier<Object> {
                    %s
                    public Object get() { %s }
                }
                """.formatted(type, members, body));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(null, null, null, "-proc:none", "-d", work.toString(), source.toString());
        assertEquals(0, result, type);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve(file)))) {
            entry(out, type + ".class", Files.readAllBytes(work.resolve(type + ".class")));
            entry(out, SERVICE, (type + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
