package dev.mooring.session;

/** Hears what happens to sessions. */
@FunctionalInterface
public interface SessionListener {

    /**
     * Something happened. Runs on a virtual thread and may block: the events of one session come one after the other and in
     * order, those of others do not wait for them. What it throws is logged.
     */
    void heard(SessionEvent event) throws InterruptedException;
}
