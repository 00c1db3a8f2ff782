package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks modern clients in the answer to their request, which they send again. Nothing is kept here from one round to the
 * next: what there is to remember travels sealed, bound to who asks for what.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi Round-Trip Requests</a>
 */
record ModernAsking(Dialect.Modern dialect, QuestionWriter writer, StateSeal seal, UsedStates used, TimerWheel wheel)
        implements
            Asking {
    private static final String RESPONSES = "inputResponses";
    private static final String STATE = "requestState";

    /** What may differ when a request is sent again. */
    private static final Set<String> PASSING = Set.of(RESPONSES, STATE, "_meta");

    /** Whether a request goes on with one before, so that its result must not be cached. */
    static boolean goesOn(Message.Request request) {
        return request.params() != null && (request.params().has(RESPONSES) || request.params().has(STATE));
    }

    @Override
    public Questions of(RunningCall call, Message.Request request) {
        ModernRounds rounds = new ModernRounds(call, request, this);
        RequestState fresh = new RequestState(CallKeys.next(), 0, Map.of(), Map.of(), Map.of());
        return goesOn(request)
                ? new Questions(rounds, call.client(), rounds.resume(state(request), fresh), responses(request))
                : new Questions(rounds, call.client(), fresh, Map.of());
    }

    private static Map<String, JsonNode> responses(Message.Request request) {
        Map<String, JsonNode> responses = new HashMap<>();
        JsonNode given = member(request, RESPONSES);
        if (!given.isMissingNode() && !given.isObject()) {
            throw invalid(RESPONSES + " must be an object");
        }
        given.forEachEntry(responses::put);
        return responses;
    }

    private static @Nullable String state(Message.Request request) {
        JsonNode given = member(request, STATE);
        if (!given.isMissingNode() && !given.isString()) {
            throw invalid(STATE + " must be a string");
        }
        return given.isMissingNode() ? null : given.stringValue();
    }

    private static JsonNode member(Message.Request request, String name) {
        return Objects.requireNonNull(request.params()).path(name);
    }

    static RpcException invalid(String what) {
        return new RpcException(RpcError.invalidParams("Invalid params: " + what));
    }

    /** What a state is bound to: who asks, the method, and all parameters that make the request what it is. */
    static byte[] binding(Principal principal, Message.Request request) {
        TreeDigest digest = new TreeDigest().add(principal.issuer()).add(principal.subject()).add(request.method());
        ObjectNode params = request.params();
        if (params != null) {
            for (String name : new TreeSet<>(params.propertyNames())) {
                if (!PASSING.contains(name)) {
                    digest.add(name).add(params.get(name));
                }
            }
        }
        return digest.bytes();
    }
}
