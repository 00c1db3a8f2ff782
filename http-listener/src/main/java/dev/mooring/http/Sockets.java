package dev.mooring.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's kinds of sockets: native ones where their library is there, else those of the JDK. */
enum Sockets {
    EPOLL,
    KQUEUE,
    NIO;

    static Sockets best() {
        return Arrays.stream(values()).filter(Sockets::isAvailable).findFirst().orElse(NIO);
    }

    boolean isAvailable() {
        return switch (this) {
            case EPOLL -> Epoll.isAvailable();
            case KQUEUE -> KQueue.isAvailable();
            case NIO -> true;
        };
    }

    EventLoopGroup eventLoops(int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> new FastThreadLocalThread(task, "mooring-http-" + number.incrementAndGet());
        return new MultiThreadIoEventLoopGroup(count, threads, handler());
    }

    private IoHandlerFactory handler() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case KQUEUE -> KQueueIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case KQUEUE -> KQueueServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    /**
     * Nanoseconds since the peer's machine last acknowledged something, where the system tells; else as long as can be.
     * This is what shows that a peer to which things are only sent is still there.
     */
    static long sinceAcknowledged(Channel channel) {
        if (!(channel instanceof EpollSocketChannel epoll) || !epoll.isActive()) {
            return Long.MAX_VALUE;
        }
        try {
            return TimeUnit.MILLISECONDS.toNanos(epoll.tcpInfo().lastAckRecv());
        } catch (ChannelException e) {
            return Long.MAX_VALUE; // closed meanwhile
        }
    }
}
