package dev.mooring.benchmarks;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.feature.Tool;
import dev.mooring.model.Revision;
import dev.mooring.model.ToolResult;
import dev.mooring.server.McpServer;
import dev.mooring.transport.inprocess.InProcessTransport;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole tool call within the process: client, codec both ways, dispatch, a thread for the handler, and the way back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-DMCP_LOG_LEVEL=WARN")
public class DispatchBenchmark {
    record Echo(String message) {}

    @Param
    private Era era = Era.MODERN;

    private @Nullable McpServer server;
    private @Nullable McpClient client;

    @Setup
    public void start() throws InterruptedException {
        InProcessTransport transport = new InProcessTransport();
        Tool echo = Tool.named("echo").arguments(Echo.class).text((in, call) -> in.message());
        server = McpServer.named("benchmark", "1").tool(echo).transport(transport).start();
        client = McpClient.connect(transport.connect(), ClientOptions.DEFAULT.withRevision(era.revision));
    }

    @TearDown
    public void stop() {
        Objects.requireNonNull(client).close();
        Objects.requireNonNull(server).close();
    }

    @Benchmark
    public ToolResult call() throws InterruptedException {
        return Objects.requireNonNull(client).call("echo", Map.of("message", Requests.WORDS));
    }

    /** Which handshake the client uses. */
    public enum Era {
        LEGACY(Revision.V2025_11_25),
        MODERN(Revision.V2026_07_28);

        private final Revision revision;

        Era(Revision revision) {
            this.revision = revision;
        }
    }
}
