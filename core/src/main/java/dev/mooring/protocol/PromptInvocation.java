package dev.mooring.protocol;

import dev.mooring.feature.Prompt;
import dev.mooring.model.PromptResult;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One use of a prompt. */
record PromptInvocation(Prompt prompt, Map<String, String> arguments) implements Invocation {

    @Override
    public String label() {
        return "Prompt " + prompt.name();
    }

    @Override
    public Optional<String> featureKey() {
        return Optional.of(prompt.name());
    }

    @Override
    public Optional<Duration> timeout() {
        return prompt.timeout();
    }

    @Override
    public Message.Response run(RunningCall call) throws Exception {
        PromptResult result = prompt.get(arguments, call);
        return call.dialect().result(call.id(), call.dialect().writers().prompts().result(result));
    }
}
