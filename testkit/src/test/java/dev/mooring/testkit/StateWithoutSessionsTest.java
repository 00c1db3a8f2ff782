package dev.mooring.testkit;

import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.client.McpClient;
import dev.mooring.feature.Description;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java in docs/state-without-sessions.md, here to be compiled and run. */
class StateWithoutSessionsTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path SOURCE = Path.of("src/test/java/dev/mooring/testkit/StateWithoutSessionsTest.java");

    static final class Shop {
        private static final Duration KEPT = Duration.ofMinutes(30);

        record Add(@Description("What open_basket returned") String basket, String item) {}

        record Buy(@Description("What open_basket returned") String basket) {}

        record Basket(Queue<String> items) {}

        static final Tool OPEN = Tool.named("open_basket")
                .description("Opens a basket and returns its id, good for 30 minutes")
                .noArguments()
                .text((in, call) -> {
                    Basket basket = new Basket(new ConcurrentLinkedQueue<>());
                    return call.handles().open(basket, KEPT).id();
                });

        static final Tool ADD = Tool.named("add_to_basket")
                .description("Puts an item into a basket")
                .arguments(Add.class)
                .text((in, call) -> {
                    Basket basket = call.handles().get(in.basket(), Basket.class);
                    basket.items().add(in.item());
                    return "The basket holds " + String.join(", ", basket.items());
                });

        static final Tool BUY = Tool.named("buy_basket")
                .description("Buys what is in a basket")
                .arguments(Buy.class)
                .text((in, call) -> {
                    Basket basket = call.handles().get(in.basket(), Basket.class);
                    if (!call.handles().close(in.basket())) {
                        throw new ToolException("The basket is being bought already");
                    }
                    return "Bought " + String.join(", ", basket.items());
                });
    }

    @Test
    void basket_isThereInTheNextCall() throws Exception {
        try (TestServer server = TestServer.of(Shop.OPEN, Shop.ADD, Shop.BUY); McpClient client = server.connect()) {
            String basket = client.call("open_basket", Map.of()).text();
            client.call("add_to_basket", Map.of("basket", basket, "item", "apples"));
            assertText("Bought apples", client.call("buy_basket", Map.of("basket", basket)));
            assertToolError("no such handle", client.call("buy_basket", Map.of("basket", basket)));
        }
    }

    @Test
    void document_showsWhatIsCompiledHere() throws IOException {
        String here = withoutSpace(Files.readString(SOURCE));
        int blocks = 0;
        Matcher block = JAVA.matcher(Files.readString(Path.of("../docs/state-without-sessions.md")));
        for (; block.find(); blocks++) {
            String shown = withoutSpace(block.group(1).replace("public final class", "final class"));
            assertTrue(here.contains(shown), "not in " + SOURCE + ": " + block.group(1));
        }
        assertEquals(2, blocks);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
