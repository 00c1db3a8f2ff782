package dev.mooring.transport.http;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.mooring.http.HttpLimits;
import dev.mooring.time.Time;
import dev.mooring.transport.Transport;

/** Adds Streamable HTTP to the set of transports, and offers it by its own type. */
public final class HttpTransportModule extends AbstractModule {
    private final String host;
    private final int port;
    private final HttpLimits limits;
    private final HttpSettings settings;

    public HttpTransportModule(String host, int port, HttpLimits limits, HttpSettings settings) {
        this.host = host;
        this.port = port;
        this.limits = limits;
        this.settings = settings;
    }

    @Provides
    @Singleton
    HttpTransport transport() {
        return new HttpTransport(host, port, settings, limits, Time.system());
    }

    @ProvidesIntoSet
    static Transport amongOthers(HttpTransport transport) {
        return transport;
    }
}
