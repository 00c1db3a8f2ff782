package dev.mooring.conformance;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Tool;

/** Tools that change what the server has, so that clients which listen are told. What they add they take away at once. */
final class ChangeTools implements Plugin {
    private static final String PASSING = "test_passing";

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools().add(tool("test_trigger_tool_change", "Changes the list of tools", () -> {
            catalog.tools().add(tool(PASSING, "Is there for a moment", () -> {}));
            catalog.tools().remove(PASSING);
        }));
        catalog.tools().add(tool("test_trigger_prompt_change", "Changes the list of prompts", () -> {
            catalog.prompts().add(Prompt.named(PASSING).noArguments().text((in, call) -> "passing"));
            catalog.prompts().remove(PASSING);
        }));
    }

    private static synchronized void change(Runnable change) {
        change.run();
    }

    private static Tool tool(String name, String description, Runnable change) {
        return Tool.named(name).description(description).noArguments().text((in, call) -> {
            change(change);
            return "Changed.";
        });
    }
}
