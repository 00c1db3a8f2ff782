package dev.mooring.transport.http;

import dev.mooring.rpc.Codec;

/** What every exchange of an endpoint shares. */
record Streams(Codec codec, KeepAlive keepAlive) {}
