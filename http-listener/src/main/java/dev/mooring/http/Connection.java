package dev.mooring.http;

import dev.mooring.transport.InFlight;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: gathers requests, one at a time, and hands them to routes. Its state belongs to the event loop; what a
 * call needs from other threads is marked.
 *
 * <p>While a call waits for its answer the gate is shut: the decoder keeps what comes as bytes, and the channel goes on
 * reading, so that a peer that leaves is noticed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on the channel closes it, and that is heard
final class Connection extends ChannelInboundHandlerAdapter implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.http");
    private static final byte[] CONTINUE = HeadWriter.ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private enum Phase {
        /** Between requests; perhaps a part of a header has come. */
        IDLE,
        /** A part of a header has come, and it is being timed. */
        HEADER,
        BODY,
        /** A route has the call. */
        CALL,
        /** No request is read any more. */
        CLOSING
    }

    private final Channel channel;
    private final Service service;
    private final StrictRequestDecoder decoder;
    private final Outbound outbound;
    private final Patience patience;
    private final SocketAddress remote;
    private final String remoteAddress;
    private final SocketAddress local;
    private final AtomicBoolean cut = new AtomicBoolean();
    private volatile long heard;

    private Phase phase = Phase.IDLE;
    private boolean inRead;
    private @Nullable Intake intake;
    private @Nullable PendingCall current;

    Connection(Channel channel, Service service) {
        this.channel = channel;
        this.service = service;
        this.decoder = new StrictRequestDecoder(service.limits().request(), this);
        this.outbound = new Outbound(channel, service.limits().writes(), this::written);
        this.patience = new Patience(this, channel.eventLoop(), outbound, service.limits());
        this.remote = channel.remoteAddress();
        this.remoteAddress =
                remote instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : String.valueOf(remote);
        this.local = channel.localAddress();
        this.heard = service.time().nanos();
    }

    /** Puts this connection's handlers in its channel. */
    void install() {
        channel.pipeline().addLast(decoder, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        patience.idle();
    }

    @Override
    public boolean isOpen() {
        return switch (phase) {
            case IDLE -> channel.isWritable();
            case HEADER, BODY -> true;
            case CALL, CLOSING -> false;
        };
    }

    @Override
    public void heard() {
        heard = service.time().nanos();
        if (!inRead) {
            inRead = true;
            outbound.beginBatch();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (inRead) {
            inRead = false;
            timeWhatIsUnfinished();
            outbound.endBatch();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (phase == Phase.CLOSING || !channel.isActive()) {
                return;
            }
            if (message instanceof HttpRequest request) {
                begin(request);
            }
            if (message instanceof HttpContent content && intake != null) {
                take(intake, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest header) {
        HttpAnswer refusal = service.rules().check(header);
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        DecodedRequest request;
        try {
            request = DecodedRequest.of(header);
        } catch (MalformedRequest e) {
            refuse(service.refusals().badHeader(e));
            return;
        }
        HttpRoute route = service.route(request);
        if (HeaderRules.awaitsContinue(header)) {
            if (route.equals(Service.UNKNOWN)) {
                refuse(Refusals.UNKNOWN_PATH);
                return;
            }
            channel.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
        phase = Phase.BODY;
        intake = new Intake(request, route,
                new Body(service.limits().request().bodyBytes(), !route.equals(Service.UNKNOWN), service.incoming()));
    }

    private void take(Intake intake, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(service.refusals().badBody(content.decoderResult().cause()));
            return;
        }
        boolean last = content instanceof LastHttpContent;
        switch (intake.body().add(content.content(), last)) {
            case TOO_LONG -> refuse(service.refusals().bodyTooLong());
            case NO_ROOM -> refuse(Refusals.TOO_MANY_BYTES);
            case TAKEN -> {
                if (last) {
                    dispatch(intake);
                }
            }
        }
    }

    private void dispatch(Intake whole) {
        endIntake();
        phase = Phase.CALL;
        patience.forget();
        PendingCall call = new PendingCall(this, whole.request(), whole.body().toArray());
        current = call;
        try {
            whole.route().handle(call);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", call.method(), call.path(), e);
            call.fail();
        }
    }

    private void endIntake() {
        if (intake != null) {
            intake.body().settle();
            intake = null;
        }
    }

    private void timeWhatIsUnfinished() {
        if (phase == Phase.IDLE && isOpen() && decoder.midHeader()) {
            phase = Phase.HEADER;
            patience.header();
        } else if (phase == Phase.BODY && intake != null && intake.startsWaiting()) {
            patience.body();
        }
    }

    /** The last piece of a call is with the channel; the next request may be read. */
    private void written(PendingCall call) {
        if (call != current) {
            return;
        }
        current = null;
        patience.idle();
        if (call.closes()) {
            phase = Phase.CLOSING;
            closeAfterwards();
            return;
        }
        phase = Phase.IDLE;
        readOn();
    }

    private void readOn() {
        boolean stopped = decoder.hasUnread() || !channel.config().isAutoRead();
        if (decoder.isReading() || !stopped || !isOpen() || !channel.isActive()) {
            return;
        }
        outbound.beginBatch();
        try {
            decoder.resume(channel.pipeline().context(decoder));
        } catch (Exception e) {
            channel.pipeline().fireExceptionCaught(e);
        }
        timeWhatIsUnfinished();
        outbound.endBatch();
    }

    private void refuse(HttpAnswer answer) {
        LOG.debug("Refused a request of {}: {}", remote, answer.status());
        phase = Phase.CLOSING;
        endIntake();
        patience.farewell();
        byte[][] parts = service.heads().answer(answer, false, HeadWriter.After.CLOSED);
        channel.write(Unpooled.wrappedBuffer(parts), channel.voidPromise());
        closeAfterwards();
    }

    private void closeAfterwards() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                Linger.on(channel);
            } else {
                channel.close();
            }
        });
    }

    /** The time for what is being waited for is over. */
    void late() {
        switch (phase) {
            case HEADER -> refuse(service.refusals().headerTooSlow());
            case BODY -> refuse(service.refusals().bodyTooSlow());
            case IDLE, CLOSING -> channel.close();
            case CALL -> {}
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        patience.writability(channel.isWritable());
        if (channel.isWritable()) {
            outbound.signal();
            readOn();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.CLOSING;
        endIntake();
        patience.end();
        outbound.lost();
        PendingCall left = current;
        current = null;
        if (left != null) {
            left.abort();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} broke: {}", remote, cause.toString());
        } else {
            LOG.warn("{} is closed because of an unexpected failure", remote, cause);
        }
        channel.close();
    }

    boolean submit(Piece piece) {
        return outbound.submit(piece);
    }

    boolean isFull() {
        return outbound.isFull();
    }

    boolean isOverrun() {
        return outbound.isOverrun();
    }

    void awaitWritable() throws InterruptedException {
        outbound.awaitWritable();
    }

    void cut() {
        channel.close();
    }

    /** Cuts the connection and drops what the system still holds for a peer that does not take it. */
    void cutSlowReader() {
        if (!cut.compareAndSet(false, true)) {
            return;
        }
        LOG.info("Cut {}: slow reader, {} bytes queued", remote, outbound.queued());
        try {
            channel.eventLoop().execute(this::reset);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} ended with its event loop", remote);
        }
    }

    private void reset() {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    long lastHeard() {
        long now = service.time().nanos();
        return now - Math.min(now - heard, Sockets.sinceAcknowledged(channel));
    }

    String remoteAddress() {
        return remoteAddress;
    }

    InetSocketAddress remote() {
        return (InetSocketAddress) remote;
    }

    InetSocketAddress local() {
        return (InetSocketAddress) local;
    }

    InFlight exchanges() {
        return service.exchanges();
    }

    HeadWriter heads() {
        return service.heads();
    }
}
