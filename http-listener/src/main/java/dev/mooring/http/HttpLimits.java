package dev.mooring.http;

import java.time.Duration;

/**
 * Bounds on what peers may send, hold and wait for.
 *
 * @param request sizes of a request
 * @param timeouts how long peers may take
 * @param writes bytes queued for one connection
 * @param incomingBytes what bodies of all connections may take together while they arrive, besides the first 8 KiB of each;
 *     more is refused 503. One body of full length always fits
 * @param maxConnections connections at the same time; further ones are refused 503
 * @param eventLoops threads that read and write
 */
public record HttpLimits(
        Request request,
        Timeouts timeouts,
        Writes writes,
        long incomingBytes,
        int maxConnections,
        int eventLoops) {

    public static final HttpLimits DEFAULT = new HttpLimits(Request.DEFAULT, Timeouts.DEFAULT, Writes.DEFAULT,
            256 << 20, 10_000, Math.max(1, Runtime.getRuntime().availableProcessors()));

    public HttpLimits {
        if (incomingBytes < 0) {
            throw new IllegalArgumentException("incomingBytes: " + incomingBytes + " (expected: >= 0)");
        }
        atLeastOne("maxConnections", maxConnections);
        atLeastOne("eventLoops", eventLoops);
    }

    public HttpLimits withRequest(Request request) {
        return new HttpLimits(request, timeouts, writes, incomingBytes, maxConnections, eventLoops);
    }

    public HttpLimits withTimeouts(Timeouts timeouts) {
        return new HttpLimits(request, timeouts, writes, incomingBytes, maxConnections, eventLoops);
    }

    public HttpLimits withWrites(Writes writes) {
        return new HttpLimits(request, timeouts, writes, incomingBytes, maxConnections, eventLoops);
    }

    public HttpLimits withIncomingBytes(long incomingBytes) {
        return new HttpLimits(request, timeouts, writes, incomingBytes, maxConnections, eventLoops);
    }

    public HttpLimits withMaxConnections(int maxConnections) {
        return new HttpLimits(request, timeouts, writes, incomingBytes, maxConnections, eventLoops);
    }

    public HttpLimits withEventLoops(int eventLoops) {
        return new HttpLimits(request, timeouts, writes, incomingBytes, maxConnections, eventLoops);
    }

    /** Short for changing one member of {@link #request}, the one that is changed most. */
    public HttpLimits withMaxBodyBytes(int maxBodyBytes) {
        return withRequest(request.withBodyBytes(maxBodyBytes));
    }

    /**
     * Sizes of a request.
     *
     * @param bodyBytes length of the body; a longer one is refused 413
     * @param lineBytes length of the request line; a longer one is refused 414
     * @param headerBytes length of all header fields together; longer ones are refused 431
     * @param fields number of header fields; more are refused 431
     * @param aheadBytes what is read of later requests while one waits for its answer
     */
    public record Request(int bodyBytes, int lineBytes, int headerBytes, int fields, int aheadBytes) {

        public static final Request DEFAULT = new Request(4 << 20, 8 << 10, 16 << 10, 100, 64 << 10);

        public Request {
            atLeastOne("bodyBytes", bodyBytes);
            atLeastOne("lineBytes", lineBytes);
            atLeastOne("headerBytes", headerBytes);
            atLeastOne("fields", fields);
            atLeastOne("aheadBytes", aheadBytes);
        }

        public Request withBodyBytes(int bodyBytes) {
            return new Request(bodyBytes, lineBytes, headerBytes, fields, aheadBytes);
        }

        public Request withLineBytes(int lineBytes) {
            return new Request(bodyBytes, lineBytes, headerBytes, fields, aheadBytes);
        }

        public Request withHeaderBytes(int headerBytes) {
            return new Request(bodyBytes, lineBytes, headerBytes, fields, aheadBytes);
        }

        public Request withFields(int fields) {
            return new Request(bodyBytes, lineBytes, headerBytes, fields, aheadBytes);
        }

        public Request withAheadBytes(int aheadBytes) {
            return new Request(bodyBytes, lineBytes, headerBytes, fields, aheadBytes);
        }
    }

    /**
     * How long peers may take.
     *
     * @param header from the first byte of a request to the end of its header; then 408
     * @param body from the end of the header to the end of the body; then 408
     * @param idle how long a connection without a request stays open
     * @param slowReader how long a full write queue may take to shrink by its low mark before the connection is cut
     * @param peer how long sent bytes may stay unacknowledged before the connection is given up (Linux epoll only);
     *     zero leaves that to the system
     */
    public record Timeouts(Duration header, Duration body, Duration idle, Duration slowReader, Duration peer) {

        public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30),
                Duration.ofSeconds(75), Duration.ofSeconds(10), Duration.ofSeconds(60));

        public Timeouts {
            positive("header", header);
            positive("body", body);
            positive("idle", idle);
            positive("slowReader", slowReader);
            if (peer.isNegative()) {
                throw new IllegalArgumentException("peer: " + peer + " (expected: >= 0)");
            }
        }

        public Timeouts withHeader(Duration header) {
            return new Timeouts(header, body, idle, slowReader, peer);
        }

        public Timeouts withBody(Duration body) {
            return new Timeouts(header, body, idle, slowReader, peer);
        }

        public Timeouts withIdle(Duration idle) {
            return new Timeouts(header, body, idle, slowReader, peer);
        }

        public Timeouts withSlowReader(Duration slowReader) {
            return new Timeouts(header, body, idle, slowReader, peer);
        }

        public Timeouts withPeer(Duration peer) {
            return new Timeouts(header, body, idle, slowReader, peer);
        }
    }

    /**
     * Bytes queued for one connection and not yet written to its socket.
     *
     * @param high from here on writers are asked to wait
     * @param low here they may go on
     */
    public record Writes(int high, int low) {

        public static final Writes DEFAULT = new Writes(1 << 20, 256 << 10);

        public Writes {
            atLeastOne("low", low);
            if (high < low) {
                throw new IllegalArgumentException("high: " + high + " (expected: >= low, " + low + ")");
            }
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
