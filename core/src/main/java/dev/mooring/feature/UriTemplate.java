package dev.mooring.feature;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI template that is read backwards: from a URI to the values of its variables. {@code {name}} stands for text within one
 * segment of a path, {@code {+name}} for any text. Values are at least one character long and percent-decoded. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6570">RFC 6570</a>
 */
final class UriTemplate {
    private static final int LONGEST_URI = 8_192;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern VARIABLE = Pattern.compile("(\\+?)([A-Za-z0-9_][A-Za-z0-9_.]*)");

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Variable(String name, boolean spansSegments) implements Part {

        boolean holds(char c) {
            return c > ' ' && c != 127 && (spansSegments || (c != '/' && c != '?' && c != '#'));
        }
    }

    private final String text;
    private final List<Part> parts;

    private UriTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it has no scheme, no variables, the same one twice, or expressions of another kind
     */
    static UriTemplate of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher expression = EXPRESSION.matcher(text);
        int at = 0;
        while (expression.find()) {
            addLiteral(parts, text.substring(at, expression.start()), text);
            parts.add(variable(expression.group(1), text));
            at = expression.end();
        }
        addLiteral(parts, text.substring(at), text);
        UriTemplate template = new UriTemplate(text, List.copyOf(parts));
        long distinct = template.variables().stream().distinct().count();
        if (!SCHEME.matcher(text).matches() || distinct == 0 || distinct < template.variables().size()) {
            throw wrong(text, "a URI with a scheme and at least one variable, each used once");
        }
        return template;
    }

    private static void addLiteral(List<Part> parts, String literal, String text) {
        if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
            throw wrong(text, "braces in pairs");
        }
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal));
        }
    }

    private static Variable variable(String expression, String text) {
        Matcher variable = VARIABLE.matcher(expression);
        if (!variable.matches()) {
            throw wrong(text, "expressions like {name} or {+name}");
        }
        return new Variable(variable.group(2), !variable.group(1).isEmpty());
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException("uriTemplate: \"" + text + "\" (expected: " + expected + ")");
    }

    String text() {
        return text;
    }

    List<String> variables() {
        return parts.stream().mapMulti((Part part, Consumer<String> names) -> {
            if (part instanceof Variable variable) {
                names.accept(variable.name());
            }
        }).toList();
    }

    /** How many characters it fixes: of two templates that match, the one that fixes more says more about the URI. */
    int fixed() {
        return parts.stream().mapToInt(part -> part instanceof Literal literal ? literal.text().length() : 0).sum();
    }

    /** The values of the variables, in the template's order; empty if the URI is none of this template's. */
    Optional<Map<String, String>> match(String uri) {
        if (uri.length() > LONGEST_URI
                || (parts.getFirst() instanceof Literal first && !uri.startsWith(first.text()))) {
            return Optional.empty();
        }
        List<BitSet> ends = ends(uri);
        return ends.getFirst().get(0) ? values(uri, ends) : Optional.empty();
    }

    /**
     * For each part, and for the end, the places in the URI from where on it and all that follow match. Found from the back
     * in one pass for each part, so that no URI takes longer than its length times the parts.
     */
    private List<BitSet> ends(String uri) {
        BitSet rest = new BitSet(uri.length() + 1);
        rest.set(uri.length());
        List<BitSet> ends = new ArrayList<>(List.of(rest));
        for (Part part : parts.reversed()) {
            BitSet here = new BitSet(uri.length() + 1);
            for (int at = uri.length() - 1; at >= 0; at--) {
                boolean matches = switch (part) {
                    case Literal literal ->
                        uri.startsWith(literal.text(), at) && rest.get(at + literal.text().length());
                    case Variable variable -> variable.holds(uri.charAt(at)) && (rest.get(at + 1) || here.get(at + 1));
                };
                here.set(at, matches);
            }
            ends.addFirst(here);
            rest = here;
        }
        return ends;
    }

    /** Each variable takes as little as lets the rest match. */
    private Optional<Map<String, String>> values(String uri, List<BitSet> ends) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        for (int index = 0; index < parts.size(); index++) {
            int end = ends.get(index + 1).nextSetBit(at + 1);
            switch (parts.get(index)) {
                case Literal literal -> at += literal.text().length();
                case Variable variable -> {
                    Optional<String> value = decoded(uri.substring(at, end));
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    values.put(variable.name(), value.get());
                    at = end;
                }
            }
        }
        return Optional.of(values);
    }

    private static Optional<String> decoded(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return Optional.of(encoded);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        byte[] given = encoded.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < given.length; at++) {
            if (given[at] != '%') {
                bytes.write(given[at]);
            } else if (at + 2 < given.length && Character.digit(given[at + 1], 16) >= 0
                    && Character.digit(given[at + 2], 16) >= 0) {
                bytes.write(Character.digit(given[at + 1], 16) * 16 + Character.digit(given[at + 2], 16));
                at += 2;
            } else {
                return Optional.empty();
            }
        }
        try {
            ByteBuffer whole = ByteBuffer.wrap(bytes.toByteArray());
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(whole).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
