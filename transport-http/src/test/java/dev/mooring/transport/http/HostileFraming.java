package dev.mooring.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile request lines, fields, lengths, chunks, and requests hidden in others. */
final class HostileFraming {
    private static final String HOST = "Host: localhost\r\n";
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");
    private static final String BODY = ECHO.body();
    private static final String POST = "POST /mcp HTTP/1.1\r\n" + String.join("\r\n", ECHO.fields()) + "\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n";
    private static final String HIDDEN = "DELETE /mcp HTTP/1.1\r\n" + HOST + "Mcp-Session-Id: x\r\n\r\n";

    private HostileFraming() {}

    static Stream<Hostile> all() {
        return Stream.of(lines(), targets(), fields(), lengths(), codings(), chunks(), hidden()).flatMap(List::stream);
    }

    private static List<Hostile> lines() {
        byte[] noise = new byte[4096];
        new Random(42).nextBytes(noise);
        return List.of(Hostile.raw("an empty line", "400|404", "\r\n\r\n"),
                Hostile.raw("a method alone", "400", "GET\r\n\r\n"), Hostile.raw("HTTP/0.9", "400", "GET /mcp\r\n\r\n"),
                Hostile.raw("two spaces", "400", "GET  /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("tabs", "400", "GET\t/mcp\tHTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("a space in front", "400", " GET /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("a space behind", "400", "GET /mcp HTTP/1.1 \r\n" + HOST + "\r\n"),
                Hostile.raw("four words", "400", "GET /mcp x HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("HTTP/9.9", "505", "GET /mcp HTTP/9.9\r\n" + HOST + "\r\n"),
                Hostile.raw("HTTP/2 without TLS", "400|505", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                Hostile.raw("a version in lower case", "400", "GET /mcp http/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("another protocol's version", "400", "GET /mcp RTSP/1.0\r\n" + HOST + "\r\n"),
                Hostile.raw("a TLS hello", "400", "\26\3\1\2\0\1\0\1\374\3\3" + "\0".repeat(200)),
                Hostile.raw("an SSH banner", "400", "SSH-2.0-OpenSSH_9.9\r\n"),
                Hostile.raw("zeros", "400", "\0".repeat(2000)),
                Hostile.raw("noise", "4..|closed", new String(noise, StandardCharsets.ISO_8859_1)),
                Hostile.raw("a line too long", "414", "GET /mcp?" + "x".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("a long method", "405.* 404", "M".repeat(4000) + " /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("a method that is no token", "400", "GE(T /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("a zero in the method", "400", "GE\0T /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("CONNECT", "501", "CONNECT /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("TRACE", "501", "TRACE /mcp HTTP/1.1\r\n" + HOST + "\r\n"),
                Hostile.raw("lines ended by LF", "400", "GET /mcp HTTP/1.1\nHost: localhost\n\n"));
    }

    private static List<Hostile> targets() {
        return Stream
                .of("mcp", "/mcp#part", "/mcp\0", "/m\7cp", "/mcp\377", "localhost:80", "http://", "http:///mcp",
                        "ftp://localhost/mcp", "\\mcp", "http://evil.example/mcp", "http://localhost@evil.example/mcp")
                .map(target -> Hostile.raw("target " + target, "400|403.*",
                        POST.replace("/mcp", target) + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY))
                .toList();
    }

    private static List<Hostile> fields() {
        String many = IntStream.range(0, 101).mapToObj(i -> "X-" + i + ": y\r\n").collect(Collectors.joining());
        return Stream.concat(
                Stream.of("no colon", ": no name", "Sp ace: x", "Host : localhost", "X-Y\t: x", "X(Y): x", "X\0Y: x",
                        "X\351: y", "X: a\0b", "X: a\rb", "X: a\nb", "X: a\13b", "X: a\r\n folded", "X: a\r\n\tfolded",
                        "Sec-WebSocket-Key1: x", "Host: localhost", "Host: evil.example")
                        .map(field -> Hostile.raw("field " + field, "400", get(field + "\r\n"))),
                Stream.of(
                        Hostile.raw("a first field that is folded", "400",
                                "GET /mcp HTTP/1.1\r\n X: y\r\n" + HOST + "\r\n"),
                        Hostile.raw("101 fields", "431", get(many)),
                        Hostile.raw("20 KB of fields", "431", get("Cookie: " + "x".repeat(20_000) + "\r\n")),
                        Hostile.raw("a field that does not end", "431",
                                "GET /mcp HTTP/1.1\r\nX: " + "x".repeat(40_000)),
                        Hostile.raw("no Host", "400", "GET /mcp HTTP/1.1\r\n\r\n"),
                        Hostile.raw("an empty Host", "403/-32600 404", "GET /mcp HTTP/1.1\r\nHost:\r\n\r\n"),
                        Hostile.raw("a Host with a path", "400", "GET /mcp HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
                        Hostile.raw("a list of Hosts", "400", "GET /mcp HTTP/1.1\r\nHost: localhost, evil\r\n\r\n"),
                        Hostile.raw("a Host with a user", "400", "GET /mcp HTTP/1.1\r\nHost: x@localhost\r\n\r\n"),
                        Hostile.raw("an unknown expectation", "417", get("Expect: the worst\r\n")),
                        Hostile.raw("an upgrade", "405/-32600 404", get("Connection: Upgrade\r\nUpgrade: h2c\r\n")),
                        Hostile.raw("garbage in Connection", "405/-32600 404",
                                get("Connection: ,,\"close, keep-alive;q=0,,\r\n"))))
                .toList();
    }

    private static List<Hostile> lengths() {
        Stream<Hostile> wrong = Stream
                .of("-1", "+5", "0x5", "5 5", "5,5", "5, 6", "", "5.0", "1e1", "\t", "five", "99999999999999999999",
                        "9223372036854775808", "5\r\nContent-Length: 5", "5\r\nContent-Length: 6")
                .map(length -> Hostile.raw("length " + length.replace("\r\n", " and "), "400|413",
                        POST + "Content-Length: " + length + "\r\n\r\n" + BODY));
        return Stream.concat(wrong, Stream.of(
                Hostile.raw("a length of 4 GB", "413", POST + "Content-Length: 4294967296\r\n\r\n"),
                Hostile.raw("a length that is too short", "400/-32700 400",
                        POST + "Content-Length: " + (BODY.length() - 5) + "\r\n\r\n" + BODY),
                Hostile.raw("no length, no body", "400/-32700 404", POST + "\r\n"),
                Hostile.raw("more than may be", "413", POST + "Content-Length: 300000\r\n\r\n" + "x".repeat(300_000))))
                .toList();
    }

    private static List<Hostile> codings() {
        String whole = CHUNK + "0\r\n\r\n";
        return Stream
                .of("gzip", "chunked, chunked", "gzip, chunked", "chunked, identity", "identity", "\"chunked\"",
                        "xchunked", "chunked;q=1", "\13chunked", "", "chunked\r\nTransfer-Encoding: chunked",
                        "chunked\r\nTransfer-Encoding: identity", "chunked\r\nContent-Length: 5")
                .map(coding -> Hostile.raw("coding " + coding.replace("\r\n", " and "), "400",
                        POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + whole))
                .toList();
    }

    private static List<Hostile> chunks() {
        Stream<Hostile> wrong = Stream
                .of("G\r\n", "-1\r\n", "0x5\r\nhello\r\n", "+5\r\nhello\r\n", "5\nhello\r\n", "5\r\nhelloX\r\n",
                        "5\r\nhello\n", "\r\n", ";x\r\n", "ffffffffffffffff\r\n", "80000000\r\n", "5 5\r\nhello\r\n",
                        "5;a\nb\r\nhello\r\n", "5;a\rb\r\nhello\r\n", "5\r\nhello\r\n0\r\nno colon\r\n\r\n")
                .map(chunk -> Hostile.raw("chunk " + chunk.strip().lines().findFirst().orElse("empty"), "400|413",
                        CHUNKED + chunk));
        return Stream.concat(wrong, Stream.of(
                Hostile.raw("a chunk extension of 1 MB", "400|413|431", CHUNKED + "1;" + "x".repeat(1 << 20) + "\r\n"),
                Hostile.raw("a trailer of 1 MB", "400|413|431",
                        CHUNKED + CHUNK + "0\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n"),
                Hostile.raw("200 trailers", "400|431", CHUNKED + CHUNK + "0\r\n" + "X: y\r\n".repeat(200) + "\r\n"),
                Hostile.raw("chunks of one byte", "408|413", CHUNKED + "1\r\nx\r\n".repeat(300_000)),
                Hostile.raw("a trailer that frames again", "(200|400) ?(404)?",
                        CHUNKED + CHUNK + "0\r\nContent-Length: 50\r\n\r\n"),
                Hostile.raw("many zeros before a size", "200 404|400", CHUNKED + "0".repeat(12) + CHUNK + "0\r\n\r\n")))
                .toList();
    }

    /** The hidden request must never be answered: it would be a 404 of its own with a code. */
    private static List<Hostile> hidden() {
        String asBody = "Content-Length: " + HIDDEN.length() + "\r\n";
        return List.of(
                Hostile.raw("hidden behind both lengths", "400",
                        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN),
                Hostile.raw("hidden behind a folded coding", "400",
                        POST + asBody + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN),
                Hostile.raw("hidden behind a coding before its colon", "400",
                        POST + asBody + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN),
                Hostile.raw("hidden in the body of GET", "405/-32600 404",
                        get(asBody).replace("\r\n\r\n", "\r\n\r\n" + HIDDEN)),
                Hostile.raw("hidden in the body of another path", "404 404",
                        "POST /other HTTP/1.1\r\n" + HOST + asBody + "\r\n" + HIDDEN),
                Hostile.raw("hidden behind HTTP/1.0 with a coding", "400",
                        "POST /mcp HTTP/1.0\r\n" + HOST
                                + "Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n" + HIDDEN),
                Hostile.raw("hidden behind a bare LF", "400", "GET /mcp HTTP/1.1\r\nHost: localhost\n\n" + HIDDEN),
                Hostile.raw("garbage behind a good request", "200 400",
                        POST + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY + "garbage\r\n\r\n"));
    }

    private static String get(String fields) {
        return "GET /mcp HTTP/1.1\r\n" + HOST + fields + "\r\n";
    }
}
