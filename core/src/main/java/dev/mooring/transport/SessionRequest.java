package dev.mooring.transport;

import org.jspecify.annotations.Nullable;

/**
 * What a peer wants of its session itself, outside any message (legacy HTTP GET and DELETE).
 *
 * @param session the session it names, if it names one
 */
public record SessionRequest(@Nullable SessionKey session, Envelope envelope, Peer peer) {}
