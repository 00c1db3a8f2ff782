package dev.mooring.app;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.mooring.config.ServerSettings;
import dev.mooring.config.Settings;
import dev.mooring.feature.Plugin;
import dev.mooring.http.HttpLimits;
import dev.mooring.json.JsonLimits;
import dev.mooring.server.McpServer;
import dev.mooring.session.StoreException;
import dev.mooring.transport.http.HttpSettings;
import dev.mooring.transport.http.HttpTransport;
import dev.mooring.transport.http.HttpTransportModule;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server process over HTTP, from its start to the signal that ends it. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private Serving() {}

    /** Serves, and returns once a signal came, running calls had their time, and all is closed. */
    static void run(Settings settings) throws InterruptedException {
        Signals signals = Signals.receive();
        settings.warnings().forEach(LOG::warn);
        try (Plugins plugins = open(settings)) {
            List<Plugin> found = plugins.load(Plugin.class);
            Injector injector = Guice.createInjector(new ServerModule(settings, found), http(settings));
            HttpTransport http = injector.getInstance(HttpTransport.class);
            try (McpServer server = injector.getInstance(McpServer.class)) {
                http.with(Health.LIVE, Health.live()).with(Health.READY, Health.ready(server::ready));
                server.start();
                announce(settings, http, server);
                serve(server, signals, settings.get(ServerSettings.SHUTDOWN_GRACE));
            }
        }
        LOG.info("[MCP Server] Stopped");
    }

    /** Until a signal comes, or the server ends by itself, which is told as an exception. */
    private static void serve(McpServer server, Signals signals, Duration grace) throws InterruptedException {
        Thread watch = Thread.ofVirtual().name("mooring-end").start(() -> {
            try {
                server.await();
            } catch (InterruptedException | StoreException e) {
                LOG.debug("The server has ended", e);
            } finally {
                signals.stop();
            }
        });
        signals.await();
        watch.interrupt();
        if (server.closed()) {
            server.await();
        }
        server.drain(grace);
    }

    private static Plugins open(Settings settings) {
        return settings.get(ServerSettings.PLUGINS).map(Plugins::open).orElseGet(Plugins::none);
    }

    private static HttpTransportModule http(Settings settings) {
        long bytes = settings.get(ServerSettings.MAX_MESSAGE_BYTES);
        return new HttpTransportModule(settings.get(ServerSettings.HOST), settings.get(ServerSettings.PORT),
                httpLimits(settings),
                HttpSettings.DEFAULT.withPath(settings.get(ServerSettings.PATH))
                        .withAllowedOrigins(settings.get(ServerSettings.ALLOWED_ORIGINS))
                        .withAllowedHosts(settings.get(ServerSettings.ALLOWED_HOSTS))
                        .withLimits(JsonLimits.DEFAULT.withBytes(Math.toIntExact(bytes))));
    }

    /** A peer that acknowledges nothing for two heartbeats is gone; without a heartbeat the listener's own patience holds. */
    static HttpLimits httpLimits(Settings settings) {
        Duration heartbeat = settings.get(ServerSettings.HEARTBEAT_INTERVAL);
        HttpLimits.Timeouts timeouts = HttpLimits.DEFAULT.timeouts();
        int header = Math.toIntExact(settings.get(ServerSettings.MAX_HEADER_BYTES));
        return HttpLimits.DEFAULT.withMaxConnections(settings.get(ServerSettings.MAX_CONNECTIONS))
                .withIncomingBytes(settings.get(ServerSettings.MAX_INCOMING_BYTES))
                .withRequest(HttpLimits.DEFAULT.request().withHeaderBytes(header))
                .withTimeouts(heartbeat.isZero() ? timeouts : timeouts.withPeer(heartbeat.multipliedBy(2)));
    }

    private static void announce(Settings settings, HttpTransport http, McpServer server) {
        if (!http.address().getAddress().isLoopbackAddress()) {
            LOG.warn("Listening on {} without authentication: everybody who reaches it may call every tool",
                    settings.get(ServerSettings.HOST));
        }
        LOG.info("[MCP Server] Configuration loaded: { sessionTimeoutMinutes: {}, cleanupIntervalMinutes: {},"
                + " statusReportIntervalMinutes: {}, maxSessions: {}, maxCallsPerSession: {},"
                + " callTimeoutSeconds: {}, shutdownGraceMs: {}, maxMessageBytes: {}, tools: {}, endpoint: '{}' }",
                minutes(settings.get(ServerSettings.SESSION_TIMEOUT)),
                minutes(settings.get(ServerSettings.CLEANUP_INTERVAL)),
                minutes(settings.get(ServerSettings.STATUS_REPORT_INTERVAL)), settings.get(ServerSettings.MAX_SESSIONS),
                settings.get(ServerSettings.MAX_CALLS_PER_SESSION),
                settings.get(ServerSettings.CALL_TIMEOUT).toMillis() / 1000.0,
                settings.get(ServerSettings.SHUTDOWN_GRACE).toMillis(), settings.get(ServerSettings.MAX_MESSAGE_BYTES),
                server.catalog().tools().all().size(), http.endpoint());
    }

    private static double minutes(Duration time) {
        return time.toSeconds() / 60.0;
    }
}
