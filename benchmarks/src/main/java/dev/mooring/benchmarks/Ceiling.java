package dev.mooring.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What the servers that bound the possible from above have in common: one Netty listener on loopback, and an answer
 * made beforehand, as long as the product's answer to the same request.
 *
 * <p>They understand only what the load driver sends: POSTs on connections that stay open, one at a time.
 */
final class Ceiling {
    /** The message that the load driver sends and looks for in the answer. */
    private static final String MESSAGE = "0123456789abcdef".repeat(4);

    private static final ByteBuf ANSWER = Unpooled
            .unreleasableBuffer(Unpooled.directBuffer().writeBytes(answer().getBytes(StandardCharsets.US_ASCII)))
            .asReadOnly();

    private Ceiling() {}

    /** Listens on the port given as the only argument, 0 or none for any, until the process is killed. */
    static void serve(String[] args, Supplier<ChannelHandler> handler) throws InterruptedException {
        int port = args.length == 0 ? 0 : Integer.parseInt(args[0]);
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        try (var loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), io)) {
            Channel listener = new ServerBootstrap().group(loops)
                    .channel(type)
                    .option(ChannelOption.SO_BACKLOG, 1024)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new HttpRequestDecoder(), handler.get());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .sync()
                    .channel();
            System.out.println("listening " + ((InetSocketAddress) listener.localAddress()).getPort());
            listener.closeFuture().sync();
        }
    }

    /** A whole HTTP response; may be written without a copy, by any thread. */
    static ByteBuf response() {
        return ANSWER.duplicate();
    }

    private static String answer() {
        String body = """
                {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"%s"}]}}""".formatted(MESSAGE);
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
