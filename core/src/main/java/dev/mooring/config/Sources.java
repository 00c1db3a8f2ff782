package dev.mooring.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What settings are read from. The command line wins over the environment, the environment over the file, the file
 * over the defaults. A relative path counts from the working directory, one in the file from the file's folder.
 *
 * @param commandLine values given for this one start
 * @param environment the process's environment; other programs' variables are passed over
 * @param envFile a {@code .env} file, which must exist if it is given
 * @param home the folder that relative default paths count from
 */
public record Sources(
        Map<String, String> commandLine,
        Map<String, String> environment,
        Optional<Path> envFile,
        Path home) {

    public Sources {
        commandLine = Map.copyOf(commandLine);
        environment = Map.copyOf(environment);
    }

    /** The given environment and nothing else; paths count from the working directory. */
    public static Sources environment(Map<String, String> environment) {
        return new Sources(Map.of(), environment, Optional.empty(), Path.of(""));
    }

    public Sources withCommandLine(Map<String, String> commandLine) {
        return new Sources(commandLine, environment, envFile, home);
    }

    public Sources withEnvFile(Path file) {
        return new Sources(commandLine, environment, Optional.of(file), home);
    }

    /** With the {@code .env} of the first of these folders that has one. */
    public Sources withEnvFileIn(Path... folders) {
        Optional<Path> found = Stream.of(folders)
                .map(folder -> folder.resolve(".env"))
                .filter(file -> Files.exists(file) && !Files.isDirectory(file))
                .findFirst();
        return new Sources(commandLine, environment, found, home);
    }

    /** The folder that relative paths in the file count from. */
    Path envFileFolder() {
        Path folder = envFile.map(Path::getParent).orElse(null);
        return folder == null ? Path.of("") : folder;
    }

    public Sources withHome(Path home) {
        return new Sources(commandLine, environment, envFile, home);
    }
}
