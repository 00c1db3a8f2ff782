package dev.mooring.benchmarks;

/** The request that all benchmarks send: echo 64 bytes. */
final class Requests {
    static final String WORDS = "0123456789abcdef".repeat(4);

    static final String LEGACY = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"%s"}}}"""
            .formatted(WORDS);

    static final String MODERN =
            """
                    {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"%s"},"_meta":{\
                    "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"},\
                    "io.modelcontextprotocol/clientCapabilities":{}}}}"""
                    .formatted(WORDS);

    private Requests() {}
}
