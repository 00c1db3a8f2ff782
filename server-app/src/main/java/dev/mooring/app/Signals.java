package dev.mooring.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that end a process: the first one asks it to, a second one does not wait. The JDK's own way to receive
 * signals draws a warning that nothing switches off, so it is reached by reflection, here only.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int FORCED = 1;

    private final CountDownLatch received = new CountDownLatch(1);
    private final AtomicBoolean ending = new AtomicBoolean();

    /** From now on TERM and INT come here. */
    static Signals receive() {
        Signals signals = new Signals();
        for (String name : List.of("TERM", "INT")) {
            signals.handle(name);
        }
        return signals;
    }

    void await() throws InterruptedException {
        received.await();
    }

    /** Ends the wait without a signal. */
    void stop() {
        received.countDown();
    }

    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler action = (proxy, method, arguments) -> {
                came(name);
                return null;
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[]{handler}, action);
            Object instance = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, instance, proxy);
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIG{} cannot be received here; it will end the server without a drain", name, e);
        }
    }

    private void came(String name) {
        if (ending.compareAndSet(false, true)) {
            LOG.info("SIG{} received, shutting down gracefully...", name);
            received.countDown();
        } else {
            LOG.warn("SIG{} received again, ending at once", name);
            Runtime.getRuntime().halt(FORCED);
        }
    }
}
