package dev.mooring.feature;

import java.time.Instant;

/**
 * State that a tool keeps between calls, for clients that have no session: the client gets the id in a result and passes it
 * back as an ordinary argument.
 *
 * @param id names it; a secret between the server and whoever may use the state
 * @param expires when it ends, used or not
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#statelessness">Statelessness</a>
 */
public record Handle<T>(String id, T value, Instant expires) {}
