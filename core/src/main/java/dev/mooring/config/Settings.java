package dev.mooring.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The values of all declared settings, as they were when they were read. Immutable. */
public final class Settings {
    private static final String PREFIX = "MCP_";

    private final Map<String, Entry<?>> entries;
    private final List<String> warnings;
    private final Optional<Path> envFile;

    private Settings(Map<String, Entry<?>> entries, List<String> warnings, Optional<Path> envFile) {
        this.entries = entries;
        this.warnings = List.copyOf(warnings);
        this.envFile = envFile;
    }

    /**
     * One setting and its value.
     *
     * @param <T> the value's type
     */
    public record Entry<T>(Setting<T> setting, T value, Source source) {
        /** The value as a person would say it. */
        public String readable() {
            return setting.kind().readable(value);
        }
    }

    /**
     * Reads every declared setting.
     *
     * @throws ConfigException if anything is wrong, with all that is
     * @throws IllegalArgumentException if a name is declared twice
     */
    public static Settings read(List<Setting<?>> declared, Sources sources) {
        EnvFile file = sources.envFile().map(EnvFile::read).orElseGet(() -> new EnvFile(Map.of(), List.of()));
        Map<Source, Map<String, String>> given = new LinkedHashMap<>();
        given.put(Source.COMMAND_LINE, sources.commandLine());
        given.put(Source.ENVIRONMENT, sources.environment());
        given.put(Source.ENV_FILE, file.values());

        List<Problem> problems = new ArrayList<>(file.problems());
        Map<String, Entry<?>> entries = new LinkedHashMap<>();
        for (Setting<?> setting : declared) {
            if (entries.put(setting.name(), entry(setting, given, sources, problems)) != null) {
                throw new IllegalArgumentException(setting.name() + " is declared twice");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Settings(entries, unknown(entries, given), sources.envFile());
    }

    /**
     * The value of a setting.
     *
     * @throws IllegalArgumentException if it was not among the declarations that were read
     */
    public <T> T get(Setting<T> setting) {
        return entry(setting).value();
    }

    /**
     * Where the value of a setting came from.
     *
     * @throws IllegalArgumentException if it was not among the declarations that were read
     */
    public Source source(Setting<?> setting) {
        return entry(setting).source();
    }

    /** All settings in the order of their declarations. */
    public List<Entry<?>> entries() {
        return List.copyOf(entries.values());
    }

    /** A line for each name that looks like one of ours and is not, with the name that was probably meant. */
    public List<String> warnings() {
        return warnings;
    }

    /** The file that was read. */
    public Optional<Path> envFile() {
        return envFile;
    }

    @SuppressWarnings("unchecked") // an entry is only ever stored under the name of its own setting
    private <T> Entry<T> entry(Setting<T> setting) {
        Entry<?> entry = entries.get(setting.name());
        if (entry == null || !entry.setting().equals(setting)) {
            throw new IllegalArgumentException(setting.name() + " is not declared");
        }
        return (Entry<T>) entry;
    }

    private static <T> Entry<T> entry(Setting<T> setting, Map<Source, Map<String, String>> given, Sources sources,
            List<Problem> problems) {
        Entry<T> standard = new Entry<>(setting, located(setting.standard(), sources.home()), Source.DEFAULT);
        for (Map.Entry<Source, Map<String, String>> place : given.entrySet()) {
            String text = place.getValue().get(setting.name());
            if (text == null || (text.isBlank() && !setting.kind().takesEmpty())) {
                continue;
            }
            Optional<T> value = setting.kind().read(text.strip());
            if (value.isEmpty()) {
                String shown = setting.kind().isSecret() ? "(hidden)" : text;
                problems.add(new Problem(setting.name(), place.getKey(), shown, setting.kind().expected()));
                return standard;
            }
            Path base = place.getKey() == Source.ENV_FILE ? sources.envFileFolder() : Path.of("");
            return new Entry<>(setting, located(value.get(), base), place.getKey());
        }
        return standard;
    }

    @SuppressWarnings("unchecked") // the same type: a path stays a path
    private static <T> T located(T value, Path base) {
        return value instanceof Optional<?> optional && optional.orElse(null) instanceof Path path
                ? (T) Optional.of(base.resolve(path))
                : value;
    }

    private static List<String> unknown(Map<String, Entry<?>> entries, Map<Source, Map<String, String>> given) {
        List<String> warnings = new ArrayList<>();
        given.forEach((source, values) -> {
            for (String name : new TreeSet<>(values.keySet())) {
                if (name.startsWith(PREFIX) && !entries.containsKey(name)) {
                    String hint = Spelling.nearest(name, entries.keySet())
                            .map(near -> " (did you mean " + near + "?)")
                            .orElse("");
                    warnings.add(name + " (" + source.text() + ") is not a setting" + hint);
                }
            }
        });
        return warnings;
    }
}
