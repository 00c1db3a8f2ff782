package dev.mooring.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; says everything that is wrong with them at once. */
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the declarations; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
