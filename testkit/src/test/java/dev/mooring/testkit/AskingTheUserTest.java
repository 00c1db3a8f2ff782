package dev.mooring.testkit;

import static dev.mooring.testkit.Results.assertText;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.Consent;
import dev.mooring.client.McpClient;
import dev.mooring.client.Responders;
import dev.mooring.feature.Title;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.ClientCapability;
import dev.mooring.model.Elicited;
import dev.mooring.model.Opened;
import dev.mooring.model.Revision;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The handlers that docs/asking-the-user.md shows. */
class AskingTheUserTest {
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    /** Which folder. */
    record Folder(String name) {}

    /** Whether. */
    record Confirm(@Title("Delete it for good?") boolean sure) {}

    private static Tool delete() {
        return Tool.named("delete_folder")
                .description("Deletes a folder, once the user agrees")
                .needs(ClientCapability.ELICITATION_FORM)
                .arguments(Folder.class)
                .text((in, call) -> {
                    switch (call.elicit("sure", "Delete " + in.name() + "?", Confirm.class)) {
                        case Elicited.Accepted<Confirm>(Confirm answer) when answer.sure() -> {
                            // go on
                        }
                        case Elicited.Accepted<Confirm> no ->
                            throw new ToolException("The user wants to keep " + in.name());
                        case Elicited.Declined<Confirm> declined -> throw new ToolException("The user said no");
                        case Elicited.Cancelled<Confirm> cancelled ->
                            throw new ToolException("The user did not answer");
                    }
                    return call.once("delete", String.class, () -> "Deleted " + in.name());
                });
    }

    private Tool calendar() {
        return Tool.named("calendar").description("Shows today's appointments").noArguments().text((in, call) -> {
            URI login = URI.create("https://mcp.example.com/connect?for=" + call.key());
            if (call.open("login", "Let this server see your calendar", login,
                    () -> tokens.contains(call.principal().subject())) != Opened.DONE) {
                throw new ToolException("Without access to the calendar there is nothing to show");
            }
            return "lunch";
        });
    }

    @BothEras
    void folder_isDeletedOnceItsUserAgrees(Revision revision) throws Exception {
        Responders user = Responders.NONE.withForms(form -> new Elicited.Accepted<>(Json.object().put("sure", true)));
        ClientOptions options = ClientOptions.DEFAULT.withRevision(revision).withResponders(user);
        try (TestServer server = TestServer.of(delete()); McpClient client = server.connect(options)) {
            assertText("Deleted music", client.call("delete_folder", Map.of("name", "music")));
        }
    }

    @BothEras
    void calendar_isShownOnceItsUserHasLoggedIn(Revision revision) throws Exception {
        Responders user = Responders.NONE.withPages(page -> {
            tokens.add("local");
            return Consent.ACCEPT;
        });
        ClientOptions options = ClientOptions.DEFAULT.withRevision(revision).withResponders(user);
        try (TestServer server = TestServer.of(calendar()); McpClient client = server.connect(options)) {
            assertText("lunch", client.call("calendar", Map.of()));
        }
    }
}
