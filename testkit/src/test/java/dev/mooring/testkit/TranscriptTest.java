package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What a transcript says when a server does not keep to it. */
class TranscriptTest {
    private static final Tool HELLO = Tool.named("hello").noArguments().text((in, call) -> "hello");

    private static final String PING = "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";

    @Test
    void conversationAsWritten_passes() throws Exception {
        replay("# a comment\n\n" + PING + "< {\"result\" : {},\n    \"id\":\"{any}\", \"jsonrpc\":\"2.0\"}\n");
    }

    @Test
    void otherAnswer_failsWithLineAndPlace() {
        failsWith(PING + "< {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"x\":[1]}}", "test:2: ",
                "/id: expected 2, received 1", "/result/x: expected [1], received nothing");
    }

    @Test
    void earlyEnd_failsWithWhatWasExpected() {
        failsWith(PING + "< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n" + PING, "test: more came", "\"id\":1");
    }

    @Test
    void lineOfNoKind_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Transcript.parse("test", "{}"));
        assertThrows(IllegalArgumentException.class, () -> Transcript.parse("test", "< {"));
    }

    private static void failsWith(String text, String... parts) {
        String said = String.valueOf(assertThrows(AssertionFailedError.class, () -> replay(text)).getMessage());
        for (String part : parts) {
            assertTrue(said.contains(part), () -> "\"" + part + "\" is not in: " + said);
        }
    }

    private static void replay(String text) throws InterruptedException {
        try (TestServer server = TestServer.of(HELLO)) {
            Transcript.parse("test", text).replay(server.wire());
        }
    }
}
