package dev.mooring.transport.http;

import dev.mooring.json.Json;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile bodies in good requests. */
final class HostileMessages {
    private static final Ask LIST = Ask.modern("tools/list", Json.object());
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");
    private static final String PARSE = "400/-32700 404";
    private static final String SHAPE = "400/-32600 404";
    private static final String EITHER = "400/-32(600|700) 404";
    private static final String PARAMS = "(200|400)/-32602 404";
    private static final String TAKEN = "200 404";

    private HostileMessages() {}

    static Stream<Hostile> all() {
        return Stream
                .of(texts(), encodings(), sizes(), ids(), members(), metas(), calls(), handshakes(), responses(),
                        batches())
                .flatMap(s -> s);
    }

    private static Stream<Hostile> texts() {
        return Stream.concat(
                each("text", PARSE, "{", "}", "]", "nonsense", "\"", "'x'", "{\"a\":}", "{\"a\" 1}", "{,}",
                        "{\"a\":1,}", "{a:1}", "[1,]", "NaN", "Infinity", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}",
                        "{\"a\":1.}", "{\"a\":0x10}", "/* c */{}", "{}//", "{\"a\":\"\1\"}", "{\"a\":\"\\x\"}",
                        "{\"a\":\"\\u12\"}", "{} {}", "true false"),
                each("text", SHAPE, "7", "null", "\"x\"", "true", "{}", "[]", "-0", "1e400", "[[]]", "{\"\":\"\"}"));
    }

    private static Stream<Hostile> encodings() {
        String ask = LIST.body();
        Stream<Hostile> whole =
                Stream.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32LE"),
                        Charset.forName("UTF-32BE")).map(charset -> raw(charset.name(), PARSE, ask.getBytes(charset)));
        Stream<Hostile> parts = Stream
                .of("\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u0080", "\u00e2\u0082",
                        "\u00f5\u0080\u0080\u0080", "\u00f8\u0088\u0080\u0080\u0080")
                .map(bad -> raw("bytes " + bad.chars().mapToObj(Integer::toHexString).collect(Collectors.joining()),
                        PARSE, ECHO.body().replace("\"hi\"", "\"" + bad + "\"").getBytes(StandardCharsets.ISO_8859_1)));
        return Stream.of(whole, parts, Stream.of(body("a byte order mark", "400/-32700 404|200 404", "\ufeff" + ask)))
                .flatMap(s -> s);
    }

    private static Stream<Hostile> sizes() {
        String keys = IntStream.range(0, 20_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        String twins = IntStream.range(0, 4096)
                .mapToObj(i -> "\"" + Integer.toBinaryString(4096 + i).replace("0", "Aa").replace("1", "BB") + "\":1")
                .collect(Collectors.joining(","));
        return Stream.of(body("100 000 arrays", EITHER, "[".repeat(100_000)),
                body("100 000 arrays that end", SHAPE, "[".repeat(50_000) + "]".repeat(50_000)),
                body("20 000 objects", EITHER, "{\"a\":".repeat(20_000)),
                with("parameters nested too deep", SHAPE, "'a':" + "[".repeat(80) + "]".repeat(80)),
                with("a number of a thousand digits", SHAPE, "'a':" + "9".repeat(1000)),
                with("a fraction of a thousand digits", SHAPE, "'a':0." + "9".repeat(1000)),
                with("an exponent of a billion", "400/-32600 404|200 404", "'a':1e1000000000"),
                with("an exponent of minus a billion", "400/-32600 404|200 404", "'a':1e-1000000000"),
                with("a name of 5 000 characters", SHAPE, "'" + "n".repeat(5000) + "':1"),
                with("100 000 values", SHAPE, "'a':[" + "1,".repeat(100_000) + "1]"),
                with("20 000 members", "400/-32600 404|200 404", keys), with("4 096 names of one hash", TAKEN, twins),
                with("a string of escapes", TAKEN, "'a':'" + "\\u0041".repeat(30_000) + "'"),
                with("the same name twice", SHAPE, "'a':{'b':1,'b':2}"),
                with("the same name spelt twice", SHAPE, "'a':{'b':1,'\\u0062':2}"));
    }

    private static Stream<Hostile> ids() {
        Stream<Hostile> wrong = Stream
                .of("null", "true", "1.0", "1e3", "-0.0", "[]", "{}", "[1]", "9223372036854775808", "\"\\ud800\"",
                        "9".repeat(300), "1,\"id\":1", "1,\"\\u0069d\":2")
                .map(id -> body("id " + brief(id), SHAPE, LIST.body().replace("\"id\":1", "\"id\":" + id)));
        Stream<Hostile> odd = Stream
                .of("\"\"", "-1", "-9223372036854775808", "9223372036854775807", "\"\\u0000\"", "\"__proto__\"",
                        "\"" + "i".repeat(100_000) + "\"", "\"\\ud83d\\ude80\"")
                .map(id -> body("id " + brief(id), TAKEN, LIST.body().replace("\"id\":1", "\"id\":" + id)));
        return Stream.concat(wrong, odd);
    }

    private static Stream<Hostile> members() {
        String ask = LIST.body();
        Stream<Hostile> versions = Stream.of("2.0", "\"1.0\"", "null", "[]", "\"2.0 \"", "\"2.0\",\"jsonrpc\":\"2.0\"")
                .map(v -> body("jsonrpc " + v, SHAPE, ask.replace("\"jsonrpc\":\"2.0\"", "\"jsonrpc\":" + v)));
        Stream<Hostile> methods = Stream.of("null", "7", "[]", "{}", "true")
                .map(m -> body("method " + m, SHAPE, ask.replace("\"tools/list\"", m)));
        Stream<Hostile> names = Stream
                .of("", " ", "__proto__", "constructor", "toString", "rpc.discover", "../tools/list", "TOOLS/LIST",
                        "m".repeat(7000))
                .map(m -> Hostile.ask("method " + brief(m), m.equals(" ") ? "400/-32020 404" : "404/-32601 404",
                        Ask.modern(m, Json.object())));
        Stream<Hostile> params = Stream.of("null", "[]", "\"x\"", "7", "true")
                .map(p -> body("params " + p, SHAPE,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":" + p + "}"));
        return Stream.of(versions, methods, names, params).flatMap(s -> s);
    }

    private static Stream<Hostile> metas() {
        String version = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"";
        String capabilities = "\"io.modelcontextprotocol/clientCapabilities\":{}";
        Stream<Hostile> metas = Stream.of("null", "[]", "\"x\"", "7", "{}")
                .map(meta -> body("_meta " + meta, "400/-32602 404",
                        Ask.request(1, "tools/list", Ask.object("{'_meta':" + meta + "}")).toString()));
        Stream<Hostile> versions = Stream.of("7", "null", "{}", "[\"2026-07-28\"]")
                .map(v -> body("version in the body " + v, "400/-320(20|22)|400/-32602 404",
                        LIST.body().replace(version, version.replace("\"2026-07-28\"", v))));
        Stream<Hostile> abilities = Stream.of("null", "[]", "7", "\"x\"")
                .map(c -> body("capabilities " + c, "400/-32602 404",
                        LIST.body().replace(capabilities, capabilities.replace("{}", c))));
        return Stream.of(metas, versions, abilities).flatMap(s -> s);
    }

    private static Stream<Hostile> calls() {
        Stream<Hostile> names = Stream.of("null", "7", "{}", "[]", "true")
                .map(name -> Hostile.ask("tool " + name, PARAMS,
                        Ask.modern("tools/call", Ask.object("{'name':" + name + ",'arguments':{}}"))));
        Stream<Hostile> unknown =
                Stream.of("", "__proto__", "constructor", "Echo", "echo ", "t".repeat(5000), "e\u0000o")
                        .map(name -> Hostile.ask("tool " + brief(name), PARAMS,
                                Ask.call("x", "{}")
                                        .body(Ask.call(name, "{}").body())
                                        .but("Mcp-Name", HttpWire.mirrored(name))));
        Stream<Hostile> arguments = Stream.of("null", "[]", "7", "'x'")
                .map(a -> Hostile.ask("arguments " + a, PARAMS,
                        Ask.modern("tools/call", Ask.object("{'name':'echo','arguments':" + a + "}"))));
        Stream<Hostile> messages = Stream
                .of("null", "[]", "7", "{}", "'" + "x".repeat(150_000) + "'", "'\\u0000'", "'\\ud800'",
                        "'\\udc00\\ud800'", "'x','__proto__':{'a':1},'constructor':null", "1e400")
                .map(m -> Hostile.ask("message " + brief(m), "200 404|400/-32[67]00 404",
                        ECHO.body(ECHO.body().replace("\"hi\"", m.replace('\'', '"')))));
        Stream<Hostile> tokens = Stream.of("null", "{}", "[]", "true", "1.5", "9".repeat(200), "'\\ud800'")
                .map(t -> Hostile.ask("progress token " + brief(t), "200 404|400/-32[67]00 404",
                        steps(t.replace('\'', '"'))));
        return Stream.of(names, unknown, arguments, messages, tokens).flatMap(s -> s);
    }

    private static Ask steps(String token) {
        Ask steps = Ask.call("steps", "{'steps':3}");
        return steps.body(steps.body().replace("\"p\"", token));
    }

    private static Stream<Hostile> handshakes() {
        Stream<Hostile> refused = Stream
                .of("{}", "{'protocolVersion':7}", "{'protocolVersion':null}", "{'protocolVersion':['2025-11-25']}")
                .map(p -> Hostile.ask("initialize " + p, "200/-32602 404",
                        Ask.post(Ask.request(1, "initialize", Ask.object(p)).toString())));
        Stream<Hostile> taken =
                Stream.of("'clientInfo':'x'", "'clientInfo':[]", "'clientInfo':{'name':7}", "'capabilities':[]",
                        "'capabilities':'x'", "'capabilities':{'__proto__':{}}",
                        "'clientInfo':{'name':'" + "n".repeat(100_000) + "','version':{}}")
                        .map(m -> Hostile
                                .ask("initialize with " + brief(
                                        m), TAKEN, Ask
                                                .post(Ask
                                                        .request(1, "initialize",
                                                                Ask.object(
                                                                        "{'protocolVersion':'2025-11-25'," + m + "}"))
                                                        .toString())));
        Hostile notice = Hostile.ask("initialize that wants no answer", "400/-32600 404",
                Ask.post("{\"jsonrpc\":\"2.0\",\"method\":\"initialize\"}"));
        return Stream.of(refused, taken, Stream.of(notice)).flatMap(s -> s);
    }

    private static Stream<Hostile> responses() {
        return each("answer", SHAPE, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"result\":{}}", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"x\"}", "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":\"1\",\"message\":\"x\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{\"code\":1,\"message\":\"x\"}}");
    }

    private static Stream<Hostile> batches() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        return Stream.of(body("a batch of pings", SHAPE, "[" + ping + "]"),
                body("a batch of good requests", SHAPE, "[" + LIST.body() + "]"),
                body("a batch of 10 000", SHAPE, "[" + "7,".repeat(10_000) + "7]"),
                body("a batch of batches", SHAPE, "[[" + ping + "],[[]]]"),
                body("a batch that does not end", PARSE, "[" + ping + ","),
                body("a batch of handshakes", SHAPE, "[" + Ask.initialize(Ask.LEGACY).body() + "]"));
    }

    private static Stream<Hostile> each(String kind, String expected, String... bodies) {
        return List.of(bodies).stream().map(body -> body(kind + " " + brief(body), expected, body));
    }

    private static Hostile body(String name, String expected, String body) {
        return Hostile.ask(name, expected, LIST.body(body));
    }

    /** With these members, in single quotes, in the parameters of a request that is good otherwise. */
    private static Hostile with(String name, String expected, String members) {
        return body(name, expected,
                LIST.body().replace("\"params\":{", "\"params\":{" + members.replace('\'', '"') + ","));
    }

    private static Hostile raw(String name, String expected, byte[] body) {
        String head = "POST /mcp HTTP/1.1\r\n" + String.join("\r\n", LIST.fields()) + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        return Hostile.raw(name, expected, head + new String(body, StandardCharsets.ISO_8859_1));
    }

    private static String brief(String value) {
        String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
