package dev.mooring.sample;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Default;
import dev.mooring.feature.Description;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.model.ToolAnnotations;
import java.time.Duration;

/**
 * The sample tools echo, add, slow, sleep, fail and toggle, which changes what there is; a resource about them, and a prompt
 * that greets.
 */
public final class SamplePlugin implements Plugin {
    private static final ToolAnnotations HARMLESS = ToolAnnotations.NONE.readOnly().idempotent().closedWorld();

    record Echo(@Description("What to say") String message) {}

    record Add(double a, double b) {}

    record Sum(double sum) {}

    record Slow(
            @Description("How long it takes in all, 0 to 600") @Default("3") double seconds,
            @Description("How often it reports progress, 1 to 1000") @Default("3") int steps) {}

    record Sleep(@Description("Milliseconds to sleep, 0 to 600000") long ms) {}

    enum Tone {
        FRIENDLY,
        FORMAL
    }

    record Greeting(
            @Description("Whom to greet") String name,
            @Description("FRIENDLY or FORMAL") @Default("FRIENDLY") Tone tone) {}

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools().add(echo());
        catalog.tools().add(add());
        catalog.tools().add(slow());
        catalog.tools().add(sleep());
        catalog.tools().add(fail());
        catalog.tools().add(toggle(catalog));
        catalog.resources().add(about());
        catalog.prompts().add(greet());
    }

    private static Tool echo() {
        return Tool.named("echo")
                .description("Says what it is told")
                .annotations(HARMLESS)
                .arguments(Echo.class)
                .text((in, call) -> in.message());
    }

    private static Tool add() {
        return Tool.named("add")
                .description("Adds two numbers")
                .annotations(HARMLESS)
                .arguments(Add.class)
                .structured(Sum.class, (in, call) -> new Sum(in.a() + in.b()));
    }

    private static Tool slow() {
        return Tool.named("slow")
                .description("Takes its time and tells how far it is")
                .annotations(HARMLESS)
                .arguments(Slow.class)
                .text((in, call) -> {
                    if (in.steps() < 1 || in.steps() > 1000) {
                        throw new ToolException("steps: " + in.steps() + " (expected: 1 to 1000)");
                    }
                    Duration step = between(in.seconds(), 600, "seconds").dividedBy(in.steps());
                    for (int done = 1; done <= in.steps(); done++) {
                        Thread.sleep(step);
                        call.progress(done, in.steps(), "step " + done + " of " + in.steps());
                    }
                    return "done in " + in.steps() + " steps";
                });
    }

    private static Tool sleep() {
        return Tool.named("sleep")
                .description("Sleeps")
                .annotations(HARMLESS)
                .arguments(Sleep.class)
                .text((in, call) -> {
                    Thread.sleep(between(in.ms() / 1000.0, 600, "ms / 1000"));
                    return "slept " + in.ms() + " ms";
                });
    }

    private static Tool fail() {
        return Tool.named("fail").description("Fails, always").annotations(HARMLESS).noArguments().text((in, call) -> {
            throw new ToolException("This tool always fails");
        });
    }

    private static Tool toggle(Catalog catalog) {
        Tool extra = Tool.named("extra").description("Comes and goes").noArguments().text((in, call) -> "here");
        return Tool.named("toggle")
                .description("Adds the tool extra, or takes it away; clients that listen are told")
                .noArguments()
                .text((in, call) -> {
                    if (catalog.tools().remove(extra.name())) {
                        return "extra is gone";
                    }
                    catalog.tools().add(extra);
                    return "extra is there";
                });
    }

    private static Resource about() {
        return Resource.at("sample://about")
                .named("about")
                .description("What this server has to offer")
                .mimeType("text/plain")
                .text(call -> "A few tools to call, this resource, and the prompt \"greet\".");
    }

    private static Prompt greet() {
        return Prompt.named("greet")
                .description("Asks for a greeting")
                .arguments(Greeting.class)
                .text((in, call) -> "Greet " + in.name() + switch (in.tone()) {
                    case FRIENDLY -> " like an old friend.";
                    case FORMAL -> " as one greets a king.";
                });
    }

    private static Duration between(double seconds, int most, String name) {
        if (!(seconds >= 0 && seconds <= most)) {
            throw new ToolException(name + ": " + seconds + " (expected: 0 to " + most + ")");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
