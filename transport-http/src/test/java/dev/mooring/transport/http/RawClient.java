package dev.mooring.transport.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection of a peer that sends what a test says, byte for byte, and reads answers or streams. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private InputStream body = InputStream.nullInputStream();

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** @param receiveBuffer bytes the system may hold for this peer; 0 leaves that to the system */
    RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(Ask ask) throws IOException {
        return send(ask.bytes());
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a request and reads its whole answer. */
    Reply ask(Ask ask) throws IOException {
        return send(ask).read();
    }

    /** Reads one whole answer. */
    Reply read() throws IOException {
        Reply head = open();
        return new Reply(head.status(), head.fields(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Reads the head of an answer; {@link #line} reads on. */
    Reply open() throws IOException {
        int status = Integer.parseInt(line(in).substring(9, 12));
        Map<String, String> fields = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        body = bodyOf(status, fields);
        return new Reply(status, fields, "");
    }

    private InputStream bodyOf(int status, Map<String, String> fields) throws IOException {
        if (status < 200 || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (fields.containsKey("transfer-encoding")) {
            return new Chunks();
        }
        String length = fields.get("content-length");
        if (length == null) {
            return in;
        }
        byte[] whole = in.readNBytes(Integer.parseInt(length));
        if (whole.length < Integer.parseInt(length)) {
            throw new EOFException("after " + whole.length + " of " + length + " bytes");
        }
        return new ByteArrayInputStream(whole);
    }

    /** The next line of the body without its end; null if the body is over. */
    @Nullable
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = body.read(); b != '\n'; b = body.read()) {
            if (b == -1) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Reads what a stream of 2025-11-25 begins with: an event that tells its id and nothing else. */
    RawClient begin() throws IOException {
        String line = line();
        while (line != null && !line.equals("data: ")) {
            line = line();
        }
        line();
        return this;
    }

    /** Whether the server has ended the connection, after whatever else it sent. */
    boolean isEnded() {
        try {
            in.readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String line(InputStream in) throws IOException {
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

    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** How long one read may take; then it fails. */
    RawClient patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A body in chunks, without its frame. */
    private final class Chunks extends InputStream {
        private int left;
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) == -1 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !over) {
                left = Integer.parseInt(line(in), 16);
                over = left == 0;
                if (over) {
                    line(in);
                }
            }
            if (over) {
                return -1;
            }
            int taken = in.read(into, offset, Math.min(length, left));
            if (taken == -1) {
                throw new EOFException("within a chunk");
            }
            left -= taken;
            if (left == 0) {
                line(in);
            }
            return taken;
        }
    }
}
