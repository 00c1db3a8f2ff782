package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static boolean add(Body body, int length, boolean last) {
        return body.add(Unpooled.wrappedBuffer(new byte[length]), last);
    }

    @Test
    void pieces_arePutTogether() {
        Body body = new Body(10, true);
        assertTrue(body.add(Unpooled.wrappedBuffer(new byte[]{1, 2}), false));
        assertTrue(body.add(Unpooled.EMPTY_BUFFER, false));
        assertTrue(body.add(Unpooled.wrappedBuffer(new byte[]{3}), true));
        assertArrayEquals(new byte[]{1, 2, 3}, body.toArray());
    }

    @Test
    void pieceOverTheLimit_isNotTaken() {
        Body body = new Body(10, true);
        assertTrue(add(body, 10, false));
        assertFalse(add(body, 1, true));
    }

    @Test
    void largestLimit_doesNotOverflow() {
        Body body = new Body(Integer.MAX_VALUE, false);
        assertTrue(add(body, 1 << 20, false));
        assertTrue(add(body, 1 << 20, true));
    }

    @Test
    void bodyNobodyWants_isCountedOnly() {
        Body body = new Body(10, false);
        assertTrue(add(body, 10, false));
        assertEquals(0, body.toArray().length);
        assertFalse(add(body, 1, true));
    }
}
