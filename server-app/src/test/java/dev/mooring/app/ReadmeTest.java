package dev.mooring.app;

import static dev.mooring.testkit.Results.assertText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.client.McpClient;
import dev.mooring.feature.Description;
import dev.mooring.feature.Tool;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.TestServer;
import dev.mooring.transport.http.HttpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java in the README, here to be compiled and run. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path SOURCE = Path.of("src/test/java/dev/mooring/app/ReadmeTest.java");

    static final class Greeter {
        record Greeting(@Description("Whom to greet") String name) {}

        static final Tool GREET = Tool.named("greet")
                .description("Greets somebody")
                .arguments(Greeting.class)
                .text((in, call) -> "Hello, " + in.name());

        public static void main(String[] args) throws InterruptedException {
            McpServer.named("greeter", "1.0").tool(GREET).transport(new HttpTransport("127.0.0.1", 8000)).serve();
        }
    }

    @Test
    void greetsByName() throws Exception {
        try (TestServer server = TestServer.of(Greeter.GREET); McpClient client = server.connect()) {
            assertText("Hello, Ada", client.call("greet", Map.of("name", "Ada")));
        }
    }

    @Test
    void readme_showsWhatIsCompiledHere() throws IOException {
        String here = withoutSpace(Files.readString(SOURCE));
        int blocks = 0;
        for (Matcher block = JAVA.matcher(Files.readString(Path.of("../README.md"))); block.find(); blocks++) {
            String shown = withoutSpace(block.group(1).replace("public final class", "final class"));
            assertTrue(here.contains(shown), "not in " + SOURCE + ": " + block.group(1));
        }
        assertEquals(2, blocks);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
