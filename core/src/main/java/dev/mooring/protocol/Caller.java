package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Client;
import dev.mooring.feature.SessionView;
import dev.mooring.model.LogLevel;
import dev.mooring.transport.Envelope;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and in what terms.
 *
 * @param scope where the call's id counts; null where each request stands alone (modern HTTP)
 * @param envelope what came beside the request; nothing in revisions where nothing there is about calls
 * @param asking how it is asked
 * @param logLevel the least severe level it wants to hear of, asked anew for each message
 */
record Caller(
        Dialect dialect,
        Client client,
        Principal principal,
        Optional<SessionView> session,
        @Nullable CallScope scope,
        Envelope envelope,
        Supplier<Optional<LogLevel>> logLevel,
        Asking asking) {}
