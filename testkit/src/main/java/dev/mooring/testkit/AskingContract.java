package dev.mooring.testkit;

import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.client.Consent;
import dev.mooring.client.FormRequest;
import dev.mooring.client.McpClient;
import dev.mooring.client.Responders;
import dev.mooring.client.UrlRequest;
import dev.mooring.feature.Plugin;
import dev.mooring.json.Json;
import dev.mooring.model.Elicited;
import dev.mooring.model.Revision;
import dev.mooring.model.Role;
import dev.mooring.model.Root;
import dev.mooring.model.SamplingContent;
import dev.mooring.model.SamplingRequest;
import dev.mooring.model.SamplingResult;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asking the client, on any transport: the same handlers and the same clients in both eras, with the same outcome. Extend it
 * like {@link TransportContract}.
 */
public abstract class AskingContract extends TransportUnderTest {
    private static final int MISSING_REQUIRED_CLIENT_CAPABILITY = -32021;

    private final AskingFeatures asking = new AskingFeatures();
    private final List<FormRequest> forms = new CopyOnWriteArrayList<>();
    private final List<UrlRequest> pages = new CopyOnWriteArrayList<>();
    private final List<SamplingRequest> prompts = new CopyOnWriteArrayList<>();

    @Override
    final Plugin features() {
        return asking;
    }

    @BeforeEach
    final void startUnconnected() {
        asking.connected.set(false);
    }

    /** One whose user accepts every form with this content. */
    private Responders filling(ObjectNode content) {
        return Responders.NONE.withForms(form -> {
            forms.add(form);
            return new Elicited.Accepted<>(content);
        });
    }

    private Responders confirming() {
        return filling(Json.object().put("ok", true));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
    }

    private ToolResult call(Revision revision, Responders responders, String tool) throws InterruptedException {
        return join(revision, responders).call(tool, Json.object());
    }

    @BothEras
    void form_isFilledInAsTheRecord(Revision revision) throws Exception {
        assertText("Confirm[ok=true]", call(revision, confirming(), "confirm"));
        assertEquals("Shall I?", forms.getFirst().message());
        assertEquals(json("{'type':'object','properties':{'ok':{'type':'boolean'}},'required':['ok']}"),
                forms.getFirst().schema());
    }

    @BothEras
    void formDeclined_isAnAnswer(Revision revision) throws Exception {
        assertText("declined", call(revision, Responders.NONE.withForms(form -> new Elicited.Declined<>()), "confirm"));
    }

    @BothEras
    void formCancelled_isAnAnswer(Revision revision) throws Exception {
        assertText("cancelled",
                call(revision, Responders.NONE.withForms(form -> new Elicited.Cancelled<>()), "confirm"));
    }

    @BothEras
    void formOfEveryKind_hasTitlesFormatsChoicesAndDefaults(Revision revision) throws Exception {
        ObjectNode content =
                json("{'name':'Ada','size':'LARGE','toppings':['HAM'],'day':'2026-01-02','extra':'dropped'}");

        assertText("Order[name=Ada, email=Optional.empty, pizza=MARGHERITA, count=2, tip=Optional.empty, size=LARGE,"
                + " toppings=[HAM], day=Optional[2026-01-02]]", call(revision, filling(content), "order"));
        assertEquals(
                json("""
                        {'type':'object','properties':{'name':{'type':'string','title':'Your name'},
                        'email':{'type':'string','format':'email'},'pizza':{'type':'string','default':'MARGHERITA'},
                        'count':{'type':'integer','default':2},'tip':{'type':'number'},
                        'size':{'type':'string','oneOf':[{'const':'SMALL','title':'Small one'},{'const':'LARGE','title':'Large one'}]},
                        'toppings':{'type':'array','items':{'type':'string','enum':['CHEESE','HAM']}},
                        'day':{'type':'string','format':'date'}},'required':['name','size','toppings']}"""),
                forms.getFirst().schema());
    }

    @BothEras
    void formOfASchema_comesBackAsItIs(Revision revision) throws Exception {
        assertText("{\"size\":\"L\"}", call(revision, filling(json("{'size':'L'}")), "single-order"));
        assertEquals("Small", forms.getFirst().schema().at("/properties/size/oneOf/0/title").asString(""));
    }

