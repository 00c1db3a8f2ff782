package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BodyTest {

    private final Incoming incoming = new Incoming(1 << 20);

    private static Body.Fit add(Body body, int length, boolean last) {
        return body.add(Unpooled.wrappedBuffer(new byte[length]), last);
    }

    @Test
    void pieces_arePutTogether() {
        Body body = new Body(10, true, incoming);
        assertEquals(Body.Fit.TAKEN, body.add(Unpooled.wrappedBuffer(new byte[]{1, 2}), false));
        assertEquals(Body.Fit.TAKEN, body.add(Unpooled.EMPTY_BUFFER, false));
        assertEquals(Body.Fit.TAKEN, body.add(Unpooled.wrappedBuffer(new byte[]{3}), true));
        assertArrayEquals(new byte[]{1, 2, 3}, body.toArray());
    }

    @Test
    void pieceOverTheLimit_isNotTaken() {
        Body body = new Body(10, true, incoming);
        assertEquals(Body.Fit.TAKEN, add(body, 10, false));
        assertEquals(Body.Fit.TOO_LONG, add(body, 1, true));
    }

    @Test
    void largestLimit_doesNotOverflow() {
        Body body = new Body(Integer.MAX_VALUE, false, incoming);
        assertEquals(Body.Fit.TAKEN, add(body, 1 << 20, false));
        assertEquals(Body.Fit.TAKEN, add(body, 1 << 20, true));
    }

    @Test
    void bodyNobodyWants_isCountedOnly() {
        Body body = new Body(10, false, incoming);
        assertEquals(Body.Fit.TAKEN, add(body, 10, false));
        assertEquals(0, body.toArray().length);
        assertEquals(Body.Fit.TOO_LONG, add(body, 1, true));
    }
}
