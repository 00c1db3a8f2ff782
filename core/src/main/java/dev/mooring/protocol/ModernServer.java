package dev.mooring.protocol;

import dev.mooring.feature.Client;
import dev.mooring.json.Json;
import dev.mooring.lease.TimerWheel;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Inbound;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves modern requests, each by itself: nothing is remembered from one to the next. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#statelessness">Statelessness</a>
 */
final class ModernServer {
    private final ServerDescription server;
    private final FeatureMethods features;
    private final Calls calls;
    private final ListenMethod listen;
    private final Dialect.Modern dialect;
    private final ModernAsking asking;

    ModernServer(ServerDescription server, FeatureMethods features, Calls calls, StateSeal seal, UsedStates used,
            TimerWheel wheel, Subscriptions subscriptions) {
        this.server = server;
        this.features = features;
        this.calls = calls;
        this.listen = new ListenMethod(subscriptions, features, calls.handles());
        this.dialect = Dialect.Modern.of(Revision.NEWEST, server);
        this.asking = new ModernAsking(dialect, new QuestionWriter(Revision.NEWEST), seal, used, wheel);
    }

    void serve(Era.Modern modern, Inbound inbound, Exchange exchange) {
        Message.Request request = modern.request();
        RpcError wrong = ModernEnvelope.check(modern, inbound.envelope());
        if (wrong != null) {
            exchange.answer(Answer.refused(Answer.Cause.MALFORMED, new Message.Failure(request.id(), wrong)));
            return;
        }
        if (request.method().equals("subscriptions/listen")) {
            calls.open(request, () -> listen.serve(modern, dialect, caller(modern, inbound), inbound, exchange),
                    () -> caller(modern, inbound), exchange);
            return;
        }
        switch (resolve(request)) {
            case Invocation work -> calls.start(request, work, caller(modern, inbound), exchange, Hold.none());
            case Resolution.Answered(Message.Response response) ->
                calls.answer(request, () -> Answer.of(response), () -> caller(modern, inbound), exchange, Hold.none());
            case null ->
                calls.answer(request, () -> unknown(request), () -> caller(modern, inbound), exchange, Hold.none());
        }
    }

    private @Nullable Resolution resolve(Message.Request request) {
        return request.method().equals("server/discover") ? new Resolution.Answered(discovery(request))
                : features.resolve(request, dialect);
    }

    private static Answer unknown(Message.Request request) {
        return Answer.refused(Answer.Cause.UNKNOWN_METHOD,
                new Message.Failure(request.id(), RpcError.methodNotFound(request.method())));
    }

    private Message.Result discovery(Message.Request request) {
        ObjectNode result = Json.object();
        Revision.modernVersions().forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", features.capabilities().declare(dialect.revision()));
        if (!server.instructions().isEmpty()) {
            result.put("instructions", server.instructions());
        }
        return dialect.cacheable(request.id(), result, server.caching().discovery());
    }

    private Caller caller(Era.Modern modern, Inbound inbound) {
        ObjectNode meta = modern.meta();
        @Nullable
        CallScope scope = inbound.link() instanceof Channel channel ? channel.scope() : null;
        Optional<LogLevel> level = Optional.ofNullable(meta.get(Names.LOG_LEVEL))
                .flatMap(node -> node.stringValueOpt())
                .flatMap(LogLevel::of);
        Client client =
                ClientReader.read(meta.get(Names.CLIENT_INFO), meta.get(Names.CLIENT_CAPABILITIES), dialect.revision());
        return new Caller(dialect, client, inbound.peer().principal(), Optional.empty(), scope, inbound.envelope(),
                () -> level, asking);
    }
}
