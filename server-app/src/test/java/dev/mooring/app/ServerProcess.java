package dev.mooring.app;

import dev.mooring.sample.SamplePlugin;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server in a process of its own, with the sample plugin, on a port of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern ENDPOINT = Pattern.compile("endpoint: '(http[^']*)'");
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch logEnded = new CountDownLatch(1);
    private volatile @Nullable URI endpoint; // set before ready

    private ServerProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::readLog);
    }

    /** Starts a server whose folder is {@code home}; the given settings come over any port and a plugin folder. */
    static ServerProcess start(Path home, Map<String, String> settings) throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Path sample = plugins.resolve("sample.jar");
        if (!Files.exists(sample)) { // it does when a server is started again
            writeSamplePlugin(sample);
        }
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmooring.home=" + home, "-Dguice_custom_class_loading=CHILD", "-XX:TieredStopAtLevel=1", "-cp",
                classPathWithoutPlugin(), "dev.mooring.app.Main").directory(home.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        builder.environment().put("MCP_PORT", "0");
        builder.environment().putAll(settings);
        return new ServerProcess(builder.start());
    }

    private static Path samplePlugin() {
        try {
            return Path.of(SamplePlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String classPathWithoutPlugin() {
        String plugin = samplePlugin().toString();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).toString().equals(plugin))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void writeSamplePlugin(Path jar) throws IOException {
        Path built = samplePlugin();
        if (Files.isRegularFile(built)) {
            Files.copy(built, jar);
            return;
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(built)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(built.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
            }
        }
    }

    private void readLog() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher announced = ENDPOINT.matcher(line);
                if (announced.find()) {
                    endpoint = URI.create(announced.group(1));
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            logEnded.countDown();
        }
    }

    /** Where it serves, once it does. */
    URI endpoint() throws InterruptedException {
        if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || endpoint == null) {
            throw new AssertionError("the server did not start:\n" + log());
        }
        return endpoint;
    }

    /** Calls a tool as a modern client and returns the whole answer. */
    String call(HttpClient client, String tool, String arguments) throws IOException, InterruptedException {
        return client.send(request(tool, arguments), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Starts a call that reports progress, and returns once it has: the lines of its answer, of which one was read. */
    Iterator<String> startCall(HttpClient client, String tool, String arguments)
            throws IOException, InterruptedException {
        Iterator<String> lines =
                client.send(request(tool, arguments), HttpResponse.BodyHandlers.ofLines()).body().iterator();
        String first = lines.next();
        if (!first.contains("notifications/progress")) {
            throw new AssertionError("no progress: " + first);
        }
        return lines;
    }

    /** Opens a session and returns its id. */
    String initialize(HttpClient client) throws IOException, InterruptedException {
        return send(client, "", """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
                "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""").headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    /** Lists the tools in a session and returns the status. */
    int list(HttpClient client, String session) throws IOException, InterruptedException {
        return send(client, session, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}").statusCode();
    }

    /** The status of a path. */
    int get(HttpClient client, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint().resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private HttpResponse<String> send(HttpClient client, String session, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session).header("MCP-Protocol-Version", "2025-11-25");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String tool, String arguments) throws InterruptedException {
        String body = """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s,"_meta":{\
                "progressToken":1,"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool, arguments);
        return HttpRequest.newBuilder(endpoint())
                .header("Content-Type", "application/json")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Waits until a line with this text was logged. */
    void awaitLog(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (log.stream().noneMatch(line -> line.contains(text))) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("\"" + text + "\" was not logged:\n" + log());
            }
            Thread.sleep(10);
        }
    }

    String log() {
        return String.join("\n", log);
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would also close the log
    }

    /** Sends SIGKILL and waits for the end. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not end:\n" + log());
        }
        if (!logEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the log did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
