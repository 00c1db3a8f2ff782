package dev.mooring.client;

import dev.mooring.json.Json;
import dev.mooring.model.Elicited;
import dev.mooring.model.SamplingRequest;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.TransportException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers what a server asks with a client's responders: at once in a modern era's round, else on threads of its own. Thread-safe. */
final class Answering {
    private static final int MOST_AT_ONCE = 100;

    private final Responders responders;
    private final Map<RequestId, Thread> running = new ConcurrentHashMap<>();
    private volatile long busyUntil; // when the last thread ended, by the JVM's own clock
    private volatile boolean wasBusy;

    Answering(Responders responders) {
        this.responders = responders;
    }

    /** The answer to one question, as it travels; fails with what the responder failed with. */
    JsonNode answer(String method, JsonNode params) throws Exception {
        try {
            return switch (method) {
                case "ping" -> Json.object();
                case "elicitation/create" ->
                    params.path("mode").asString("form").equals("url") ? page(params) : form(params);
                case "sampling/createMessage" -> sampling(params);
                case "roots/list" -> roots();
                default -> throw new RpcException(RpcError.methodNotFound(method));
            };
        } catch (JacksonException e) {
            throw new RpcException(RpcError.invalidParams("Invalid params: " + e.getOriginalMessage()));
        }
    }

    private JsonNode form(JsonNode params) throws Exception {
        ObjectNode schema = params.get("requestedSchema") instanceof ObjectNode given ? given : Json.object();
        Elicited<ObjectNode> answer = known(responders.forms(), "elicitation/create")
                .answer(new FormRequest(params.path("message").asString(""), schema));
        return switch (answer) {
            case Elicited.Accepted<ObjectNode>(ObjectNode content) ->
                Json.object().put("action", "accept").set("content", content);
            case Elicited.Declined<ObjectNode> declined -> Json.object().put("action", "decline");
            case Elicited.Cancelled<ObjectNode> cancelled -> Json.object().put("action", "cancel");
        };
    }

    private JsonNode page(JsonNode params) throws Exception {
        if (responders.pages() == null) {
            throw new RpcException(RpcError.invalidParams("Invalid params: mode \"url\" is not supported"));
        }
        Consent consent = responders.pages()
                .answer(new UrlRequest(params.path("message").asString(""), params.path("url").asString("")));
        return Json.object().put("action", consent.name().toLowerCase(Locale.ROOT));
    }

    private JsonNode sampling(JsonNode params) throws Exception {
        return Json.mapper()
                .valueToTree(known(responders.sampling(), "sampling/createMessage")
                        .answer(Json.mapper().treeToValue(params, SamplingRequest.class)));
    }

    private JsonNode roots() throws Exception {
        ObjectNode result = Json.object();
        result.set("roots", Json.mapper().valueToTree(known(responders.roots(), "roots/list").call()));
        return result;
    }

    private static <T> T known(@Nullable T responder, String method) {
        if (responder == null) {
            throw new RpcException(RpcError.methodNotFound(method));
        }
        return responder;
    }

    /** The answers to all questions of a round, by key. */
    ObjectNode answers(JsonNode questions) throws InterruptedException {
        ObjectNode answers = Json.object();
        for (Map.Entry<String, JsonNode> question : questions.properties()) {
            answers.set(question.getKey(), inRound(question.getValue()));
        }
        return answers;
    }

    private JsonNode inRound(JsonNode question) throws InterruptedException {
        try {
            return answer(question.path("method").asString(""), question.path("params"));
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the responder to " + question.path("method") + " failed", e);
        }
    }

    /** Answers a request on a thread of its own, through {@code reply}. */
    void take(Message.Request request, Consumer<Message.Response> reply) {
        if (running.size() >= MOST_AT_ONCE) {
            reply.accept(new Message.Failure(request.id(), RpcError.internalError("too much asked at once")));
            return;
        }
        wasBusy = true;
        Thread thread = Thread.ofVirtual().name("mooring-responder").unstarted(() -> work(request, reply));
        running.put(request.id(), thread);
        thread.start();
    }

    // Whatever a responder throws, its server must not wait for ever.
    @SuppressWarnings("CatchThrowable")
    private void work(Message.Request request, Consumer<Message.Response> reply) {
        Message.Response response;
        try {
            JsonNode params = request.params() == null ? Json.object() : request.params();
            response = new Message.Result(request.id(), answer(request.method(), params));
        } catch (RpcException e) {
            response = new Message.Failure(request.id(), e.error());
        } catch (Throwable e) {
            response = new Message.Failure(request.id(), RpcError.internalError("The client failed to answer"));
        }
        busyUntil = System.nanoTime();
        if (running.remove(request.id()) != null) { // else it was withdrawn
            try {
                reply.accept(response);
            } catch (TransportException e) {
                // the connection is gone, and whoever asked with it
            }
        }
    }

    /** The server does not want that answer any more. */
    void withdrawn(RequestId id) {
        Thread thread = running.remove(id);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** How much longer a server may take that has taken so many nanoseconds: as long again after it was answered something. */
    long patience(long nanos) {
        if (!running.isEmpty()) {
            return nanos;
        }
        return wasBusy ? nanos - (System.nanoTime() - busyUntil) : 0;
    }
}
