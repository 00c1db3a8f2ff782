package dev.mooring.feature;

import dev.mooring.model.ClientCapability;
import java.io.Serial;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A client is asked for what it did not declare. It is told so, unless the handler catches this and does without.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/schema#missingrequiredclientcapabilityerror">
 *     MissingRequiredClientCapabilityError</a>
 */
public final class MissingCapabilityException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final EnumSet<ClientCapability> missing;

    /** There must be one missing at least. */
    public MissingCapabilityException(Collection<ClientCapability> missing) {
        super(missing.stream()
                .map(ClientCapability::text)
                .sorted()
                .collect(Collectors.joining(", ", "The client does not have what this needs: ", "")));
        this.missing = EnumSet.copyOf(missing);
    }

    /** What the client would have to declare. */
    public Set<ClientCapability> missing() {
        return EnumSet.copyOf(missing);
    }
}