    @BothEras
    void answerThatDoesNotFit_isAskedForAgain(Revision revision) throws Exception {
        List<ObjectNode> tries =
                List.of(json("{}"), json("{'amount':'many'}"), json("{'amount':0}"), json("{'amount':3}"));
        AtomicInteger next = new AtomicInteger();
        Responders responders =
                Responders.NONE.withForms(form -> new Elicited.Accepted<>(tries.get(next.getAndIncrement())));

        assertText("Amount[amount=3]", call(revision, responders, "amount"));
        assertEquals(4, next.get());
    }

    @BothEras
    void whatIsDoneOnce_isDoneOnceAndTheCallKeepsItsKey(Revision revision) throws Exception {
        Responders responders = Responders.NONE.withForms(form -> new Elicited.Accepted<>(
                form.message().equals("How many?") ? json("{'amount':5}") : json("{'ok':false}")));

        assertText("5 with receipt 1, Confirm[ok=false]", call(revision, responders, "transfer"));
        assertEquals(1, asking.done.get());
        assertEquals(revision.modern() ? 3 : 1, asking.runs.get());
        assertEquals(1, Set.copyOf(asking.keys).size());
        call(revision, responders, "transfer");
        assertEquals(2, Set.copyOf(asking.keys).size(), "another call has another key");
    }

    @BothEras
    void severalQuestions_areOneRound(Revision revision) throws Exception {
        Responders responders = confirming().withSampling(request -> SamplingResult.text("test", "that one"))
                .withRoots(() -> List.of(new Root("file:///work", "Work")));

        assertText("Confirm[ok=true], that one, file:///work", call(revision, responders, "survey"));
        assertEquals(revision.modern() ? 2 : 1, asking.runs.get());
    }

    @BothEras
    void model_usesToolsOfTheServer(Revision revision) throws Exception {
        Responders responders = Responders.NONE.withSamplingAndTools(request -> {
            prompts.add(request);
            return request.messages().getLast().content().getFirst() instanceof SamplingContent.ToolOutcome
                    ? SamplingResult.text("test", "It is sunny.")
                    : new SamplingResult(Role.ASSISTANT,
                            List.of(new SamplingContent.ToolUse("use 1", "weather", json("{'city':'Paris'}"), null)),
                            "test", "toolUse", null);
        });

        assertText("It is sunny.", call(revision, responders, "agent"));
        assertEquals("Be brief.", prompts.getFirst().systemPrompt());
        assertEquals("weather", prompts.getFirst().tools().getFirst().name());
        JsonNode outcome = Json.mapper().valueToTree(prompts.getLast().messages().getLast().content().getFirst());
        assertEquals("sunny in Paris", outcome.path("content").path(0).path("text").asString(""));
        assertEquals("use 1", outcome.path("toolUseId").asString(""));
    }

    @BothEras
    void pageThatIsDone_isToldSo(Revision revision) throws Exception {
        Responders responders = Responders.NONE.withPages(page -> {
            pages.add(page);
            asking.connected.set(true);
            return Consent.ACCEPT;
        });
        McpClient client = join(revision, responders);

        assertText("connected: DONE", client.call("connect", Json.object()));
        assertText("connected: DONE", client.call("connect", Json.object()));
        assertEquals(List.of(new UrlRequest("Log in", "https://example.org/connect")), pages,
                "what is done is not asked");
    }

    @BothEras
    void pageDeclined_isAnAnswer(Revision revision) throws Exception {
        assertText("connected: DECLINED",
                call(revision, Responders.NONE.withPages(page -> Consent.DECLINE), "connect"));
    }

    @BothEras
    void sameQuestionAgain_hasTheSameAnswer(Revision revision) throws Exception {
        assertText("Confirm[ok=true], Confirm[ok=true]", call(revision, confirming(), "twice"));
        assertEquals(1, forms.size());
    }

    @BothEras
    void sameKeyForAnotherQuestion_isAMistake(Revision revision) throws Exception {
        assertToolError("Tool clash failed", call(revision, confirming(), "clash"));
        assertEquals(1, forms.size());
    }

