package dev.mooring.transport.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What one logger and those below it say from INFO on, as long as this is open. */
final class Log implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    private Log(Logger logger) {
        this.logger = logger;
        this.before = logger.getEffectiveLevel();
        logger.setLevel(Level.INFO);
        appender.start();
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    static Log of(String name) {
        return new Log((Logger) LoggerFactory.getLogger(name));
    }

    String text() {
        return text(Level.INFO);
    }

    /** What should not have happened. */
    String warnings() {
        return text(Level.WARN);
    }

    private String text(Level from) {
        return List.copyOf(appender.list)
                .stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(from))
                .map(event -> event + trace(event))
                .collect(Collectors.joining("\n"));
    }

    private static String trace(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
