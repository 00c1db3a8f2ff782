package dev.mooring.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose peer may still be sending: our side is closed, what comes is thrown away, until the peer
 * closes, too, or a bound is reached. Closing at once would make the peer's system drop the answer it has not read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112.html#section-9.6">RFC 9112, tear-down</a>
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on the channel closes it, and that is heard
final class Linger extends ChannelInboundHandlerAdapter {
    static final int SECONDS = 2;
    private static final int MAX_BYTES = 16 << 20;

    private long discarded;
    private @Nullable ScheduledFuture<?> end;

    private Linger() {}

    /** Starts on the event loop, after everything that is to be sent was flushed. */
    static void on(Channel channel) {
        if (!channel.isActive()) {
            return;
        }
        if (!(channel instanceof DuplexChannel duplex)) {
            channel.close();
            return;
        }
        channel.pipeline().addFirst(new Linger());
        duplex.shutdownOutput();
        channel.config().setAutoRead(true);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        end = ctx.executor().schedule(() -> ctx.close(), SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            discarded += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (discarded > MAX_BYTES) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (end != null) {
            end.cancel(false);
        }
        ctx.fireChannelInactive();
    }
}
