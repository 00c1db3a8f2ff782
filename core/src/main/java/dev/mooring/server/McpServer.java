package dev.mooring.server;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Interceptor;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
import dev.mooring.lease.ServerKeys;
import dev.mooring.lease.TimerWheel;
import dev.mooring.model.Implementation;
import dev.mooring.protocol.CacheHints;
import dev.mooring.protocol.CallLimits;
import dev.mooring.protocol.Connections;
import dev.mooring.protocol.Dispatcher;
import dev.mooring.protocol.EventLimits;
import dev.mooring.protocol.HandleLimits;
import dev.mooring.protocol.HandleTable;
import dev.mooring.protocol.ServerDescription;
import dev.mooring.protocol.SubscriptionLimits;
import dev.mooring.protocol.Subscriptions;
import dev.mooring.session.SessionArchive;
import dev.mooring.session.SessionIntervals;
import dev.mooring.session.SessionLimits;
import dev.mooring.session.SessionManager;
import dev.mooring.session.SessionStore;
import dev.mooring.session.SessionUpkeep;
import dev.mooring.session.StoreException;
import dev.mooring.time.Time;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MCP server: features on one side, transports on the other. {@link #start} once, then {@link #drain} and {@link #close};
 * or {@link #serve}, which does all three. Thread-safe.
 */
public final class McpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);

    /** What clients of calls that were given up have to hear of it. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private enum State {
        NEW,
        RUNNING,
        DRAINING,
        CLOSED
    }

    private final Catalog catalog;
    private final List<Transport> transports;
    private final TimerWheel wheel;
    private final Leases leases;
    private final SessionArchive archive;
    private final StoreWait storeWait;
    private final SessionManager sessions;
    private final Connections connections;
    private final SessionUpkeep upkeep;
    private final HandleTable handles;
    private final Subscriptions subscriptions;
    private final Dispatcher dispatcher;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable StoreException failure; // set before it is closed for that

    private McpServer(Builder options) {
        this.catalog = options.catalog;
        this.transports = List.copyOf(options.transports);
        this.wheel = new TimerWheel(options.time);
        this.leases = new Leases(options.time, wheel);
        this.archive = options.archive();
        this.storeWait = new StoreWait(archive, options.time, options.storeWait, this::fail);
        this.sessions = new SessionManager(options.sessionLimits, options.time, leases, archive);
        this.connections = new Connections(sessions, leases, options.time);
        this.handles = new HandleTable(options.handleLimits, leases, options.time);
        this.subscriptions = new Subscriptions(options.subscriptionLimits, catalog, sessions, leases, options.time);
        this.upkeep = new SessionUpkeep(sessions, options.time, options.intervals);
        ServerDescription description =
                new ServerDescription(options.info, options.instructions, options.pageSize, options.caching);
        this.dispatcher =
                new Dispatcher(catalog, description, sessions, connections, handles, subscriptions, options.callLimits,
                        options.eventLimits, options.intervals.heartbeat(), archive::keys, wheel, options.time);
    }

    /** Begins a server of that name and version. */
    public static Builder named(String name, String version) {
        return new Builder(new Implementation(name, version));
    }

    /** Begins a server that describes itself in full. */
    public static Builder of(Implementation info) {
        return new Builder(info);
    }

    /** Its features, which may be changed at any time. */
    public Catalog catalog() {
        return catalog;
    }

    /** Its sessions. */
    public SessionManager sessions() {
        return sessions;
    }

    /** Those of its shared channels on which no session lives. */
    public Connections connections() {
        return connections;
    }

    /** The state its tools keep between calls. */
    public HandleTable handles() {
        return handles;
    }

    /** What its clients subscribed to. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** How much it holds for clients, by kind; kinds it holds nothing of are left out. Costs the same however much it is. */
    public Map<LeaseKind, Long> leases() {
        return leases.counts();
    }

    /**
     * Opens the session store, then starts the transports in their order; if one fails, those before it are closed and its
     * exception is thrown. As long as another process holds the store, clients with and without a session are told to come
     * back later; the server closes if that lasts too long.
     *
     * @throws StoreException if the store cannot be used
     */
    public McpServer start() {
        if (!state.compareAndSet(State.NEW, State.RUNNING)) {
            throw new IllegalStateException("server is " + state.get() + " (expected: NEW)");
        }
        wheel.start();
        upkeep.start();
        try {
            storeWait.start();
            transports.forEach(transport -> transport.start(dispatcher));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        return this;
    }

    /**
     * Starts, and returns when the server was closed. When the JVM is told to end, the server drains first.
     *
     * @param grace how long calls in progress may take then
     */
    public void serve(Duration grace) throws InterruptedException {
        Thread hook = new Thread(() -> drainAndClose(grace), "mooring-shutdown");
        start();
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            await();
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.trace("The JVM is ending already", e);
        }
    }

    /** {@link #serve(Duration)} with ten seconds. */
    public void serve() throws InterruptedException {
        serve(Duration.ofSeconds(10));
    }

    /**
     * Waits until the server is closed.
     *
     * @throws StoreException if it was closed because it could not have its session store
     */
    public void await() throws InterruptedException {
        closed.await();
        StoreException why = failure;
        if (why != null) {
            throw why;
        }
    }

    /** Whether it was closed, or closed itself. */
    public boolean closed() {
        return state.get() == State.CLOSED;
    }

    /** Whether it serves whoever comes: it is started, not draining, and has its session store. */
    public boolean ready() {
        return state.get() == State.RUNNING && archive.isOpen();
    }

    private void fail(StoreException why) {
        LOG.error("{}", why.getMessage());
        failure = why;
        close();
    }

    /**
     * Takes no new requests, ends all subscriptions, and waits until calls in progress are answered, also where the
     * connection broke, and until clients that a call asked to come back have done so. What is left after the grace time is
     * interrupted, and its client is told to ask again. The server stays reachable, to say so, until it is closed.
     */
    public DrainResult drain(Duration grace) throws InterruptedException {
        state.compareAndSet(State.RUNNING, State.DRAINING);
        dispatcher.refuse();
        LOG.info("Draining: {} calls in progress, at most {} ms", dispatcher.running(), grace.toMillis());
        DrainResult result = drainAll(grace);
        dispatcher.giveUpAll();
        if (!result.clean()) {
            drainTransports(LAST_WORDS);
        }
        LOG.info("Drained: {}", result.clean() ? "nothing left" : result.left() + " unanswered");
        return result;
    }

    /** What the transports carry, then the calls they do not carry, then the clients that came back for these. */
    private DrainResult drainAll(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        drainTransports(grace);
        DrainResult engine = dispatcher.drain(until(deadline));
        return engine.overlap(drainTransports(until(deadline)));
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private DrainResult drainTransports(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        DrainResult result = DrainResult.CLEAN;
        for (Transport transport : transports) {
            result = result.and(transport.drain(until(deadline)));
        }
        return result;
    }

    private void drainAndClose(Duration grace) {
        try {
            drain(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Ends everything at once: calls are interrupted, sessions closed, transports closed. May be repeated. */
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        dispatcher.refuse();
        dispatcher.giveUpAll();
        storeWait.close();
        sessions.close();
        archive.close();
        transports.reversed().forEach(Transport::close);
        upkeep.close();
        wheel.close();
        closed.countDown();
    }

    /** A server in the making. Not thread-safe. */
    public static final class Builder {
        private final Implementation info;
        private final Catalog catalog = new Catalog();
        private final List<Transport> transports = new ArrayList<>();
        private String instructions = "";
        private int pageSize = ServerDescription.PAGE_SIZE;
        private CacheHints caching = CacheHints.DEFAULT;
        private SessionLimits sessionLimits = SessionLimits.DEFAULT;
        private SessionIntervals intervals = SessionIntervals.DEFAULT;
        private HandleLimits handleLimits = HandleLimits.DEFAULT;
        private SubscriptionLimits subscriptionLimits = SubscriptionLimits.DEFAULT;
        private EventLimits eventLimits = EventLimits.DEFAULT;
        private CallLimits callLimits = CallLimits.DEFAULT;
        private @Nullable ServerKeys keys;
        private @Nullable SessionStore store;
        private Duration storeWait = Duration.ofSeconds(30);
        private Time time = Time.system();

        private Builder(Implementation info) {
            this.info = info;
        }

        /** How to use this server, for the model to read. */
        public Builder instructions(String instructions) {
            this.instructions = instructions;
            return this;
        }

        public Builder tool(Tool tool) {
            catalog.tools().add(tool);
            return this;
        }

        public Builder resource(Resource resource) {
            catalog.resources().add(resource);
            return this;
        }

        public Builder resourceTemplate(ResourceTemplate template) {
            catalog.resourceTemplates().add(template);
            return this;
        }

        public Builder prompt(Prompt prompt) {
            catalog.prompts().add(prompt);
            return this;
        }

        /** How many features a page of a list has at most; 100 if nothing is said. */
        public Builder pageSize(int features) {
            this.pageSize = features;
            return this;
        }

        /** How long clients may keep what they are told. */
        public Builder caching(CacheHints hints) {
            this.caching = hints;
            return this;
        }

        /** Stands around every request, inside of those that were added before. */
        public Builder intercept(Interceptor interceptor) {
            catalog.intercept(interceptor);
            return this;
        }

        public Builder plugin(Plugin plugin) {
            plugin.contribute(catalog);
            return this;
        }

        /** Where it can be reached; several are served side by side. */
        public Builder transport(Transport transport) {
            transports.add(transport);
            return this;
        }

        public Builder sessions(SessionLimits limits) {
            this.sessionLimits = limits;
            return this;
        }

        public Builder handles(HandleLimits limits) {
            this.handleLimits = limits;
            return this;
        }

        public Builder subscriptions(SubscriptionLimits limits) {
            this.subscriptionLimits = limits;
            return this;
        }

        /** How often sessions are looked after. */
        public Builder intervals(SessionIntervals intervals) {
            this.intervals = intervals;
            return this;
        }

        /** What is kept for legacy clients whose streams break. */
        public Builder events(EventLimits limits) {
            this.eventLimits = limits;
            return this;
        }

        public Builder calls(CallLimits limits) {
            this.callLimits = limits;
            return this;
        }

        /**
         * Where sessions are kept, so that they outlive this process; the server closes it. Without one they end with the
         * process.
         *
         * @param wait how long the server waits for another process to let go of it
         */
        public Builder store(SessionStore store, Duration wait) {
            this.store = store;
            this.storeWait = wait;
            return this;
        }

        /** The server's secrets, for servers that share them; without them they are the store's, or made at random. */
        public Builder keys(ServerKeys keys) {
            this.keys = keys;
            return this;
        }

        private SessionArchive archive() {
            return store == null ? SessionArchive.none(keys == null ? ServerKeys.random() : keys)
                    : SessionArchive.of(store, keys, intervals.audit());
        }

        /** For tests, which bring a time of their own. */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /** The server; reachable once it is started. */
        public McpServer build() {
            return new McpServer(this);
        }

        /** {@link #build} and {@link McpServer#start}. */
        public McpServer start() {
            return build().start();
        }

        /** {@link #build} and {@link McpServer#serve()}. */
        public void serve() throws InterruptedException {
            build().serve();
        }
    }
}
