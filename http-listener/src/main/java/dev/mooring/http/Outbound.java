package dev.mooring.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The way out of one connection: many writers, one event loop, flushed in batches.
 *
 * <p>A writer off the loop appends to {@link #queue} and sees to it that at most one task is on its way to the loop; that
 * task writes everything queued and flushes once. On the loop a piece is written at once, behind what is queued, and
 * flushed when the batch of reads it belongs to is over. Bytes count as queued from the call until the socket took them:
 * first in {@link #waiting}, then in the channel's own buffer, whose water marks are those of the limits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on the channel closes it, and that is heard
final class Outbound {
    private static final int BATCH = 256;
    private static final long OVERRUN = 4;

    private final Channel channel;
    private final EventLoop loop;
    private final HttpLimits.Writes limits;
    private final Consumer<PendingCall> written;

    private final Queue<Piece> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition writable = lock.newCondition();
    private final AtomicInteger waiters = new AtomicInteger();

    // The event loop's own.
    private long total;
    private int batches;
    private boolean unflushed;
    private final ArrayDeque<PendingCall> unsettled = new ArrayDeque<>(); // with the channel, not known to be sent

    /** @param written told of each call whose last piece is written, in order, on the event loop */
    Outbound(Channel channel, HttpLimits.Writes limits, Consumer<PendingCall> written) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.limits = limits;
        this.written = written;
    }

    /** Queues a piece, however long the queue is; false if the connection has gone. */
    boolean submit(Piece piece) {
        if (closed) {
            return false;
        }
        if (loop.inEventLoop()) {
            writeQueued(Integer.MAX_VALUE);
            write(piece);
            flushUnlessBatching();
        } else {
            waiting.addAndGet(piece.length());
            queue.add(piece);
            schedule();
        }
        return true;
    }

    /** Bytes that the socket has not taken yet, as near as can be told from outside the loop. */
    long queued() {
        return waiting.get() + unwritten();
    }

    boolean isFull() {
        return queued() > limits.high();
    }

    /** Whether a writer has gone on in spite of a full queue for too long. */
    boolean isOverrun() {
        return queued() > OVERRUN * limits.high();
    }

    /** Bytes that the socket has taken. On the event loop only. */
    long taken() {
        return total - unwritten();
    }

    private long unwritten() {
        long excess = channel.bytesBeforeWritable();
        if (excess == Long.MAX_VALUE) {
            return 0; // closed
        }
        return excess > 0 ? excess + limits.low() : Math.max(0, limits.high() - channel.bytesBeforeUnwritable());
    }

    private void schedule() {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            loop.execute(this::run);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void run() {
        scheduled.set(false);
        beginBatch();
        writeQueued(BATCH);
        endBatch();
        if (!queue.isEmpty()) {
            schedule();
        }
        signal();
    }

    private void writeQueued(int atMost) {
        for (int i = 0; i < atMost; i++) {
            Piece piece = queue.poll();
            if (piece == null) {
                return;
            }
            waiting.addAndGet(-piece.length());
            write(piece);
        }
    }

    private void write(Piece piece) {
        PendingCall call = piece.call();
        if (call.isWritten()) {
            return; // queued by one thread while another ended the stream
        }
        total += piece.length();
        unflushed = true;
        if (!piece.isLast()) {
            channel.write(piece.buffer(), channel.voidPromise());
            return;
        }
        call.setWritten();
        channel.write(piece.buffer(), channel.voidPromise());
        unsettled.add(call);
        written.accept(call);
    }

    /** From here on flushing waits for {@link #endBatch}. Batches nest. */
    void beginBatch() {
        batches++;
    }

    void endBatch() {
        batches--;
        flushUnlessBatching();
    }

    private void flushUnlessBatching() {
        if (batches == 0 && unflushed) {
            unflushed = false;
            channel.flush();
            settle();
        }
    }

    /** Settles what the socket has taken: mostly all of it, at once; else what remains is settled when it has. */
    private void settle() {
        ChannelOutboundBuffer left = channel.unsafe().outboundBuffer();
        if (left == null || left.totalPendingWriteBytes() == 0) {
            settleAll();
        } else if (!unsettled.isEmpty()) {
            List<PendingCall> behind = List.copyOf(unsettled);
            unsettled.clear();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> behind.forEach(PendingCall::settle));
        }
    }

    private void settleAll() {
        for (PendingCall call = unsettled.poll(); call != null; call = unsettled.poll()) {
            call.settle();
        }
    }

    /** Waits until the queue has gone below its low mark, or the connection. */
    void awaitWritable() throws InterruptedException {
        if (loop.inEventLoop()) {
            throw new IllegalStateException("on the event loop (expected: a thread that may wait)");
        }
        if (!isOver()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            waiters.incrementAndGet();
            while (isOver()) {
                writable.await();
            }
        } finally {
            waiters.decrementAndGet();
            lock.unlock();
        }
    }

    private boolean isOver() {
        return !closed && (!channel.isWritable() || waiting.get() > limits.low());
    }

    /** Wakes writers, some of which may go on. */
    void signal() {
        if (waiters.get() == 0) {
            return;
        }
        lock.lock();
        try {
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The connection has gone, and with it what was on its way. On the event loop only. */
    void lost() {
        close();
        settleAll();
    }

    /** Nothing is taken any more, and no one waits. */
    void close() {
        closed = true;
        signal();
    }
}
