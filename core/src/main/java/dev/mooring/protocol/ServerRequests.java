package dev.mooring.protocol;

import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.RequestId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What all requests of a server to legacy clients share: how long they wait, and ids that tell them apart. Thread-safe. */
final class ServerRequests {
    private final Duration timeout;
    private final TimerWheel wheel;
    private final AtomicLong count = new AtomicLong();

    ServerRequests(Duration timeout, TimerWheel wheel) {
        this.timeout = timeout;
        this.wheel = wheel;
    }

    RequestId nextId() {
        return RequestId.of("mooring-ask-" + count.incrementAndGet());
    }

    Duration timeout() {
        return timeout;
    }

    TimerWheel wheel() {
        return wheel;
    }
}
