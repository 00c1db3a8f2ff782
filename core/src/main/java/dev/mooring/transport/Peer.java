package dev.mooring.transport;

import dev.mooring.auth.Principal;

/**
 * The other end, as the binding knows it.
 *
 * @param transport the binding's name, as in {@link Transport#name}
 * @param address where it is, for logs and limits: an IP address, or what the binding calls it
 * @param principal who it is
 */
public record Peer(String transport, String address, Principal principal) {}
