package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Client;
import dev.mooring.feature.Context;
import dev.mooring.feature.Handles;
import dev.mooring.feature.SessionView;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is no call, as those see it who decide what it may do.
 *
 * @param over whether it has ended
 */
record CallerContext(Caller caller, Handles handles, ObjectNode meta, BooleanSupplier over) implements Context {

    @Override
    public boolean cancelled() {
        return over.getAsBoolean();
    }

    @Override
    public Client client() {
        return caller.client();
    }

    @Override
    public Principal principal() {
        return caller.principal();
    }

    @Override
    public Optional<SessionView> session() {
        return caller.session();
    }
}
