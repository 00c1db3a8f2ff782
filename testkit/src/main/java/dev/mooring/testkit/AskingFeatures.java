package dev.mooring.testkit;

import dev.mooring.feature.Answers;
import dev.mooring.feature.Call;
import dev.mooring.feature.Catalog;
import dev.mooring.feature.ClientCapability;
import dev.mooring.feature.Default;
import dev.mooring.feature.Email;
import dev.mooring.feature.Form;
import dev.mooring.feature.Handler;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Question;
import dev.mooring.feature.Resource;
import dev.mooring.feature.Title;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.CacheHint;
import dev.mooring.model.Elicited;
import dev.mooring.model.ModelPreferences;
import dev.mooring.model.Root;
import dev.mooring.model.SamplingContent;
import dev.mooring.model.SamplingRequest;
import dev.mooring.model.SamplingResult;
import dev.mooring.model.SamplingTool;
import dev.mooring.model.ToolResult;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** The features with which asking the client is tried: each in straight lines, as an author would write it. Thread-safe. */
final class AskingFeatures implements Plugin {
    private static final URI PAGE = URI.create("https://example.org/connect");

    /** How often a handler began. */
    final AtomicInteger runs = new AtomicInteger();

    /** How often what is to be done once was done. */
    final AtomicInteger done = new AtomicInteger();

    /** Whether the user is done with the page. */
    final AtomicBoolean connected = new AtomicBoolean();

    /** What {@code key()} was in each run. */
    final List<String> keys = new CopyOnWriteArrayList<>();

    /** A choice with titles. */
    enum Size {
        @Title("Small one")
        SMALL,
        @Title("Large one")
        LARGE
    }

    /** A choice without. */
    enum Topping {
        CHEESE,
        HAM
    }

    /** Nothing but yes or no. */
    record Confirm(boolean ok) {}

    /** How many. */
    record Amount(int amount) {
        Amount {
            if (amount < 1) {
                throw new IllegalArgumentException("amount: " + amount + " (expected: >= 1)");
            }
        }
    }

    /** Everything a form can have. */
    record Order(
            @Title("Your name") String name,
            @Email Optional<String> email,
            @Default("MARGHERITA") String pizza,
            @Default("2") int count,
            Optional<Double> tip,
            Size size,
            Set<Topping> toppings,
            Optional<LocalDate> day) {}

    @Override
    public void contribute(Catalog catalog) {
        add(catalog, "confirm", (in, call) -> said(call.elicit("confirm", "Shall I?", Confirm.class)));
        add(catalog, "order", (in, call) -> said(call.elicit("order", "What will it be?", Order.class)));
        add(catalog, "single-order", AskingFeatures::singleOrder);
        add(catalog, "transfer", this::transfer);
        add(catalog, "survey", AskingFeatures::survey);
        add(catalog, "agent", AskingFeatures::agent);
        add(catalog, "model", (in, call) -> call.sample("model", question()).text());
        add(catalog, "folders", (in, call) -> call.roots("folders").getFirst().uri());
        add(catalog, "connect", (in, call) -> "connected: " + call.open("connect", "Log in", PAGE, connected::get));
        add(catalog, "twice", (in, call) -> said(call.elicit("confirm", "Shall I?", Confirm.class)) + ", "
                + said(call.elicit("confirm", "Shall I?", Confirm.class)));
        add(catalog, "clash", (in, call) -> said(call.elicit("confirm", "Shall I?", Confirm.class))
                + said(call.elicit("confirm", "Really?", Confirm.class)));
        add(catalog, "amount", (in, call) -> said(call.elicit("amount", "How many?", Amount.class)));
        add(catalog, "nosy", AskingFeatures::nosy);
        add(catalog, "hoarder", AskingFeatures::hoarder);
        add(catalog, "report", AskingFeatures::report);
        addOthers(catalog);
        catalog.tools()
                .add(Tool.named("declared")
                        .needs(ClientCapability.SAMPLING, ClientCapability.ROOTS)
                        .noArguments()
                        .text((in, call) -> "ran " + runs.incrementAndGet()));
    }

