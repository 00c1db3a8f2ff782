package dev.mooring.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.mooring.config.ServerSettings;
import dev.mooring.config.Settings;
import dev.mooring.feature.Plugin;
import dev.mooring.lease.ServerKeys;
import dev.mooring.protocol.CallLimits;
import dev.mooring.protocol.EventLimits;
import dev.mooring.protocol.SubscriptionLimits;
import dev.mooring.server.McpServer;
import dev.mooring.session.SessionIntervals;
import dev.mooring.session.SessionLimits;
import dev.mooring.session.SessionTimeouts;
import dev.mooring.store.file.FileSessionStore;
import dev.mooring.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, from its settings, the plugins, and whatever transports other modules add. */
final class ServerModule extends AbstractModule {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

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
                .events(eventLimits())
                .subscriptions(SubscriptionLimits.DEFAULT.withTotal(settings.get(ServerSettings.MAX_SUBSCRIPTIONS))
                        .withPerOwner(settings.get(ServerSettings.MAX_SUBSCRIPTIONS_PER_PRINCIPAL)))
                .calls(CallLimits.DEFAULT.withPerSession(settings.get(ServerSettings.MAX_CALLS_PER_SESSION))
                        .withTimeout(settings.get(ServerSettings.CALL_TIMEOUT))
                        .withAskTimeout(settings.get(ServerSettings.ASK_TIMEOUT))
                        .withProgressInterval(settings.get(ServerSettings.PROGRESS_INTERVAL)));
        settings.get(ServerSettings.SESSION_STORE)
                .ifPresent(file -> server.store(new FileSessionStore(file), settings.get(ServerSettings.STORE_WAIT)));
        List<String> secrets = settings.get(ServerSettings.SECRET_KEYS);
        if (!secrets.isEmpty()) {
            server.keys(ServerKeys.of(secrets.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList()));
        }
        plugins.forEach(plugin -> add(plugin, server));
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

    EventLimits eventLimits() {
        return EventLimits.DEFAULT.withSessionBytes(settings.get(ServerSettings.EVENT_BYTES_PER_SESSION))
                .withTotalBytes(settings.get(ServerSettings.EVENT_BYTES))
                .withAge(settings.get(ServerSettings.EVENT_AGE));
    }

    /** What is wrong with one plugin, such as a tool whose name is taken, does not touch the others. */
    private static void add(Plugin plugin, McpServer.Builder server) {
        try {
            server.plugin(plugin);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Plugin {} of {} is broken, the rest of it is skipped ({})", plugin.getClass().getName(),
                    origin(plugin), e.toString());
            LOG.debug("Plugin {}", plugin.getClass().getName(), e);
        }
    }

    private static String origin(Plugin plugin) {
        CodeSource source = plugin.getClass().getProtectionDomain().getCodeSource();
        return source == null ? "unknown origin" : String.valueOf(source.getLocation());
    }
}
