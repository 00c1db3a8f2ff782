package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Resource;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What requests about features come to over HTTP: errors of accepted requests are 200, and no filter holds up the wire. */
class FeaturesTest {
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final Site site = Site.start(server -> server.resource(Resource.at("test://é").text(call -> "read"))
            .tool(Tool.named("filtered")
                    .visibleTo(caller -> threads.add(Thread.currentThread().toString()))
                    .noArguments()
                    .text((in, call) -> "")));

    @AfterEach
    void close() {
        site.close();
    }

    private static ObjectNode uri(String uri) {
        return Json.object().put("uri", uri);
    }

    @Test
    void resourceThatIsNotThere_isAnErrorOfAnAcceptedRequest() throws Exception {
        Reply modern = site.ask(Ask.modern("resources/read", uri("test://nothing")));
        assertEquals(200, modern.status());
        assertEquals(-32602, modern.code());
        Reply legacy = site.ask(Ask.legacy(site.session(), 1, "resources/read", uri("test://nothing")));
        assertEquals(200, legacy.status());
        assertEquals(-32002, legacy.code());
    }

    @Test
    void uri_isMirroredInTheName() throws Exception {
        Ask ask = Ask.modern("resources/read", uri("test://é")).but("Mcp-Name", HttpWire.mirrored("test://é"));
        assertEquals("read", site.ask(ask).json().at("/result/contents/0/text").stringValue(""));

        Reply other = site.ask(ask.but("Mcp-Name", "test://e"));
        assertEquals(400, other.status());
        assertEquals(-32020, other.code());
    }

    @Test
    void kindThatIsNotOffered_isAnUnknownMethod() throws Exception {
        Reply modern = site.ask(Ask.modern("prompts/list", Json.object()));
        assertEquals(404, modern.status());
        assertEquals(-32601, modern.code());
        Reply legacy = site.ask(Ask.legacy(site.session(), 1, "prompts/list", Json.object()));
        assertEquals(200, legacy.status());
        assertEquals(-32601, legacy.code());
    }

    @Test
    void filter_isAskedOnAThreadThatMayBlock() throws Exception {
        assertEquals(200, site.ask(Ask.modern("tools/list", Json.object())).status());
        assertEquals(200, site.ask(Ask.legacy(site.session(), 1, "tools/list", Json.object())).status());
        assertEquals(200, site.ask(Ask.call("filtered", "{}")).status());

        assertEquals(3, threads.size());
        assertTrue(threads.stream().allMatch(thread -> thread.startsWith("VirtualThread")), threads::toString);
    }

    @Test
    void cursorThatIsNone_isAnErrorOfAnAcceptedRequest() throws Exception {
        Reply reply = site.ask(Ask.modern("tools/list", Json.object().put("cursor", "x")));
        assertEquals(200, reply.status());
        assertEquals(-32602, reply.code());
    }
}