    private static void addOthers(Catalog catalog) {
        catalog.prompts()
                .add(Prompt.named("advice")
                        .noArguments()
                        .text((in, call) -> said(call.elicit("confirm", "Shall I?", Confirm.class))));
        catalog.resources()
                .add(Resource.at("test://secret")
                        .caching(CacheHint.forAll(Duration.ofMinutes(1)))
                        .text(call -> said(call.elicit("confirm", "Shall I?", Confirm.class))));
        catalog.resources()
                .add(Resource.at("test://open").caching(CacheHint.forAll(Duration.ofMinutes(1))).text(call -> "open"));
    }

    private void add(Catalog catalog, String name, Handler<ObjectNode, String> handler) {
        catalog.tools().add(Tool.named(name).noArguments().text((in, call) -> {
            runs.incrementAndGet();
            keys.add(call.key());
            return handler.call(in, call);
        }));
    }

    private static String said(Elicited<?> answer) {
        return switch (answer) {
            case Elicited.Accepted<?>(Object value) -> value.toString();
            case Elicited.Declined<?> declined -> "declined";
            case Elicited.Cancelled<?> cancelled -> "cancelled";
        };
    }

    private static String singleOrder(ObjectNode in, Call call) throws InterruptedException {
        Form<ObjectNode> form = Form.of((ObjectNode) Json.mapper().readTree("""
                {"type":"object","properties":{"size":{"type":"string","title":"Size","oneOf":[
                {"const":"S","title":"Small"},{"const":"L","title":"Large"}],"default":"S"},
                "extra":{"type":"boolean","default":false}},"required":["size"]}"""));
        return said(call.elicit("order", "What will it be?", form));
    }

    /** Asks, does, and asks again. */
    private String transfer(ObjectNode in, Call call) throws Exception {
        Amount amount = call.elicit("amount", "How many?", Amount.class)
                .accepted()
                .orElseThrow(() -> new ToolException("no amount, no transfer"));
        String receipt = call.once("transfer", String.class, () -> "receipt " + done.incrementAndGet());
        return amount.amount() + " with " + receipt + ", " + said(call.elicit("print", "Print it?", Confirm.class));
    }

    /** Asks several things in one round. */
    private static String survey(ObjectNode in, Call call) throws InterruptedException {
        Question<Elicited<Confirm>> form = Question.form("form", "Shall I?", Confirm.class);
        Question<SamplingResult> model = Question.sampling("model", SamplingRequest.of("Which?", 100));
        Question<List<Root>> folders = Question.roots("folders");
        Answers answers = call.ask(form, model, folders);
        return said(answers.to(form)) + ", " + answers.to(model).text() + ", " + answers.to(folders).getFirst().uri();
    }

    /** Everything a client's model can be told. */
    private static SamplingRequest question() {
        return SamplingRequest.of("Which?", 100)
                .withSystemPrompt("Be brief.")
                .withModelPreferences(
                        new ModelPreferences(List.of(new ModelPreferences.Hint("small")), null, 1.0, null))
                .withTemperature(0.5)
                .withStopSequences(".")
                .withMetadata(Json.object().put("x", 1));
    }

    /** Lets the client's model use a tool. */
    private static String agent(ObjectNode in, Call call) throws InterruptedException {
        SamplingRequest request = SamplingRequest.of("What is the weather in Paris?", 100)
                .withSystemPrompt("Be brief.")
                .withTools(new SamplingTool("weather", "The weather of a city", Json.object().put("type", "object")));
        SamplingResult first = call.sample("first", request);
        SamplingContent.ToolUse use = first.toolUses().getFirst();
        ToolResult weather = ToolResult.text("sunny in " + use.input().path("city").asString());
        return call
                .sample("second", request.and(first.message(), SamplingContent.ToolOutcome.of(use, weather).message()))
                .text();
    }

    private static String nosy(ObjectNode in, Call call) throws InterruptedException {
        int asked = 0;
        while (call.elicit("question " + asked, "Once more?", Confirm.class).accepted().isPresent()) {
            asked++;
        }
        return "asked " + asked;
    }

    private static String hoarder(ObjectNode in, Call call) throws Exception {
        call.once("much", String.class, () -> "x".repeat(33 << 10));
        return said(call.elicit("confirm", "Shall I?", Confirm.class));
    }

    /** Reports before and after it asks. */
    private static String report(ObjectNode in, Call call) throws InterruptedException {
        call.progress(1, 3);
        call.elicit("first", "Shall I?", Confirm.class);
        call.progress(2, 3);
        call.elicit("second", "Really?", Confirm.class);
        call.progress(3, 3);
        return "reported";
    }
}
