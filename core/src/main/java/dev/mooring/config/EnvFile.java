package dev.mooring.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: lines {@code NAME=value}, where a name given twice has its last value. Nothing is
 * interpolated. A problem never shows the line itself, which may hold a secret.
 */
record EnvFile(Map<String, String> values, List<Problem> problems) {
    static final int MAX_BYTES = 64 << 10;

    private static final String LINE_FORM = "NAME=value, a comment after #, or nothing";
    private static final Pattern LINE =
            Pattern.compile("(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*(.*)");
    private static final Pattern QUOTED =
            Pattern.compile("(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*+)\")(?:[ \\t]+#.*|[ \\t]*)");
    private static final Pattern COMMENT = Pattern.compile("(?:^|[ \\t])#.*$");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([nrt\"\\\\$])");

    EnvFile {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /** Reads at most {@link #MAX_BYTES}; a file that cannot be read is a problem. */
    static EnvFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return unusable(file, "too long", "at most " + MAX_BYTES + " bytes");
            }
            return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return unusable(file, "not UTF-8", "UTF-8 text");
        } catch (NoSuchFileException e) {
            return unusable(file, "no such file", "a file that can be read");
        } catch (IOException e) {
            return unusable(file, "cannot be read: " + e.getMessage(), "a file that can be read");
        }
    }

    static EnvFile parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        List<String> lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String fault = readLine(lines.get(i).strip(), values);
            if (!fault.isEmpty()) {
                problems.add(new Problem("line " + (i + 1), Source.ENV_FILE, fault, LINE_FORM));
            }
        }
        return new EnvFile(values, problems);
    }

    /** Puts what the line says into {@code values}; returns what is wrong with it, or an empty text. */
    private static String readLine(String line, Map<String, String> values) {
        if (line.isEmpty() || line.startsWith("#")) {
            return "";
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return line.contains("=") ? "not a name before the =" : "no =";
        }
        String name = matcher.group(1);
        String value = matcher.group(2);
        if (!value.startsWith("'") && !value.startsWith("\"")) {
            values.put(name, COMMENT.matcher(value).replaceFirst("").strip());
            return "";
        }
        Matcher quoted = QUOTED.matcher(value);
        if (!quoted.matches()) {
            return "the quotes of " + name + " do not close, or text follows them";
        }
        String single = quoted.group(1);
        values.put(name, single != null ? single : unescape(quoted.group(2)));
        return "";
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(switch (escape.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> escape.group(1);
        }));
    }

    private static EnvFile unusable(Path file, String given, String expected) {
        return new EnvFile(Map.of(), List.of(new Problem(file.toString(), Source.ENV_FILE, given, expected)));
    }
}
