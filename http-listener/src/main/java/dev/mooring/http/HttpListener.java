package dev.mooring.http;

import dev.mooring.time.Time;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.TransportException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One port, and the routes behind it. Binds with {@link #start}; the constructor opens nothing. Thread-safe.
 *
 * <p>Requests are read whole and under the bounds of {@link HttpLimits} before a route sees them. What is not HTTP/1.1 to
 * the letter is refused in words and its connection closed.
 */
public final class HttpListener implements AutoCloseable {
    private final String host;
    private final int port;
    private final Sockets sockets;
    private final ConcurrentHashMap<String, HttpRoute> routes = new ConcurrentHashMap<>();
    private final Service service;
    private final Admission admission;

    private final ReentrantLock lifecycle = new ReentrantLock();
    private volatile @Nullable Port bound; // changed under lifecycle
    private boolean closed; // under lifecycle

    public HttpListener(String host, int port, HttpLimits limits) {
        this(host, port, limits, Time.system());
    }

    /**
     * A listener whose readings of {@link HttpStream#lastHeard} come from this time.
     *
     * @param port 0 takes any free port
     */
    public HttpListener(String host, int port, HttpLimits limits, Time time) {
        this(host, port, limits, time, Sockets.best());
    }

    HttpListener(String host, int port, HttpLimits limits, Time time, Sockets sockets) {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        this.host = host;
        this.port = port;
        this.sockets = sockets;
        this.service = Service.of(limits, routes, time);
        this.admission = new Admission(limits.maxConnections(), service.heads());
    }

    /**
     * Puts a route behind a path, before or after the start. Paths are compared as they are sent, character by character.
     *
     * @throws IllegalStateException if the path is taken
     */
    public void mount(String path, HttpRoute route) {
        if (!path.startsWith("/") || path.indexOf('?') != -1) {
            throw new IllegalArgumentException("path: \"" + path + "\" (expected: / and no query)");
        }
        if (routes.putIfAbsent(path, route) != null) {
            throw new IllegalStateException(path + " is taken (expected: one route for a path)");
        }
    }

    /** Takes the route of a path away; calls it already has are not touched. */
    public void unmount(String path) {
        routes.remove(path);
    }

    /**
     * Binds the port and returns; does nothing while running. After a failure everything is as before.
     *
     * @throws TransportException if the address does not resolve or the port cannot be had; the message names the setting
     * @throws IllegalStateException after {@link #close}
     */
    public void start() {
        lifecycle.lock();
        try {
            if (closed) {
                throw new IllegalStateException("listener is closed (expected: new or running)");
            }
            if (bound == null) {
                bound = Port.bind(resolve(), sockets, service, admission);
            }
        } finally {
            lifecycle.unlock();
        }
    }

    private InetSocketAddress resolve() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new TransportException(
                    "cannot listen on " + host + ":" + port
                            + ": the name does not resolve; set MCP_HOST to an address of this machine",
                    new UnknownHostException(host));
        }
        return address;
    }

    /** The address that is bound, with the real port. */
    public InetSocketAddress address() {
        Port current = bound;
        if (current == null) {
            throw new IllegalStateException("listener is not running (expected: started)");
        }
        return current.address();
    }

    /**
     * Waits until every call is answered and its answer sent, at most this long; streams that are
     * {@linkplain HttpStream#longLived long-lived} do not count. Connections are still accepted, and from now on each
     * answer ends its connection.
     */
    public DrainResult drain(Duration grace) throws InterruptedException {
        return service.exchanges().await(grace);
    }

    /** Connections that are open. */
    public int connections() {
        return admission.open();
    }

    /** Bytes of memory that bodies take while they arrive, besides the first 8 KiB of each. */
    public long incomingBytes() {
        return service.incoming().taken();
    }

    /** Connections that were refused because too many were open. */
    public long turnedAway() {
        return admission.turnedAway();
    }

    /** Ends everything at once and waits until the event loops have ended. May be repeated, also without a start. */
    @Override
    public void close() {
        Port current;
        lifecycle.lock();
        try {
            closed = true;
            current = bound;
            bound = null;
        } finally {
            lifecycle.unlock();
        }
        if (current != null) {
            current.close();
        }
    }
}
