package dev.mooring.transport;

/** A peer's wish to receive what its session has to say (legacy HTTP GET). */
public record Attach(SessionKey session, Envelope envelope, Peer peer) {}
