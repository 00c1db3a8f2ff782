package dev.mooring.transport;

/** The engine as a binding sees it. Any thread may call it; it never blocks and never throws. */
public interface Receiver {

    /** A shared channel came up (stdio, WebSocket, in-process, HTTP+SSE). */
    Link open(Peer peer, Outlet channel);

    /** Something arrived. The exchange is answered exactly once, now or later, on this thread or another. */
    void receive(Inbound inbound, Exchange exchange);

    /** A peer opens its session's stream (legacy GET); the exchange stays open until the stream ends. */
    void attach(SessionRequest request, Exchange exchange);

    /** A peer ends its session (legacy DELETE). */
    void end(SessionRequest request, Exchange exchange);
}
