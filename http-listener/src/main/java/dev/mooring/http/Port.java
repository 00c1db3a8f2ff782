package dev.mooring.http;

import dev.mooring.transport.TransportException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound port with the event loops that serve it. */
@SuppressWarnings("FutureReturnValueIgnored") // ending is waited for on the loops as a whole
final class Port {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.http");
    private static final int BACKLOG = 1024;
    private static final Duration END = Duration.ofSeconds(5);

    private final EventLoopGroup loops;
    private final Channel server;
    private final ChannelGroup accepted;

    private Port(EventLoopGroup loops, Channel server, ChannelGroup accepted) {
        this.loops = loops;
        this.server = server;
        this.accepted = accepted;
    }

    /** @throws TransportException if that cannot be done; then nothing is left open */
    static Port bind(InetSocketAddress address, Sockets sockets, Service service, Admission admission) {
        EventLoopGroup loops = sockets.eventLoops(service.limits().eventLoops());
        ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        ChannelFuture binding =
                bootstrap(sockets, loops, service.limits()).childHandler(new Accepting(service, admission, accepted))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            end(loops);
            throw new TransportException("cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                    + explain(binding.cause()), binding.cause());
        }
        return new Port(loops, binding.channel(), accepted);
    }

    private static ServerBootstrap bootstrap(Sockets sockets, EventLoopGroup loops, HttpLimits limits) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(loops)
                .channel(sockets.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writes().low(), limits.writes().high()));
        if (sockets != Sockets.NIO) {
            // The JDK does so by itself, except on Windows, where it would let others take the port.
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
        long peer = limits.timeouts().peer().toMillis();
        if (sockets == Sockets.EPOLL && peer > 0) {
            bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) Math.min(peer, Integer.MAX_VALUE));
        }
        return bootstrap;
    }

    private static String explain(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        String remedy = words.toLowerCase(Locale.ROOT).contains("assign") ? "set MCP_HOST to an address of this machine"
                : "stop what uses the port, or set MCP_PORT to a free one";
        return words + "; " + remedy;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Closes every channel first: loops that end without a quiet period may leave some open. */
    void close() {
        ChannelFuture closing = server.close();
        if (!isOnLoop(loops)) {
            closing.awaitUninterruptibly(END.toMillis());
        }
        accepted.close();
        end(loops);
    }

    private static boolean isOnLoop(EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    private static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, END.toMillis(), TimeUnit.MILLISECONDS);
        if (isOnLoop(loops)) {
            return; // a route closes its own listener: the loop cannot wait for itself
        }
        if (!loops.terminationFuture().awaitUninterruptibly(END.toMillis())) {
            LOG.warn("An event loop did not end within {} s; a route may be blocking it", END.toSeconds());
        }
    }

    /** Furnishes each accepted connection. */
    private static final class Accepting extends ChannelInitializer<Channel> {
        private final Service service;
        private final Admission admission;
        private final ChannelGroup accepted;

        private Accepting(Service service, Admission admission, ChannelGroup accepted) {
            this.service = service;
            this.admission = admission;
            this.accepted = accepted;
        }

        @Override
        protected void initChannel(Channel channel) {
            accepted.add(channel);
            if (admission.admit(channel)) {
                new Connection(channel, service).install();
            }
        }
    }
}
