package dev.mooring.conformance;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.feature.Answers;
import dev.mooring.feature.Call;
import dev.mooring.feature.Catalog;
import dev.mooring.feature.Default;
import dev.mooring.feature.Description;
import dev.mooring.feature.Form;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Question;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.ClientCapability;
import dev.mooring.model.Elicited;
import dev.mooring.model.SamplingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Features that ask the client before they answer. */
final class AskingFeatures implements Plugin {
    private static final String ROUNDS = "test_input_required_result_";

    private static final Form<ObjectNode> ENUMS = Form.of((ObjectNode) Json.mapper()
            .readTree(
                    """
                            {
                              "type": "object",
                              "properties": {
                                "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
                                "titledSingle": {
                                  "type": "string",
                                  "oneOf": [{"const": "value1", "title": "First Option"}, {"const": "value2", "title": "Second Option"}]
                                },
                                "legacyEnum": {"type": "string", "enum": ["opt1", "opt2"], "enumNames": ["Option One", "Option Two"]},
                                "untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2"]}},
                                "titledMulti": {
                                  "type": "array",
                                  "items": {
                                    "anyOf": [{"const": "value1", "title": "First Choice"}, {"const": "value2", "title": "Second Choice"}]
                                  }
                                }
                              }
                            }
                            """));

    record Ask(@Description("What to ask the model") String prompt) {}

    record Tell(@Description("What to tell the user") String message) {}

    record Account(String username, String email) {}

    record Color(String color) {}

    record About(String context) {}

    record Name(String name) {}

    record Confirm(boolean ok) {}

    enum Status {
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("inactive")
        INACTIVE,
        @JsonProperty("pending")
        PENDING
    }

    record Defaults(
            @Default("John Doe") String name,
            @Default("30") int age,
            @Default("95.5") double score,
            @Default("active") Status status,
            @Default("true") boolean verified) {}

    /** What a handler without arguments says. */
    @FunctionalInterface
    private interface Saying {
        String say(Call call) throws Exception;
    }

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools()
                .add(Tool.named("test_sampling")
                        .description("Asks the client's model")
                        .arguments(Ask.class)
                        .text((in, call) -> "LLM response: " + model(call, in.prompt())));
        catalog.tools()
                .add(Tool.named("test_elicitation")
                        .description("Asks the user for an account")
                        .arguments(Tell.class)
                        .text((in, call) -> said(call.elicit("account", in.message(), Account.class))));
        add(catalog, "test_elicitation_sep1034_defaults", "Asks with defaults",
                call -> said(call.elicit("defaults", "Please review", Defaults.class)));
        add(catalog, "test_elicitation_sep1330_enums", "Asks with choices of every kind",
                call -> said(call.elicit("enums", "Please choose", ENUMS)));
        add(catalog, "test_streaming_elicitation", "Asks the user", AskingFeatures::name);
        catalog.tools()
                .add(Tool.named("test_missing_capability")
                        .description("Needs a client with a model")
                        .needs(ClientCapability.SAMPLING)
                        .noArguments()
                        .text((in, call) -> model(call, "Say something.")));
        addRounds(catalog);
    }

    private static void addRounds(Catalog catalog) {
        add(catalog, ROUNDS + "elicitation", "Asks the user for a name", AskingFeatures::name);
        add(catalog, ROUNDS + "sampling", "Asks the client's model",
                call -> model(call, "What is the capital of France?"));
        add(catalog, ROUNDS + "list_roots", "Asks for the client's folders",
                call -> "Roots: " + call.roots("client_roots"));
        add(catalog, ROUNDS + "request_state", "Asks the user to confirm",
                call -> "state-ok: " + said(call.elicit("confirm", "Please confirm", Confirm.class)));
        add(catalog, ROUNDS + "tampered_state", "Asks the user to confirm",
                call -> said(call.elicit("confirm", "Please confirm", Confirm.class)));
        add(catalog, ROUNDS + "multiple_inputs", "Asks for several things at once", AskingFeatures::several);
        add(catalog, ROUNDS + "multi_round", "Asks twice",
                call -> said(call.elicit("step1", "What is your name?", Name.class)) + ", "
                        + said(call.elicit("step2", "What is your favourite colour?", Color.class)));
        add(catalog, ROUNDS + "capabilities", "Asks for what the client can be asked", AskingFeatures::whatItCan);
        catalog.prompts()
                .add(Prompt.named(ROUNDS + "prompt")
                        .description("Asks the user for a context")
                        .noArguments()
                        .text((in, call) -> said(call.elicit("user_context", "What is it about?", About.class))));
    }

    private static void add(Catalog catalog, String name, String description, Saying saying) {
        catalog.tools()
                .add(Tool.named(name).description(description).noArguments().text((in, call) -> saying.say(call)));
    }

    private static String name(Call call) throws InterruptedException {
        return said(call.elicit("user_name", "What is your name?", Name.class));
    }

    private static String model(Call call, String prompt) throws InterruptedException {
        return call.sample("model", SamplingRequest.of(prompt, 100)).text();
    }

    private static String several(Call call) throws InterruptedException {
        Question<?> name = Question.form("user_name", "What is your name?", Name.class);
        Question<?> greeting = Question.sampling("greeting", SamplingRequest.of("Say hello.", 50));
        Question<?> roots = Question.roots("client_roots");
        Answers answers = call.ask(name, greeting, roots);
        return answers.to(name) + ", " + answers.to(greeting) + ", " + answers.to(roots);
    }

    private static String whatItCan(Call call) throws InterruptedException {
        List<Question<?>> can = new ArrayList<>();
        if (call.client().can(ClientCapability.ELICITATION_FORM)) {
            can.add(Question.form("user_name", "What is your name?", Name.class));
        }
        if (call.client().can(ClientCapability.SAMPLING)) {
            can.add(Question.sampling("model", SamplingRequest.of("Say hello.", 50)));
        }
        Answers answers = call.ask(can.toArray(new Question<?>[0]));
        return can.stream().map(question -> String.valueOf(answers.to(question))).toList().toString();
    }

    private static String said(Elicited<?> answer) {
        String action = switch (answer) {
            case Elicited.Accepted<?> accepted -> "accept";
            case Elicited.Declined<?> declined -> "decline";
            case Elicited.Cancelled<?> cancelled -> "cancel";
        };
        Optional<?> content = answer.accepted();
        return "User response: action=" + action + ", content=" + content.map(Object::toString).orElse("none");
    }
}
