package dev.mooring.session;

import dev.mooring.lease.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions in numbers, as they were at one moment.
 *
 * @param total how many there are
 * @param ready how many of them are in use
 * @param authenticated how many of them belong to somebody who proved who they are
 * @param stale how many of them the last audit found idle beyond their time and not yet closed
 * @param byState how many there are in each state that any is in; those that end are counted until their end is told
 * @param byTransport how many there are on each transport
 * @param created how many were ever opened
 * @param restored how many were opened by a former process and came back
 * @param closed how many ever ended
 * @param expired how many of those time ended
 * @param closedByReason how many ended for each reason that occurred
 * @param rejectedByCause how many were not opened, by what stood against it
 * @param oldest when the oldest that lives was opened
 * @param newest when the newest that lives was opened
 * @param averageAge of those that live; zero if there are none
 */
public record SessionStatistics(
        int total,
        long ready,
        int authenticated,
        int stale,
        Map<SessionState, Long> byState,
        Map<String, Integer> byTransport,
        long created,
        long restored,
        long closed,
        long expired,
        Map<EndReason, Long> closedByReason,
        Map<Rejection, Long> rejectedByCause,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Duration averageAge) {

    public SessionStatistics {
        byState = Map.copyOf(byState);
        byTransport = Map.copyOf(byTransport);
        closedByReason = Map.copyOf(closedByReason);
        rejectedByCause = Map.copyOf(rejectedByCause);
    }
}
