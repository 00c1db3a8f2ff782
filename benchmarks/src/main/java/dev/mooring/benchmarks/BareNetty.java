package dev.mooring.benchmarks;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * The most that Netty can do on this machine: every request is parsed as HTTP and answered with the same bytes, its
 * body unread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class BareNetty extends ChannelInboundHandlerAdapter {

    public static void main(String[] args) throws InterruptedException {
        Ceiling.serve(args, BareNetty::new);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof LastHttpContent) {
            context.write(Ceiling.response(), context.voidPromise());
        }
        ReferenceCountUtil.release(part);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
