package dev.mooring.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings as text to read: help for a terminal, an example file, a table, the values in effect. */
public final class Reference {
    /** Columns of a line, at most. */
    public static final int WIDTH = 100;

    private final List<Setting<?>> settings;

    public Reference(List<Setting<?>> settings) {
        this.settings = List.copyOf(settings);
    }

    /** For {@code --help}: names on the left, what they do and take on the right. */
    public String help() {
        int column = 4 + settings.stream().mapToInt(s -> s.name().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        groups().forEach((group, members) -> {
            out.append(out.isEmpty() ? "" : "\n").append(group).append(":\n");
            for (Setting<?> setting : members) {
                String name = "  " + setting.name();
                List<String> lines = wrap(sentence(setting), WIDTH - column);
                for (int i = 0; i < lines.size(); i++) {
                    String left = i == 0 ? name : "";
                    out.append(left).append(" ".repeat(column - left.length())).append(lines.get(i)).append('\n');
                }
            }
        });
        return out.toString();
    }

    /** An {@code .env} file in which every setting stands as a comment, so that it changes nothing as it is. */
    public String envExample() {
        StringBuilder out = new StringBuilder("""
                # Settings of Mooring. Copy this file to .env and take the # off the lines that you change.
                # A variable of the environment wins over this file.
                """);
        groups().forEach((group, members) -> {
            out.append("\n# --- ").append(group).append(" ---\n");
            for (Setting<?> setting : members) {
                out.append('\n');
                wrap(sentence(setting), WIDTH - 2).forEach(line -> out.append("# ").append(line).append('\n'));
                out.append('#').append(setting.name()).append('=').append(setting.standardText()).append('\n');
            }
        });
        return out.toString();
    }

    /** A Markdown table with a row per setting. */
    public String table() {
        StringBuilder out = new StringBuilder("""
                | Setting | Default | Value | What it does |
                |---|---|---|---|
                """);
        for (Setting<?> setting : settings) {
            out.append("| `%s` | %s | %s | %s |\n".formatted(setting.name(), cell(setting), setting.kind().expected(),
                    setting.help()));
        }
        return out.toString();
    }

    /** The values in effect, one line each, with where they came from. */
    public static String effective(Settings settings) {
        int column = 2 + settings.entries().stream().mapToInt(entry -> entry.setting().name().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (Settings.Entry<?> entry : settings.entries()) {
            String name = entry.setting().name();
            out.append(name).append(" ".repeat(column - name.length()));
            out.append(entry.readable()).append("  (").append(entry.source().text()).append(")\n");
        }
        return out.toString();
    }

    private Map<String, List<Setting<?>>> groups() {
        return settings.stream()
                .collect(Collectors.groupingBy(Setting::group, LinkedHashMap::new, Collectors.toList()));
    }

    private static String sentence(Setting<?> setting) {
        return setting.help() + " [" + setting.kind().expected() + "; default " + standard(setting) + "]";
    }

    private static <T> String standard(Setting<T> setting) {
        String text = setting.standardText();
        String readable = setting.kind().readable(setting.standard());
        if (text.equals(readable)) {
            return text;
        }
        return text.isEmpty() ? readable : text + " (" + readable + ")";
    }

    private static String cell(Setting<?> setting) {
        String text = setting.standardText();
        String all = standard(setting);
        return text.isEmpty() ? all : "`" + text + "`" + all.substring(text.length());
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
