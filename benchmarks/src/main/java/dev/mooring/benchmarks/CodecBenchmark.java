package dev.mooring.benchmarks;

import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What it costs to read a request and to write its answer; beside it, what Jackson alone takes to walk the tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-DMCP_LOG_LEVEL=WARN")
public class CodecBenchmark {
    private final Codec codec = new Codec(JsonLimits.DEFAULT);
    private final JsonMapper mapper = Json.mapper(JsonLimits.DEFAULT);
    private final byte[] legacy = Requests.LEGACY.getBytes(StandardCharsets.UTF_8);
    private final byte[] modern = Requests.MODERN.getBytes(StandardCharsets.UTF_8);
    private final Message answer = new Message.Result(RequestId.of(1), result());

    private static ObjectNode result() {
        ObjectNode result = Json.object();
        result.putArray("content").addObject().put("type", "text").put("text", Requests.WORDS);
        return result;
    }

    @Benchmark
    public Payload readLegacy() {
        return codec.decode(legacy);
    }

    @Benchmark
    public Payload readModern() {
        return codec.decode(modern);
    }

    @Benchmark
    public int walkLegacy() {
        return walk(legacy);
    }

    @Benchmark
    public int walkModern() {
        return walk(modern);
    }

    private int walk(byte[] bytes) {
        int characters = 0;
        try (JsonParser parser = mapper.createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue()) {
                    characters += parser.getString().length();
                }
            }
        }
        return characters;
    }

    @Benchmark
    public byte[] write() {
        return codec.encode(answer);
    }
}
