package dev.mooring.store.file;

import dev.mooring.session.StoredSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A process that opens a store, says so, and writes batch after batch, saying so, until it is killed. */
final class Child implements AutoCloseable {
    /** How many sessions every batch changes. */
    static final int SESSIONS = 10;
    /** How many batches a session of one batch only is kept. */
    static final int STAY = 20;

    private final Process process;
    private final BufferedReader said;

    /** Starts one that writes from that batch on; none if that is negative. */
    Child(Path file, int from) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Child.class.getName(), file.toString(), String.valueOf(from))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        said = process.inputReader();
    }

    /** What it says next. */
    String next() throws IOException {
        return String.valueOf(said.readLine());
    }

    /** Kills it as nothing can be killed harder; returns what it had said that was not read yet. */
    List<String> kill() {
        close();
        return said.lines().toList();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly(); // not that of the process, which closes its pipe
        process.onExit().join();
    }

    /** The process. */
    public static void main(String[] args) throws IOException {
        try (FileSessionStore store = new FileSessionStore(Path.of(args[0]))) {
            System.out.println(store.open().map(Kept::fingerprint).orElse("held"));
            int from = Integer.parseInt(args[1]);
            boolean listened = from < 0 ? System.in.read() >= 0 : true; // until the test ends, if it does not kill it
            for (int batch = from; listened; batch++) {
                write(store, batch);
                System.out.println(batch);
                listened = !System.out.checkError();
            }
        }
    }

    private static void write(FileSessionStore store, int batch) {
        String note = String.valueOf(batch);
        List<StoredSession> changed = new ArrayList<>();
        IntStream.range(0, SESSIONS).forEach(number -> changed.add(Kept.session("all" + number, note)));
        changed.add(Kept.session("only" + batch, note));
        store.write(changed, List.of("only" + (batch - STAY)));
    }
}
