package dev.mooring.app;

import dev.mooring.config.ConfigException;
import dev.mooring.config.Reference;
import dev.mooring.config.ServerSettings;
import dev.mooring.config.Settings;
import dev.mooring.config.Sources;
import dev.mooring.session.StoreException;
import dev.mooring.transport.TransportException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: {@code serve} unless something else is asked for. */
@Command(name = "mooring", description = "Serves the Model Context Protocol, to clients of every revision.", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, footerHeading = "%nSettings, from the environment or a .env file:%n%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:done", "64:wrong usage or wrong settings", "69:cannot listen, no session store, or no JDK", "70:internal error"})
public final class Main implements Callable<Integer> {
    private static final int WRONG_USAGE = 64;
    private static final int UNAVAILABLE = 69;
    private static final int INTERNAL = 70;

    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()), arguments));
    }

    /** Runs a command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(out).setErr(err).setUsageHelpWidth(Reference.WIDTH);
        line.getCommandSpec().usageMessage().footer(new Reference(ServerSettings.ALL).help().replace("%", "%%"));
        line.setParameterExceptionHandler((wrong, given) -> {
            err.println("mooring: " + wrong.getMessage() + "; mooring --help tells more");
            return WRONG_USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(err, failure));
        int code = line.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private static int report(PrintWriter err, Exception failure) {
        return switch (failure) {
            case ConfigException wrong -> {
                err.println(wrong.getMessage());
                yield WRONG_USAGE;
            }
            case TransportException unavailable -> unavailable(err, unavailable);
            case StoreException unavailable -> unavailable(err, unavailable);
            default -> {
                failure.printStackTrace(err);
                yield INTERNAL;
            }
        };
    }

    private static int unavailable(PrintWriter err, RuntimeException why) {
        err.println("mooring: " + why.getMessage());
        return UNAVAILABLE;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve();
    }

    @Command(description = "Serves over HTTP until it is told to stop (the default).", mixinStandardHelpOptions = true)
    int serve() throws InterruptedException {
        Settings settings = settings();
        System.setProperty("MCP_LOG_LEVEL", settings.get(ServerSettings.LOG_LEVEL).name()); // read by logback.xml
        Serving.run(settings);
        return 0;
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create(); // set by picocli

    @Command(description = "Prints the settings in effect and where each came from.", mixinStandardHelpOptions = true)
    void config() {
        Settings settings = settings();
        spec.commandLine().getOut().print(Reference.effective(settings));
        settings.warnings().forEach(spec.commandLine().getErr()::println);
    }

    private static Settings settings() {
        Path home = Path.of(System.getProperty("mooring.home", "."));
        Sources sources = Sources.environment(System.getenv()).withHome(home).withEnvFileIn(Path.of(""), home);
        return Settings.read(ServerSettings.ALL, sources);
    }

    /** The version of this build, from the jar's manifest. */
    static final class Version implements IVersionProvider {
        static String current() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }

        @Override
        public String[] getVersion() {
            return List.of("mooring " + current()).toArray(String[]::new);
        }
    }
}
