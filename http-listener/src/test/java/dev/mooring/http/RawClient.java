package dev.mooring.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A peer that sends what a test says, byte for byte, and reads answers. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(HttpListener listener) throws IOException {
        this(listener, 0);
    }

    /** @param receiveBuffer bytes the system may hold for this peer; 0 leaves that to the system */
    RawClient(HttpListener listener, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.address().getPort()));
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a request with a Host and the fields given, each ending with CR LF. */
    RawClient request(String line, String... fields) throws IOException {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: test\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    RawClient post(String path, String body) throws IOException {
        request("POST " + path, "Content-Length: " + body.length());
        return send(body);
    }

    Reply read() throws IOException {
        return read(false);
    }

    /** Reads one whole answer. */
    Reply read(boolean toHead) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        Map<String, String> fields = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
        }
        byte[] body = toHead || status < 200 || status == 204 || status == 304 ? new byte[0] : body(fields);
        return new Reply(status, fields, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> fields) throws IOException {
        if (fields.containsKey("content-length")) {
            int length = Integer.parseInt(fields.getOrDefault("content-length", ""));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("after " + body.length + " of " + length + " bytes");
            }
            return body;
        }
        if (!fields.containsKey("transfer-encoding")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            body.writeBytes(chunk.getBytes(StandardCharsets.ISO_8859_1));
        }
        return body.toByteArray();
    }

    /** Reads one chunk; the last one is empty. */
    String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String chunk = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        if (!line().isEmpty()) {
            throw new IOException("chunk does not end where it should");
        }
        return chunk;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b == -1) {
                throw new EOFException("after \"" + line + "\"");
            }
            line.append((char) b);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    /** Whether the listener has ended the connection, after whatever else it sent. */
    boolean isEnded() throws IOException {
        try {
            in.readAllBytes();
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    /** The next byte, or -1 at the end. */
    int readByte() throws IOException {
        return in.read();
    }

    int available() throws IOException {
        return in.available();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Reply(int status, Map<String, String> fields, String body) {

        String field(String name) {
            return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }
}
