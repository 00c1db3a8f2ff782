package dev.mooring.testkit;

import static dev.mooring.testkit.Results.assertText;

import dev.mooring.client.McpClient;
import dev.mooring.feature.Tool;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The test the README shows. */
class ReadmeTest {
    /** Whom to greet. */
    record Who(String name) {}

    private final Tool tool = Tool.named("greet").arguments(Who.class).text((who, call) -> "Hello, " + who.name());

    @Test
    void greet_saysHello() throws Exception {
        try (TestServer server = TestServer.of(tool); McpClient client = server.connect()) {
            assertText("Hello, Ada", client.call("greet", Map.of("name", "Ada")));
        }
    }
}
