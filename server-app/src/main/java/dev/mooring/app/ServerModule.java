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
import dev.mooring.session.SessionLimits;
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
                .sessions(new SessionLimits(settings.get(ServerSettings.MAX_SESSIONS),
                        settings.get(ServerSettings.SESSION_TIMEOUT)))
                .calls(CallLimits.DEFAULT.withPerSession(settings.get(ServerSettings.MAX_CALLS_PER_SESSION))
                        .withTimeout(settings.get(ServerSettings.CALL_TIMEOUT)));
        plugins.forEach(server::plugin);
        transports.forEach(server::transport);
        return server.build();
    }
}
