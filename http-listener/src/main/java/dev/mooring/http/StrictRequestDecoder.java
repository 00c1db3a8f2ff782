package dev.mooring.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Netty's request decoder without its leniencies, and with a gate: while the gate is shut, bytes are kept as they came.
 *
 * <p>Refused in addition: line folding, separators in the request line other than one space, characters in the target
 * that are not visible ASCII, several {@code Content-Length} fields in any version, more fields than allowed, and the
 * fields of an old WebSocket draft that Netty takes for a body of eight bytes.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString DRAFT_KEY = AsciiString.cached("sec-websocket-key1");
    private static final int VERSION_LENGTH = 8;
    private static final byte LF = '\n';

    private final Gate gate;
    private final int maxFields;
    private final int aheadBytes;
    private boolean reading;
    private boolean inHeader;
    private boolean inBody;
    private boolean folded;
    private int fields;
    private int lengths;
    private int nextWord;

    StrictRequestDecoder(HttpLimits.Request limits, Gate gate) {
        super(new HttpDecoderConfig().setMaxInitialLineLength(limits.lineBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxChunkSize(64 << 10)
                .setInitialBufferSize(256)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false)
                .setValidateHeaders(true));
        this.gate = gate;
        this.maxFields = limits.fields();
        this.aheadBytes = limits.aheadBytes();
    }

    /** Whether a request has begun and its header is not complete. */
    boolean midHeader() {
        return !inBody && (inHeader || actualReadableBytes() > 0);
    }

    /** Whether there are bytes that no one has looked at. */
    boolean hasUnread() {
        return actualReadableBytes() > 0;
    }

    /** Whether a read is under way, which goes on by itself when the gate opens. */
    boolean isReading() {
        return reading;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        gate.heard();
        read(ctx, input);
        if (!gate.isOpen() && actualReadableBytes() > aheadBytes) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Goes on after the gate has opened; not from within a read. */
    void resume(ChannelHandlerContext ctx) throws Exception {
        if (actualReadableBytes() > 0) {
            read(ctx, Unpooled.EMPTY_BUFFER);
        }
        if (actualReadableBytes() <= aheadBytes && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void read(ChannelHandlerContext ctx, Object input) throws Exception {
        reading = true;
        try {
            super.channelRead(ctx, input);
        } finally {
            reading = false;
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!gate.isOpen()) {
            return;
        }
        int before = out.size();
        if (inBody) {
            decodeBody(ctx, in, out);
        } else {
            decodeHeader(ctx, in, out);
        }
        for (int i = before; i < out.size(); i++) {
            inBody = !(out.get(i) instanceof LastHttpContent);
        }
    }

    /** What is not content is whole lines here too: sizes of chunks, and trailer fields. */
    private void decodeBody(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int from = in.readerIndex();
        int before = out.size();
        super.decode(ctx, in, out);
        Object made = out.size() > before ? out.get(before) : null;
        if (made instanceof HttpContent content && content.content().isReadable()) {
            return;
        }
        folded |= isFolded(in, from, in.readerIndex(), true);
        if (folded && made instanceof LastHttpContent end && end.decoderResult().isSuccess()) {
            end.setDecoderResult(DecoderResult.failure(new MalformedRequest("A trailer field is folded.")));
        }
    }

    /** In this state the decoder takes whole lines, and never more than the header. */
    private void decodeHeader(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        boolean afterLine = inHeader;
        int from = in.readerIndex();
        int before = out.size();
        super.decode(ctx, in, out);
        folded |= isFolded(in, from, in.readerIndex(), afterLine);
        if (out.size() > before) {
            inHeader = false;
            if (folded && out.get(before) instanceof HttpRequest request) {
                request.setDecoderResult(DecoderResult.failure(new MalformedRequest("A header field is folded.")));
            }
        }
    }

    private static boolean isFolded(ByteBuf in, int from, int to, boolean afterLine) {
        if (afterLine && from < to && isBlank(in.getByte(from))) {
            return true;
        }
        int lf = in.indexOf(from, to, LF);
        while (lf != -1 && lf + 1 < to) {
            if (isBlank(in.getByte(lf + 1))) {
                return true;
            }
            lf = in.indexOf(lf + 1, to, LF);
        }
        return false;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        fields = 0;
        lengths = 0;
        folded = false;
        HttpMessage message = super.createMessage(initialLine);
        inHeader = true;
        return message;
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        if (++fields > maxFields) {
            throw new TooLongHttpHeaderException("more than " + maxFields + " header fields");
        }
        if (length == CONTENT_LENGTH.length() && CONTENT_LENGTH.contentEqualsIgnoreCase(name) && ++lengths > 1) {
            throw new MalformedRequest("There is more than one Content-Length.");
        }
        if (length == DRAFT_KEY.length() && DRAFT_KEY.contentEqualsIgnoreCase(name)) {
            throw new MalformedRequest("Sec-WebSocket-Key1 belongs to a draft that is not spoken here.");
        }
        return name;
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        if (start != 0) {
            throw badLine();
        }
        nextWord = length + 1;
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        if (start != nextWord || line[start - 1] != ' ') {
            throw badLine();
        }
        for (int i = start; i < start + length; i++) {
            if (line[i] <= ' ' || line[i] == 0x7F) {
                throw new MalformedRequest("The request target has a character that must be encoded.");
            }
        }
        nextWord = start + length + 1;
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        if (start != nextWord || line[start - 1] != ' ' || !isVersion(line, start, length)) {
            throw badLine();
        }
        return super.splitThirdWordInitialLine(line, start, length);
    }

    private static boolean isVersion(byte[] line, int start, int length) {
        return length == VERSION_LENGTH && line[start] == 'H'
                && line[start + 1] == 'T'
                && line[start + 2] == 'T'
                && line[start + 3] == 'P'
                && line[start + 4] == '/'
                && line[start + 6] == '.';
    }

    private static MalformedRequest badLine() {
        return new MalformedRequest("The request line must be a method, a target and a version, one space between.");
    }
}
