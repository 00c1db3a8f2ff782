package dev.mooring.transport;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is answered with: responses, and what became of the unit as a whole.
 *
 * @param responses one for a request, several for a batch, none for what is not answered
 * @param batch whether the responses travel as one array
 */
public record Answer(List<Message.Response> responses, boolean batch, Outcome outcome) {

    public Answer {
        responses = List.copyOf(responses);
    }

    /** A request that was accepted and answered, with a result or an error. */
    public static Answer of(Message.Response response) {
        return new Answer(List.of(response), false, Outcome.Ok.OK);
    }

    /** The answer to {@code initialize}: the session that was opened, if this binding names sessions. */
    public static Answer opened(Message.Response response, SessionKey session) {
        return new Answer(List.of(response), false, new Outcome.Opened(session));
    }

    public static Answer batch(List<Message.Response> responses) {
        return new Answer(responses, true, Outcome.Ok.OK);
    }

    /** Notifications and responses were taken; there is nothing to say. */
    public static Answer accepted() {
        return new Answer(List.of(), false, Outcome.Accepted.ACCEPTED);
    }

    /** A request that was cancelled: it is not answered. */
    public static Answer silent() {
        return new Answer(List.of(), false, Outcome.Silent.SILENT);
    }

    /** A session ended because its client asked for it. */
    public static Answer ended() {
        return new Answer(List.of(), false, Outcome.Ended.ENDED);
    }

    public static Answer refused(Cause cause, Message.Failure failure) {
        return refused(cause, failure, null);
    }

    public static Answer refused(Cause cause, Message.Failure failure, @Nullable Duration retryAfter) {
        return new Answer(List.of(failure), false, new Outcome.Refused(cause, retryAfter));
    }

    public static Answer refused(Cause cause, RpcError error) {
        return refused(cause, new Message.Failure(null, error), null);
    }

    /** What became of the unit as a whole. */
    public sealed interface Outcome {

        /** Accepted and answered. */
        enum Ok implements Outcome {
            OK
        }

        /** Accepted, nothing to answer. */
        enum Accepted implements Outcome {
            ACCEPTED
        }

        /** Cancelled, not answered. */
        enum Silent implements Outcome {
            SILENT
        }

        /** The session was ended at the client's wish. */
        enum Ended implements Outcome {
            ENDED
        }

        /** Answered, and a session was opened. */
        record Opened(SessionKey session) implements Outcome {}

        /**
         * Not accepted.
         *
         * @param retryAfter when trying again makes sense
         */
        record Refused(Cause cause, @Nullable Duration retryAfter) implements Outcome {}
    }

    /** Why a unit was not accepted; a binding with statuses takes the status from here, never from an error's code. */
    public enum Cause {
        /** Parse, shape, envelope, headers, version, missing capability, missing session. */
        MALFORMED,
        /** A modern request names a method this server does not have. */
        UNKNOWN_METHOD,
        /** The session is not (or no longer) there, or belongs to somebody else. */
        SESSION_UNKNOWN,
        /** This server holds all it can, or is going down. */
        CAPACITY,
        /** Not offered on this binding. */
        NOT_ALLOWED,
        /** It is answered with a stream, and the peer takes a single body only. */
        NOT_ACCEPTABLE
    }
}
