package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.http.RawClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpListenerTest {
    private final HttpListener listener = new HttpListener("127.0.0.1", 0, HttpLimits.DEFAULT.withEventLoops(1));

    @BeforeEach
    void start() {
        listener.start();
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void mountedRoute_answers() throws Exception {
        listener.mount("/echo", call -> call.answer(HttpAnswer.of(200, "text/plain", call.body())));
        try (RawClient client = new RawClient(listener)) {
            Reply reply = client.post("/echo", "hello").read();
            assertEquals(200, reply.status());
            assertEquals("hello", reply.body());
            assertEquals("again", client.post("/echo", "again").read().body());
        }
    }
}
