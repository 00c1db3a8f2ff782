package dev.mooring.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.mooring.http.RawClient.Reply;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest extends ServedTest {
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String SMUGGLED = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";

    static Stream<Arguments> hostile() {
        return Stream.of(smuggling(), lengths(), chunks(), lines(), fields(), refusals()).flatMap(each -> each);
    }

    private static Stream<Arguments> smuggling() {
        return Stream.of(
                argumentSet("length and chunked", 400,
                        POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
                argumentSet("chunked and length", 400,
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" + SMUGGLED),
                argumentSet("two lengths", 400, POST + "Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + SMUGGLED),
                argumentSet("same length twice", 400, POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab"),
                argumentSet("list of lengths", 400, POST + "Content-Length: 2, 2\r\n\r\nab"),
                argumentSet("two lengths, HTTP/1.0", 400,
                        "POST /echo HTTP/1.0\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n" + SMUGGLED),
                argumentSet("chunked, HTTP/1.0", 400,
                        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                argumentSet("body of an old WebSocket draft", 400,
                        "GET /echo HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n12345678"),
                argumentSet("unknown coding", 400, POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                argumentSet("coding that is not last", 400, POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                argumentSet("two codings", 400,
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                argumentSet("coding behind a tab and a letter", 400,
                        POST + "Transfer-Encoding:\tx chunked\r\n\r\n0\r\n\r\n"),
                argumentSet("identity", 400, POST + "Transfer-Encoding: identity\r\n\r\n"),
                argumentSet("empty coding", 400, POST + "Transfer-Encoding:\r\n\r\n0\r\n\r\n"));
    }

    private static Stream<Arguments> lengths() {
        return Stream.of("+2", "-2", "", "0x2", "2a", "a", "1_0", "2 2", "9223372036854775808", "\u00b2", "2.0", "1e1")
                .map(length -> argumentSet("length \"" + length + "\"", 400,
                        POST + "Content-Length: " + length + "\r\n\r\nab"));
    }

    private static Stream<Arguments> chunks() {
        return Stream.of(argumentSet("chunk size g", 400, CHUNKED + "g\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size 0x2", 400, CHUNKED + "0x2\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size -2", 400, CHUNKED + "-2\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size +2", 400, CHUNKED + "+2\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size with a blank before", 400, CHUNKED + " 2\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size with a blank after", 400, CHUNKED + "2 \r\nab\r\n0\r\n\r\n"),
                argumentSet("no chunk size", 400, CHUNKED + "\r\nab\r\n0\r\n\r\n"),
                argumentSet("only an extension", 400, CHUNKED + ";a=b\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size that overflows", 400, CHUNKED + "100000002\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk size of many digits", 400, CHUNKED + "f".repeat(64) + "\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk longer than said", 400, CHUNKED + "2\r\nabc\r\n0\r\n\r\n"),
                argumentSet("chunk with bare LF", 400, CHUNKED + "2\nab\n0\n\n"),
                argumentSet("LF in an extension", 400, CHUNKED + "2;a\nb\r\nab\r\n0\r\n\r\n"),
                argumentSet("CR in an extension", 400, CHUNKED + "2;a\rb\r\nab\r\n0\r\n\r\n"),
                argumentSet("chunk line without end", 400, CHUNKED + "2;" + "a".repeat(10_000)),
                argumentSet("trailer without colon", 400, CHUNKED + "0\r\nbad\r\n\r\n"),
                argumentSet("folded trailer", 400, CHUNKED + "0\r\na: b\r\n c\r\n\r\n"),
                argumentSet("trailer folded by a tab", 400, CHUNKED + "2\r\nab\r\n0\r\na: b\r\n\tc: d\r\n\r\n"),
                argumentSet("fold before any trailer", 400, CHUNKED + "0\r\n a: b\r\n\r\n"),
                argumentSet("trailer folded to nothing", 400, CHUNKED + "0\r\na: b\r\n \r\n\r\n"),
                argumentSet("long trailer", 431, CHUNKED + "0\r\na: " + "b".repeat(20_000) + "\r\n\r\n"),
                argumentSet("many trailers", 431, CHUNKED + "0\r\n" + "a: b\r\n".repeat(101) + "\r\n"),
                argumentSet("chunks over the limit", 413,
                        CHUNKED + ("8000\r\n" + "a".repeat(0x8000) + "\r\n").repeat(129)));
    }

    private static Stream<Arguments> lines() {
        return Stream.of(argumentSet("bare LF", 400, "GET /echo HTTP/1.1\nHost: a\n\n"),
                argumentSet("bare LF after a field", 400, "GET /echo HTTP/1.1\r\nHost: a\n\r\n"),
                argumentSet("bare LF at the end", 400, "GET /echo HTTP/1.1\r\nHost: a\r\n\n"),
                argumentSet("bare CR in the line", 400, "GET\r/echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("blank before the method", 400, " GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("two blanks", 400, "GET  /echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("two blanks before the version", 400, "GET /echo  HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("tab as separator", 400, "GET\t/echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("blank after the version", 400, "GET /echo HTTP/1.1 \r\nHost: a\r\n\r\n"),
                argumentSet("blank in the target", 400, "GET /ec ho HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("NUL in the target", 400, "GET /echo\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("letter beyond ASCII in the target", 400, "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("fragment", 400, "GET /echo#a HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("target without slash", 400, "GET echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("absolute target without host", 400, "GET http:///echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("method that is no token", 400, "G(T /echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("no version", 400, "GET /echo\r\n\r\n"),
                argumentSet("version in small letters", 400, "GET /echo http/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("version of another protocol", 400, "GET /echo ICAP/1.0\r\nHost: a\r\n\r\n"),
                argumentSet("HTTP/1.2", 505, "GET /echo HTTP/1.2\r\nHost: a\r\n\r\n"),
                argumentSet("HTTP/0.9", 505, "GET /echo HTTP/0.9\r\nHost: a\r\n\r\n"),
                argumentSet("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                argumentSet("long line", 414, "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("line without end", 414, "a".repeat(100_000)));
    }

    private static Stream<Arguments> fields() {
        return Stream.of(argumentSet("folded field", 400, POST + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
                argumentSet("field folded by a tab", 400, POST + "X: a\r\n\tb\r\n\r\n"),
                argumentSet("folded length", 400, POST + "Content-Length:\r\n 2\r\n\r\nab"),
                argumentSet("fold before any field", 400, "GET /echo HTTP/1.1\r\n Host: a\r\n\r\n"),
                argumentSet("folded to nothing", 400, POST + "X: a\r\n \r\n\r\n"),
                argumentSet("blank before the colon", 400, POST + "Content-Length : 2\r\n\r\nab"),
                argumentSet("tab before the colon", 400, POST + "Content-Length\t: 2\r\n\r\nab"),
                argumentSet("no colon", 400, POST + "Content-Length 2\r\n\r\nab"),
                argumentSet("no name", 400, POST + ": 2\r\n\r\nab"),
                argumentSet("name that is no token", 400, POST + "X(: 2\r\n\r\n"),
                argumentSet("NUL in a name", 400, POST + "X\0: 2\r\n\r\n"),
                argumentSet("NUL in a value", 400, POST + "X: a\0b\r\n\r\n"),
                argumentSet("bare CR in a value", 400, POST + "X: a\rContent-Length: 2\r\n\r\n"),
                argumentSet("control character in a value", 400, POST + "X: a\u0001b\r\n\r\n"),
                argumentSet("DEL in a value", 400, POST + "X: a\u007fb\r\n\r\n"),
                argumentSet("vertical tab before a value", 400, POST + "X:\u000ba\r\n\r\n"),
                argumentSet("no Host", 400, "GET /echo HTTP/1.1\r\n\r\n"),
                argumentSet("two Hosts", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                argumentSet("two Hosts, HTTP/1.0", 400, "GET /echo HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
                argumentSet("two Hosts in one", 400, "GET /echo HTTP/1.1\r\nHost: a, b\r\n\r\n"),
                argumentSet("Host with a path", 400, "GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                argumentSet("Host with a user", 400, "GET /echo HTTP/1.1\r\nHost: a@b\r\n\r\n"),
                argumentSet("long field", 431, POST + "X: " + "a".repeat(20_000) + "\r\n\r\n"),
                argumentSet("field without end", 431, POST + "X: " + "a".repeat(100_000)),
                argumentSet("many fields", 431, POST + "X: a\r\n".repeat(100) + "\r\n"));
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(argumentSet("CONNECT", 501, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
                argumentSet("TRACE", 501, "TRACE /echo HTTP/1.1\r\nHost: a\r\n\r\n"),
                argumentSet("other expectation", 417, POST + "Expect: tea\r\nContent-Length: 2\r\n\r\n"),
                argumentSet("two expectations", 417, POST + "Expect: 100-continue\r\nExpect: tea\r\n\r\n"),
                argumentSet("body over the limit, not sent", 413, POST + "Content-Length: 4194305\r\n\r\n"),
                argumentSet("body over the limit, asked about", 413,
                        POST + "Expect: 100-continue\r\nContent-Length: 4194305\r\n\r\n"),
                argumentSet("body over the limit, sent", 413,
                        POST + "Content-Length: 5000000\r\n\r\n" + "a".repeat(5_000_000)),
                argumentSet("TLS on the plain port", 400, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"),
                argumentSet("binary", 400, "\0\0\0\0\u00ff\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileInput_isRefusedOnceAndOthersAreServed(int status, String input) throws Exception {
        HttpListener listener = serve();
        assertRefused(status, client(listener).send(input));
        assertHealthy(listener);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileInputInSmallPieces_isRefusedTheSame(int status, String input) throws Exception {
        HttpListener listener = serve();
        byte[] bytes = input.getBytes(ISO_8859_1);
        RawClient client = client(listener);
        int piece = Math.max(3, bytes.length / 500);
        for (int at = 0; at < bytes.length && client.available() == 0; at += piece) {
            client.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
        }
        assertRefused(status, client);
        assertHealthy(listener);
    }

    @Test
    void bodyOverTheLimit_isRefusedNamingTheSetting() throws Exception {
        Reply reply = client(serve(LIMITS.withMaxBodyBytes(4))).post("/echo", "12345").read();
        assertEquals(413, reply.status());
        assertEquals("text/plain; charset=utf-8", reply.field("content-type"));
        assertTrue(reply.body().contains("MCP_MAX_MESSAGE_BYTES"), reply.body());
        assertTrue(reply.body().contains("4 bytes"), reply.body());
    }

    @Test
    void headerOverTheLimit_isRefusedNamingTheSetting() throws Exception {
        HttpListener listener = serve(LIMITS.withRequest(LIMITS.request().withHeaderBytes(1_024)));
        Reply reply = client(listener).request("GET /echo", "X: " + "a".repeat(1_024)).read();
        assertEquals(431, reply.status());
        assertTrue(reply.body().contains("MCP_MAX_HEADER_BYTES"), reply.body());
        assertTrue(reply.body().contains("1024 bytes"), reply.body());
        assertEquals(200, client(listener).request("GET /echo", "X: " + "a".repeat(900)).read().status());
    }

    @Test
    void unknownPath_saysSoToAnyPage() throws Exception {
        Reply reply = client(serve()).request("GET /nowhere", "Origin: https://page.example").read();
        assertEquals(404, reply.status());
        assertEquals("*", reply.field("access-control-allow-origin"));
    }

    @Test
    void bodyAtTheLimit_isTaken() throws Exception {
        HttpListener listener = serve(LIMITS.withMaxBodyBytes(4));
        assertEquals("1234", client(listener).post("/echo", "1234").read().body());
        RawClient client = client(listener).request("POST /echo", "Transfer-Encoding: chunked");
        assertEquals("1234", client.send("4\r\n1234\r\n0\r\n\r\n").read().body());
    }

    @Test
    void refusalAfterAGoodRequest_comesAfterItsAnswer() throws Exception {
        HttpListener listener = serve();
        RawClient client = client(listener).request("GET /echo").send("nonsense\r\n\r\n");
        assertEquals(200, client.read().status());
        assertRefused(400, client);
    }

    @Test
    void randomBytes_neverHurtOthers() throws Exception {
        HttpListener listener = serve();
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);
            try (RawClient client = new RawClient(listener)) {
                client.send(bytes);
            }
        }
        assertHealthy(listener);
    }

    @Test
    void connectionsThatAreReset_neverHurtOthers() throws Exception {
        HttpListener listener = serve();
        for (int i = 0; i < 50; i++) {
            RawClient client = client(listener).request("POST /echo", "Content-Length: 10").send("12345");
            client.reset();
        }
        assertHealthy(listener);
    }
}
