package dev.mooring.testkit;

import dev.mooring.model.Revision;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Listens in on wires of one revision each, and holds what both sides said against its schema afterwards. */
final class SchemaWatch {
    private final List<Heard> wires = new CopyOnWriteArrayList<>();

    /** The wire, listened in on. */
    TestWire over(TestWire wire) {
        Heard heard = new Heard();
        wires.add(heard);
        return heard.on(wire);
    }

    /** Everything that was said fits. */
    void check() throws IOException {
        for (Heard wire : wires) {
            JsonNode first = wire.fromClient().getFirst().path("params");
            String version = first.path("protocolVersion")
                    .asString(first.path("_meta").path("io.modelcontextprotocol/protocolVersion").asString(""));
            OfficialSchema schema = new OfficialSchema(Revision.of(version).orElseThrow());
            wire.messages().forEach(message -> schema.check(message, wire.method(message)));
            wire.fromClient().forEach(schema::checkAnswers);
        }
    }
}
