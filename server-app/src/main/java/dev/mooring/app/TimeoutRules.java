package dev.mooring.app;

import dev.mooring.config.Kind;
import dev.mooring.session.SessionTimeouts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of {@code MCP_SESSION_TIMEOUTS}, whose form has been checked when the settings were read. */
final class TimeoutRules {
    private static final Kind<Duration> TIME = Kind.time(Duration.ZERO, Duration.ofDays(3650));

    private TimeoutRules() {}

    static SessionTimeouts apply(List<String> rules, SessionTimeouts timeouts) {
        return timeouts.withByTransport(of("transport", rules))
                .withByPrincipal(of("principal", rules))
                .withByClient(of("client", rules));
    }

    private static Map<String, Duration> of(String subject, List<String> rules) {
        Map<String, Duration> times = new HashMap<>();
        for (String rule : rules) {
            int colon = rule.indexOf(':');
            int equals = rule.lastIndexOf('=');
            if (rule.substring(0, colon).equals(subject)) {
                times.put(rule.substring(colon + 1, equals),
                        TIME.read(rule.substring(equals + 1)).orElse(Duration.ZERO));
            }
        }
        return times;
    }
}
