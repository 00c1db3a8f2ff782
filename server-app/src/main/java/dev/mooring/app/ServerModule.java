package dev.mooring.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.mooring.config.ServerSettings;
import dev.mooring.config.Settings;
import dev.mooring.feature.Plugin;
import dev.mooring.protocol.CallLimits;
import dev.mooring.server.McpServer;
import dev.mooring.session.SessionIntervals;
import dev.mooring.session.SessionLimits;
import dev.mooring.session.SessionTimeouts;
import dev.mooring.transport.Transport;
import java.util.List;
import java.util.Set;

/** The server, from its settings, the plugins, and whatever transports other modules add. */
final class ServerModule extends AbstractModule {
    private final Settings settings;
    private final List<Plugin> plugins;

    ServerModule(Settings settings, List<Plugin> plugins) {
        this.settings = settings;
        this.plugins = List.copyOf(plugins);
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), Transport.class);
    }

    @Provides
    @Singleton
    McpServer server(Set<Transport> transports) {
        McpServer.Builder server = McpServer.named("mooring", Main.Version.current())
                .sessions(sessionLimits())
                .intervals(new SessionIntervals(settings.get(ServerSettings.CLEANUP_INTERVAL),
                        settings.get(ServerSettings.STATUS_REPORT_INTERVAL),
                        settings.get(ServerSettings.HEARTBEAT_INTERVAL)))
                .calls(CallLimits.DEFAULT.withPerSession(settings.get(ServerSettings.MAX_CALLS_PER_SESSION))
                        .withTimeout(settings.get(ServerSettings.CALL_TIMEOUT)));
        plugins.forEach(server::plugin);
        transports.forEach(server::transport);
        return server.build();
    }

    private SessionLimits sessionLimits() {
        SessionTimeouts timeouts = SessionTimeouts.DEFAULT.withIdle(settings.get(ServerSettings.SESSION_TIMEOUT))
                .withLifetime(settings.get(ServerSettings.SESSION_LIFETIME))
                .withInitialize(settings.get(ServerSettings.INITIALIZE_TIMEOUT));
        return new SessionLimits(settings.get(ServerSettings.MAX_SESSIONS),
                settings.get(ServerSettings.MAX_SESSIONS_PER_PRINCIPAL),
                settings.get(ServerSettings.EVICT_IDLE_SESSIONS),
                TimeoutRules.apply(settings.get(ServerSettings.SESSION_TIMEOUTS), timeouts));
    }
}
