package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.config.ServerSettings;
import dev.mooring.config.Settings;
import dev.mooring.config.Sources;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Tool;
import dev.mooring.protocol.EventLimits;
import dev.mooring.server.McpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerModuleTest {
    record Nothing() {}

    private final Settings settings = Settings.read(ServerSettings.ALL, Sources.environment(Map.of()));

    @Test
    void pluginWhoseToolNameIsTaken_isSkippedAndTheOthersAreServed() {
        List<Plugin> plugins = List.of(plugin("one"), plugin("one"), plugin("two"));

        try (McpServer server = new ServerModule(settings, plugins).server(Set.of())) {
            assertEquals(List.of("one", "two"), server.catalog().tools().all().stream().map(Tool::name).toList());
        }
    }

    @Test
    void eventSettings_areTheLimitsOfWhatIsKept() {
        assertEquals(EventLimits.DEFAULT, new ServerModule(settings, List.of()).eventLimits());
        Settings others = Settings.read(ServerSettings.ALL, Sources.environment(
                Map.of("MCP_EVENT_BYTES_PER_SESSION", "0", "MCP_EVENT_BYTES", "2GiB", "MCP_EVENT_AGE_MS", "10s")));

        assertEquals(EventLimits.DEFAULT.withSessionBytes(0).withTotalBytes(2L << 30).withAge(Duration.ofSeconds(10)),
                new ServerModule(others, List.of()).eventLimits());
    }

    private static Plugin plugin(String tool) {
        return catalog -> catalog.tools().add(Tool.named(tool).arguments(Nothing.class).text((in, call) -> "done"));
    }
}
