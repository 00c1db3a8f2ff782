package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kinds of answer a client gets for what it accepts. */
class AcceptTest {
    private static final Ask STEPS = Ask.call("steps", "{'steps':3}").without("Accept");
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}").without("Accept");

    private final Site site = Site.start();

    @AfterEach
    void close() {
        site.close();
    }

    /** The kinds of answer to a call that reports nothing, and to one that reports progress. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // nothing said, everything said
        "                                                | JSON   | STREAM",
        "''                                              | JSON   | STREAM",
        "*/*                                             | JSON   | STREAM",
        "application/json, text/event-stream             | JSON   | STREAM",
        "text/event-stream, application/json             | JSON   | STREAM",
        "Application/JSON,TEXT/Event-Stream              | JSON   | STREAM",
        "application/json; q=0.5, text/event-stream;q=1  | JSON   | STREAM",
        "text/html, */*;q=0.1                            | JSON   | STREAM",
        "application/*, text/*                           | JSON   | STREAM",
        // one of both
        "application/json                                | JSON   | JSON",
        "application/json;charset=utf-8                  | JSON   | JSON",
        "application/json, text/event-stream;q=0         | JSON   | JSON",
        "*/*, text/event-stream;q=0                      | JSON   | JSON",
        "text/event-stream; q=0.000, */*                 | JSON   | JSON",
        "text/*;q=0, */*                                 | JSON   | JSON",
        "text/event-stream                               | STREAM | STREAM",
        "text/event-stream, application/json;q=0         | STREAM | STREAM",
        "application/json;q=0.0, */*                     | STREAM | STREAM",
        "text/*                                          | STREAM | STREAM",
        "application/*;q=0, application/json, text/*     | JSON   | STREAM",
        // neither
        "text/html                                       | NONE   | NONE",
        "image/*                                         | NONE   | NONE",
        "*/*;q=0                                         | NONE   | NONE",
        "application/json;q=0, text/event-stream;q=0     | NONE   | NONE",
        "application/jsonx                               | NONE   | NONE",
        "nonsense                                        | NONE   | NONE"})
    void answer_isOfAKindThatIsAccepted(String accept, String quiet, String reporting) throws Exception {
        assertEquals(quiet, kind(site.ask(accept == null ? ECHO : ECHO.with("Accept", accept))));
        assertEquals(reporting, kind(site.ask(accept == null ? STEPS : STEPS.with("Accept", accept))));
    }

    private static String kind(Reply reply) {
        return switch (reply.field("Content-Type")) {
            case "application/json" -> {
                if (reply.status() == 406) {
                    assertEquals(-32600, reply.code());
                    yield "NONE";
                }
                assertTrue(reply.json().has("result"), reply.body());
                yield "JSON";
            }
            case "text/event-stream" -> {
                assertTrue(reply.events().getLast().has("result"), reply.body());
                yield "STREAM";
            }
            default -> reply.toString();
        };
    }

    @Test
    void severalFields_countAsOne() throws Exception {
        Reply reply = site.ask(STEPS.with("Accept", "application/json").with("Accept", "text/event-stream"));
        assertEquals("STREAM", kind(reply));
    }

    @Test
    void progress_isDroppedWhereNothingMayStream() throws Exception {
        Reply reply = site.ask(STEPS.with("Accept", "application/json"));
        assertEquals("done", reply.text());
    }

    @Test
    void eventStreamOnly_getsTheAnswerAsTheOnlyEvent() throws Exception {
        Reply reply = site.ask(ECHO.with("Accept", "text/event-stream"));
        assertEquals(1, reply.events().size());
        assertEquals("hi", Reply.textOf(reply.events().getFirst()));
    }

    @Test
    void refusal_isJsonWhateverIsAccepted() throws Exception {
        Reply reply = site.ask(ECHO.with("Accept", "text/event-stream").without("Mcp-Name"));
        assertEquals(400, reply.status());
        assertEquals(-32020, reply.code());
    }

    @Test
    void initializeForEventStreamOnly_streamsTheAnswer() throws Exception {
        Reply reply = site.ask(Ask.initialize(Ask.LEGACY).but("Accept", "text/event-stream"));
        assertEquals("STREAM", kind(reply));
        assertTrue(reply.has("Mcp-Session-Id"));
    }
}
