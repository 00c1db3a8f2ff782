package dev.mooring.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The least that any MCP server on Netty with a thread per call has to do: gather the body, read every token of it,
 * and answer from a virtual thread. The answer is the same bytes for every request.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
final class BareNettyParse extends SimpleChannelInboundHandler<HttpObject> {
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable ByteBuf body; // of the request being read; confined to the event loop

    public static void main(String[] args) throws InterruptedException {
        Ceiling.serve(args, BareNettyParse::new);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof LastHttpContent last) {
            byte[] bytes = take(last.content());
            readAll(bytes);
            Thread.startVirtualThread(() -> context.writeAndFlush(Ceiling.response(), context.voidPromise()));
        } else if (part instanceof HttpContent content && content.content().isReadable()) {
            if (body == null) {
                body = context.alloc().buffer();
            }
            body.writeBytes(content.content());
        }
    }

    /** The gathered body with its last part; most bodies have no other. */
    private byte[] take(ByteBuf last) {
        if (body == null) {
            return ByteBufUtil.getBytes(last);
        }
        byte[] bytes = ByteBufUtil.getBytes(body.writeBytes(last));
        release();
        return bytes;
    }

    /** Visits each token and makes a string of each name and text, as a server must to look at them. */
    private static void readAll(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME || token.isScalarValue()) {
                    parser.getString();
                }
            }
        }
    }

    private void release() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
