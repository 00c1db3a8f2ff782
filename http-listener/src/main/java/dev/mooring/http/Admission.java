package dev.mooring.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts connections and turns away what is too many. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on the channel closes it, and that is heard
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.http");
    /** Connections that are turned away in words at the same time; further ones are closed without. */
    private static final int MAX_FAREWELLS = 256;

    private final int max;
    private final byte[][] refusal;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger farewells = new AtomicInteger();
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();

    Admission(int max, HeadWriter heads) {
        this.max = max;
        this.refusal = heads.answer(Refusals.TOO_MANY_CONNECTIONS, false, HeadWriter.After.CLOSED);
    }

    /** Counts the channel in until it closes, or sees to its end and says false. */
    boolean admit(Channel channel) {
        if (open.incrementAndGet() <= max) {
            channel.closeFuture().addListener(closed -> leave());
            return true;
        }
        open.decrementAndGet();
        turnedAway.incrementAndGet();
        if (full.compareAndSet(false, true)) {
            LOG.warn("{} connections are open, further ones are refused; MCP_MAX_CONNECTIONS governs the limit", max);
        }
        turnAway(channel);
        return false;
    }

    private void leave() {
        if (open.decrementAndGet() < max) {
            full.set(false);
        }
    }

    private void turnAway(Channel channel) {
        if (farewells.incrementAndGet() > MAX_FAREWELLS) {
            farewells.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> farewells.decrementAndGet());
        channel.pipeline().addLast(new Farewell());
    }

    int open() {
        return open.get();
    }

    long turnedAway() {
        return turnedAway.get();
    }

    private final class Farewell extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(refusal)).addListener(sent -> Linger.on(ctx.channel()));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
