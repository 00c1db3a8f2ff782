package dev.mooring.app;

import static dev.mooring.testkit.Results.assertText;

import dev.mooring.client.McpClient;
import dev.mooring.feature.Description;
import dev.mooring.feature.Tool;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.TestServer;
import dev.mooring.transport.http.HttpTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Java in the README, here to be compiled and run. */
class ReadmeTest {
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
        ShownCode.check(Path.of("../README.md"), "ReadmeTest", 2);
    }
}
