package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Answers;
import dev.mooring.feature.Call;
import dev.mooring.feature.Client;
import dev.mooring.feature.Handles;
import dev.mooring.feature.Interceptor;
import dev.mooring.feature.InvalidArgumentsException;
import dev.mooring.feature.MissingCapabilityException;
import dev.mooring.feature.Outcome;
import dev.mooring.feature.Question;
import dev.mooring.feature.Request;
import dev.mooring.feature.SessionView;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.lease.TimerWheel;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.Exchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The work for one request from its start to its one end: answered by what it runs, cancelled, or out of time. Whoever moves
 * the state away from RUNNING says the last word; the others' words are dropped.
 */
final class RunningCall implements Call, Cancellable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCall.class);

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("mooring-call").inheritInheritableThreadLocals(false).factory();

    private enum State {
        RUNNING,
        ANSWERED,
        CANCELLED,
        TIMED_OUT
    }

    private final Message.Request request;
    private final Invocation work;
    private final ObjectNode meta;
    private final Caller caller;
    private final Exchange exchange;
    private final Calls calls;
    private final Hold hold;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Thread thread = THREADS.newThread(this::run);
    private final Speech speech;
    private volatile @Nullable CallClock clock; // set once, by start
    private volatile @Nullable Questions questions; // set once, by its thread before the work begins

    /**
     * Makes a call that does not run yet.
     *
     * @param hold given back once the call has ended, however it ended
     */
    RunningCall(Message.Request request, Invocation work, Caller caller, Exchange exchange, Calls calls, Hold hold) {
        this.request = request;
        this.work = work;
        this.meta = meta(request);
        this.caller = caller;
        this.exchange = exchange;
        this.calls = calls;
        this.hold = hold;
        this.speech = new Speech(exchange, this::ended,
                due -> calls.pace(new ProgressReports(meta.get("progressToken"), caller.dialect().revision()), due));
    }

    private static ObjectNode meta(Message.Request request) {
        JsonNode meta = request.params() == null ? null : request.params().get("_meta");
        return meta instanceof ObjectNode object ? object : Json.object();
    }

    @Override
    public RequestId id() {
        return request.id();
    }

    Dialect dialect() {
        return caller.dialect();
    }

    Envelope envelope() {
        return caller.envelope();
    }

    /** How long it may take; empty if the server's limit holds. */
    Optional<Duration> timeout() {
        return work.timeout();
    }

    @Nullable
    CallScope scope() {
        return caller.scope();
    }

    void start(TimerWheel wheel, Duration timeout) {
        CallClock watch = new CallClock(wheel, timeout, () -> timeOut(timeout));
        clock = watch;
        start(watch);
        thread.start();
    }

    private void start(CallClock watch) {
        watch.start();
        if (ended()) { // meanwhile, and nobody else would stop it
            watch.stop();
        }
    }

    /** From now on it waits for its client: its time stands still, and it does not keep its session. */
    void beginWait() {
        if (clock != null) {
            clock.stop();
        }
        hold.lend();
    }

    /** It goes on, with all the time a call has. */
    void endWait() {
        hold.retake();
        if (clock != null) {
            start(clock);
        }
    }

    /** Whether the last word is said, or about to be. */
    boolean ended() {
        return state.get() != State.RUNNING;
    }

    private void run() {
        List<Interceptor> interceptors = calls.interceptors();
        Message.Response response =
                interceptors.isEmpty() ? respond() : new Interception(this, seen(), interceptors, this::respond).run();
        if (lastWord(State.ANSWERED)) {
            leave(true, () -> work.conclude(response, exchange));
        }
    }

    private Request seen() {
        ObjectNode params = request.params() == null ? Json.object() : request.params();
        return new Request(request.method(), work.featureKey(), params, this);
    }

    /** What a response means as long as the last word is not said; after that, what was said last. */
    Outcome outcome(Message.Response response) {
        return switch (state.get()) {
            case CANCELLED -> Outcome.Cancelled.CANCELLED;
            case TIMED_OUT -> Outcome.TimedOut.TIMED_OUT;
            case RUNNING, ANSWERED -> switch (response) {
                case Message.Result result -> new Outcome.Answered(result.result());
                case Message.Failure(RequestId unused, RpcError error) ->
                    new Outcome.Failed(error.code(), error.message(), error.data());
            };
        };
    }

    private Message.Response respond() {
        Message.Response response = ended() ? work.failure(this, "over before it began") : attempt();
        Unwinding over = over();
        if (over == null) {
            return response;
        }
        if (!response.equals(over.answer())) {
            LOG.warn("{} caught what should have ended its run; its question is asked all the same", work.label());
        }
        return over.answer();
    }

    private @Nullable Unwinding over() {
        Questions asked = questions;
        return asked == null ? null : asked.over();
    }

    // A handler's own mistakes, even a StackOverflowError or a missing class, must not leave its caller waiting.
    @SuppressWarnings("CatchThrowable")
    private Message.Response attempt() {
        try {
            if (work.asks()) {
                questions = caller.asking().of(this, request);
            }
            return work.run(this);
        } catch (Unwinding e) {
            return e.answer();
        } catch (InvalidArgumentsException e) {
            return work.misfit(this, String.valueOf(e.getMessage()));
        } catch (RpcException e) {
            return new Message.Failure(id(), e.error());
        } catch (MissingCapabilityException e) {
            return work.incapable(this, e);
        } catch (ToolException e) {
            LOG.debug("{} failed", work.label(), e);
            return work.failure(this, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            if (!cancelled() && over() == null) {
                LOG.error("{} failed", work.label(), e);
            }
            return work.failure(this, work.label() + " failed; the server's log says why");
        }
    }

    /** The client takes its request back: the handler is interrupted and nothing is answered. */
    @Override
    public void cancel() {
        if (state.compareAndSet(State.RUNNING, State.CANCELLED)) {
            thread.interrupt();
            leave(false, () -> exchange.answer(Answer.silent()));
        }
    }

    /** The server stops: the handler is interrupted, and the client is told to ask again. */
    void giveUp() {
        if (lastWord(State.CANCELLED)) {
            thread.interrupt();
            Message.Failure failure = new Message.Failure(id(), Errors.overloaded("the server is shutting down"));
            leave(true, () -> exchange.answer(Errors.answer(failure)));
        }
    }

    /** Runs on the wheel's thread, which must not be held up by encoding an answer. */
    private void timeOut(Duration timeout) {
        if (lastWord(State.TIMED_OUT)) {
            thread.interrupt();
            String what = work.label() + " timed out after " + seconds(timeout) + " s";
            LOG.warn("{}", what);
            Thread.startVirtualThread(() -> leave(true, () -> exchange.answer(Answer.of(work.failure(this, what)))));
        }
    }

    /** Whole seconds as such, others with their fraction. */
    private static String seconds(Duration timeout) {
        return BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private void leave(boolean heard, Runnable last) {
        if (clock != null) {
            clock.stop();
        }
        withdrawQuestions();
        speech.end(heard);
        calls.left(this);
        try {
            last.run();
        } finally {
            hold.leave();
        }
    }

    /** What its client is still asked does not matter any more; nobody speaks meanwhile. */
    private void withdrawQuestions() {
        Questions asked = questions;
        if (asked != null) {
            speech.inSilence(asked::withdraw);
        }
    }

    /** Whether the last word is the caller's; whoever is speaking is heard out first, and nobody speaks after. */
    private boolean lastWord(State how) {
        return speech.inSilence(() -> state.compareAndSet(State.RUNNING, how));
    }

    @Override
    public void progress(double done, double total, String message) throws InterruptedException {
        if (!muted()) {
            speech.progress(done, total, message);
        }
    }

    @Override
    public void log(LogLevel level, String logger, Object data) throws InterruptedException {
        Optional<LogLevel> wanted = caller.logLevel().get();
        if (!muted() && wanted.isPresent() && level.compareTo(wanted.get()) >= 0) {
            speech.log(level, logger, data);
        }
    }

    private boolean muted() {
        Questions asked = questions;
        return asked != null && asked.muted();
    }

    /** Sends a message on the way back of its request, unless it has ended; blocks while the client does not read. */
    Delivery say(Message message) throws InterruptedException {
        return speech.say(message);
    }

    /** Whether it goes on where a request before it had to ask. */
    boolean goesOn() {
        return dialect().revision().modern() && ModernAsking.goesOn(request);
    }

    /** The way back of its request. */
    Exchange way() {
        return exchange;
    }

    @Override
    public void pause(Duration retry) {
        if (retry.isNegative()) {
            throw new IllegalArgumentException("retry: " + retry + " (expected: >= 0)");
        }
        Revision revision = caller.dialect().revision();
        if (!revision.modern() && revision.since(Revision.V2025_11_25)) {
            speech.pause(retry);
        }
    }

    @Override
    public Answers ask(Question<?>... asked) throws InterruptedException {
        return questions().ask(asked);
    }

    @Override
    public <T> T once(String key, Class<T> type, Callable<T> work) throws Exception {
        return questions().once(key, type, work);
    }

    @Override
    public String key() {
        return questions().key();
    }

    @Override
    public void singleUse() {
        questions().singleUse();
    }

    /** Set before any handler sees this call. */
    private Questions questions() {
        return Objects.requireNonNull(questions);
    }

    @Override
    public boolean cancelled() {
        State now = state.get();
        return now == State.CANCELLED || now == State.TIMED_OUT;
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

    @Override
    public Handles handles() {
        return calls.handles().of(caller.principal());
    }

    @Override
    public void resourceUpdated(String uri) {
        calls.catalog().resourceUpdated(uri);
    }

    @Override
    public ObjectNode meta() {
        return meta;
    }
}
