package dev.mooring.transport.http;

import dev.mooring.http.HttpLimits;
import dev.mooring.http.HttpListener;
import dev.mooring.http.HttpRoute;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Codec;
import dev.mooring.time.Time;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.Receiver;
import dev.mooring.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP in both eras on one endpoint. Owns its listener: starts it, and closes it. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">Streamable HTTP,
 *     2026-07-28</a>
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">Streamable HTTP,
 *     2025-11-25</a>
 */
public final class HttpTransport implements Transport {
    private final String host;
    private final HttpListener listener;
    private final HttpSettings settings;
    private final Time time;
    private volatile @Nullable TimerWheel wheel; // made by start, ended by close

    /** At {@code /mcp} of that address; port 0 takes any free one. */
    public HttpTransport(String host, int port) {
        this(host, port, HttpSettings.DEFAULT);
    }

    public HttpTransport(String host, int port, HttpSettings settings) {
        this(host, port, settings, HttpLimits.DEFAULT, Time.system());
    }

    /** The message limit of {@code settings} holds for bodies, whatever {@code limits} say of them. */
    public HttpTransport(String host, int port, HttpSettings settings, HttpLimits limits, Time time) {
        this.host = host;
        this.listener = new HttpListener(host, port, limits.withMaxBodyBytes(settings.limits().bytes()), time);
        this.settings = settings;
        this.time = time;
    }

    @Override
    public String name() {
        return "http";
    }

    /**
     * Serves something else on the same port, whoever asks and for what origin.
     *
     * @throws IllegalStateException if the path is taken
     */
    public HttpTransport with(String path, HttpRoute route) {
        listener.mount(path, route);
        return this;
    }

    @Override
    public void start(Receiver receiver) {
        TimerWheel ticking = new TimerWheel(time);
        ticking.start();
        wheel = ticking;
        Streams streams = new Streams(new Codec(settings.limits()), new KeepAlive(ticking, time, settings.keepAlive()));
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        boolean loopback = address != null && address.isLoopbackAddress();
        AccessRules access = new AccessRules(host, loopback, settings.allowedOrigins(), settings.allowedHosts());
        listener.mount(settings.path(), new McpRoute(receiver, streams, access));
        try {
            listener.start();
        } catch (RuntimeException e) {
            listener.unmount(settings.path());
            ticking.close();
            throw e;
        }
    }

    /** The address that is bound. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Where clients reach it, by the host that was asked for and the port that was bound. */
    public URI endpoint() {
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + address().getPort() + settings.path());
    }

    /** Connections that are open. */
    public int connections() {
        return listener.connections();
    }

    @Override
    public DrainResult drain(Duration grace) throws InterruptedException {
        return listener.drain(grace);
    }

    @Override
    public void close() {
        listener.close();
        TimerWheel ticking = wheel;
        if (ticking != null) {
            ticking.close();
        }
    }
}
