package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.time.Time;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names the server may be addressed, which pages may call it, and what their browsers are told. */
class AccessTest {
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");
    private static final HttpSettings LISTED =
            HttpSettings.DEFAULT.withAllowedHosts(List.of("mcp.example.com", "other.example.com:8443", "[fe80::1]"))
                    .withAllowedOrigins(List.of("https://app.example.com", "vscode-webview://abc"));

    private final Site site = Site.start(LISTED);

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8000", "LOCALHOST:1", "LocalHost", "localhost.", "localhost.:8000",
        "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:8000", "localhost:", "mcp.example.com", "MCP.example.COM:9999",
        "mcp.example.com.", "other.example.com:8443", "[fe80::1]:80"})
    void nameOfThisServer_isServed(String host) throws Exception {
        assertEquals(200, site.ask(ECHO.but("Host", host)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8000", "localhost.evil.example", "evil-localhost",
        "127.0.0.1.evil.example", "127.0.0.2", "0.0.0.0", "2130706433", "[::]", "[::2]", "[::1", "::1",
        "localhost:8000:9000", "localhost:evil", "localhost..", "localhost:123456", "other.example.com",
        "other.example.com:8444", "xn--localhost", "localhost%00", ":8000", "[]"})
    void otherName_isForbiddenAndTheSettingNamed(String host) throws Exception {
        Reply reply = site.ask(ECHO.but("Host", host));
        assertEquals(403, reply.status());
        assertEquals(-32600, reply.code());
        assertTrue(reply.body().contains("MCP_ALLOWED_HOSTS"), reply.body());
        assertFalse(reply.json().has("id"));
    }

    @Test
    void noName_isForbidden() throws Exception {
        try (RawClient client = site.connect()) {
            Reply reply = client.send("GET /mcp HTTP/1.0\r\n\r\n").read();
            assertEquals(403, reply.status());
            assertFalse(reply.body().contains("null"), reply.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:3000", "https://LOCALHOST:1", "HTTP://127.0.0.1:80",
        "http://[::1]", "http://[::1]:6274", "http://localhost.:80", "https://app.example.com",
        "https://APP.example.com", "vscode-webview://abc"})
    void pageOfThisMachineOrTheList_isServed(String origin) throws Exception {
        Reply reply = site.ask(ECHO.with("Origin", origin));
        assertEquals(200, reply.status());
        assertEquals(origin, reply.field("Access-Control-Allow-Origin"));
        assertEquals("Mcp-Session-Id", reply.field("Access-Control-Expose-Headers"));
        assertTrue(reply.field("Vary").contains("Origin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "*", "", "https://localhost.evil.example",
        "http://evil.example:8000", "http://localhost@evil.example", "http://evil.example/localhost",
        "http://localhost/", "http://user@localhost", "http://localhost:3000 http://evil.example",
        "http://localhost, http://evil.example", "file://", "ftp://localhost", "chrome-extension://abc",
        "http://127.0.0.2", "http://localhost:evil", "http://[::1", "localhost", "//localhost",
        "https://app.example.com:444", "https://app.example.com.evil.example", "http://app.example.com"})
    void otherPage_isForbiddenAndTheSettingNamed(String origin) throws Exception {
        for (Ask ask : new Ask[]{ECHO, Ask.get("x"), Ask.delete("x"), Ask.of("OPTIONS"), Ask.of("PUT")}) {
            Reply reply = site.ask(ask.with("Origin", origin));
            assertEquals(403, reply.status(), ask.verb());
            assertTrue(reply.body().contains("MCP_ALLOWED_ORIGINS"), reply.body());
            assertFalse(reply.has("Access-Control-Allow-Origin"));
        }
    }

    @Test
    void severalOrigins_areRefused() throws Exception {
        Ask two = ECHO.with("Origin", "http://localhost").with("Origin", "http://localhost:3000");
        assertEquals(400, site.ask(two).status());
        assertEquals(403, site.ask(two.with("Origin", "http://evil.example")).status());
    }

    @Test
    void withoutOrigin_noPageIsMeant() throws Exception {
        Reply reply = site.ask(ECHO);
        assertEquals(200, reply.status());
        assertFalse(reply.has("Access-Control-Allow-Origin"));
    }

    @Test
    void boundToAllAddresses_hostsAreFreeAndOriginsListed() throws Exception {
        HttpTransport open = new HttpTransport("0.0.0.0", 0, HttpSettings.DEFAULT, Site.LIMITS, Time.system());
        try (Site everywhere = Site.start(open)) {
            assertEquals(200, everywhere.ask(ECHO.but("Host", "mcp.example.com")).status());
            assertEquals(403, everywhere.ask(ECHO.with("Origin", "http://localhost")).status());
        }
    }

    @Test
    void boundToAllAddressesWithAList_otherHostsAreForbidden() throws Exception {
        HttpTransport open = new HttpTransport("0.0.0.0", 0, LISTED, Site.LIMITS, Time.system());
        try (Site everywhere = Site.start(open)) {
            assertEquals(200, everywhere.ask(ECHO.but("Host", "mcp.example.com")).status());
            assertEquals(403, everywhere.ask(ECHO.but("Host", "localhost")).status());
            assertEquals(200,
                    everywhere.ask(ECHO.but("Host", "mcp.example.com").with("Origin", "https://app.example.com"))
                            .status());
        }
    }

    @Test
    void boundToAnotherLoopbackAddress_itsNameIsServed() throws Exception {
        HttpTransport other = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, Site.LIMITS, Time.system());
        try (Site local = Site.start(other)) {
            assertEquals(403, local.ask(ECHO.but("Host", "mcp.example.com")).status());
        }
        AccessRules rules = new AccessRules("127.0.0.2", true, List.of(), List.of());
        assertTrue(rules.refusal(new OneField("Host", "127.0.0.2:8000")).isEmpty());
        assertTrue(
                new AccessRules("::1", true, List.of(), List.of()).refusal(new OneField("Host", "[::1]:1")).isEmpty());
    }

    @Test
    void preflight_namesWhatIsAllowed() throws Exception {
        Reply reply = site.ask(Ask.of("OPTIONS")
                .with("Origin", "http://localhost:3000")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "content-type, Mcp-Param-Region,x-other, mcp-param-a b"));
        assertEquals(204, reply.status());
        assertEquals("http://localhost:3000", reply.field("Access-Control-Allow-Origin"));
        assertEquals("Origin", reply.field("Vary"));
        assertTrue(reply.field("Access-Control-Allow-Methods").contains("DELETE"));
        String allowed = reply.field("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT);
        for (String name : new String[]{"content-type", "accept", "authorization", "last-event-id", "mcp-session-id",
            "mcp-protocol-version", "mcp-method", "mcp-name", "mcp-param-region"}) {
            assertTrue(List.of(allowed.split(", ", -1)).contains(name), allowed);
        }
        assertFalse(allowed.contains("x-other"), allowed);
        assertFalse(allowed.contains("a b"), allowed);
    }

    @Test
    void options_withoutOrigin_tellsTheMethods() throws Exception {
        Reply reply = site.ask(Ask.of("OPTIONS"));
        assertEquals(204, reply.status());
        assertEquals("POST, GET, DELETE, OPTIONS", reply.field("Allow"));
    }

    @Test
    void refusalsAndStreams_canBeReadByThePage() throws Exception {
        String origin = "http://localhost:3000";
        Ask steps = Ask.call("steps", "{'steps':1}").with("Origin", origin);
        for (Ask ask : new Ask[]{steps, steps.without("Mcp-Name"), steps.but("Accept", "image/png"),
            steps.but("Content-Type", "text/plain"), Ask.get("x").with("Origin", origin),
            Ask.delete("x").with("Origin", origin), Ask.of("PUT").with("Origin", origin),
            Ask.initialize(Ask.LEGACY).with("Origin", origin)}) {
            assertEquals(origin, site.ask(ask).field("Access-Control-Allow-Origin"), ask.toString());
        }
    }
}