    @BothEras
    void seventeenthRound_isRefused(Revision revision) throws Exception {
        assertToolError("Asked 16 times", call(revision, confirming(), "nosy"));
        assertEquals(16, forms.size());
    }

    @BothEras
    void tooMuchToRemember_isRefusedBeforeAsking(Revision revision) throws Exception {
        assertToolError("keep larger ones in a handle", call(revision, confirming(), "hoarder"));
        assertEquals(List.of(), forms);
    }

    @BothEras
    void progress_isToldOnce(Revision revision) throws Exception {
        List<Double> told = new CopyOnWriteArrayList<>();
        McpClient client = join(revision, confirming());

        assertText("reported", client.call("report", Json.object(), progress -> told.add(progress.done())));
        Await.until(() -> told.size() == 3, "three reports");
        assertEquals(List.of(1.0, 2.0, 3.0), told);
    }

    @BothEras
    void clientThatCannotBeAsked_isToldWhatIsMissing(Revision revision) throws Exception {
        assertMissing(revision, "confirm", "elicitation.form", "{'elicitation':{'form':{}}}");
        assertEquals(1, asking.runs.get());
    }

    @BothEras
    void toolThatDeclaresWhatItNeeds_doesNotRunWithoutIt(Revision revision) throws Exception {
        assertMissing(revision, "declared", "roots, sampling", "{'sampling':{},'roots':{}}");
        assertEquals(0, asking.runs.get());
        Responders able =
                Responders.NONE.withRoots(List::of).withSampling(request -> SamplingResult.text("test", "never asked"));
        assertText("ran 1", call(revision, able, "declared"));
    }

    @BothEras
    void promptsAndResources_askAsToolsDo(Revision revision) throws Exception {
        McpClient client = join(revision, confirming());

        JsonNode prompt = client.request("prompts/get", Json.object().put("name", "advice"));
        assertEquals("Confirm[ok=true]", prompt.at("/messages/0/content/text").asString(""));
        JsonNode resource = client.request("resources/read", Json.object().put("uri", "test://secret"));
        assertEquals("Confirm[ok=true]", resource.at("/contents/0/text").asString(""));
    }

    @BothEras
    void promptsAndResources_areRefusedWhereTheyCannotAsk(Revision revision) throws Exception {
        McpClient client = join(revision);
        int code = revision.modern() ? MISSING_REQUIRED_CLIENT_CAPABILITY : RpcError.INVALID_PARAMS;

        Results.assertRefused(code, () -> client.request("prompts/get", Json.object().put("name", "advice")));
        Results.assertRefused(code, () -> client.request("resources/read", Json.object().put("uri", "test://secret")));
    }

    @Test
    void resourceThatAsked_isNotCached() throws Exception {
        McpClient client = join(Revision.NEWEST, confirming());

        JsonNode asked = client.request("resources/read", Json.object().put("uri", "test://secret"));
        assertEquals("0 private", asked.path("ttlMs") + " " + asked.path("cacheScope").asString(""));
        JsonNode open = client.request("resources/read", Json.object().put("uri", "test://open"));
        assertEquals("60000 public", open.path("ttlMs") + " " + open.path("cacheScope").asString(""));
    }

    private void assertMissing(Revision revision, String tool, String named, String required)
            throws InterruptedException {
        McpClient client = join(revision);
        if (!revision.modern()) {
            assertToolError(named, client.call(tool, Json.object()));
            return;
        }
        RpcException refused =
                Results.assertRefused(MISSING_REQUIRED_CLIENT_CAPABILITY, () -> client.call(tool, Json.object()));
        JsonNode data = refused.error().data();
        assertEquals(json(required), data == null ? null : data.path("requiredCapabilities"));
        assertTrue(refused.error().message().contains(named), refused.error()::toString);
    }

    @BothEras
    void responderThatFails_endsTheCallAndTheNextIsServed(Revision revision) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        McpClient client = join(revision, Responders.NONE.withForms(form -> {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("broken");
            }
            return new Elicited.Declined<>();
        }));
        if (revision.modern()) {
            Assertions.assertThrows(IllegalStateException.class, () -> client.call("confirm", Json.object()));
        } else {
            assertToolError("The client failed to answer", client.call("confirm", Json.object()));
        }

        assertText("declined", client.call("confirm", Json.object()));
    }
}
