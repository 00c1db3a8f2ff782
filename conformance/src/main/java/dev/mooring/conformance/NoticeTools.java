package dev.mooring.conformance;

import dev.mooring.feature.Call;
import dev.mooring.feature.Catalog;
import dev.mooring.feature.Handler;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Tool;
import dev.mooring.model.LogLevel;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Tools that tell the client something before they answer. */
final class NoticeTools implements Plugin {
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools().add(tool("test_tool_with_logging", "Logs three messages while it works", NoticeTools::log));
        catalog.tools().add(tool("test_logging_tool", "Logs one message", NoticeTools::logOnce));
        catalog.tools().add(tool("test_reconnection", "Lets its client go and come back", NoticeTools::reconnection));
        catalog.tools().add(tool("test_tool_with_progress", "Reports progress in three steps", NoticeTools::progress));
    }

    private static Tool tool(String name, String description, Handler<ObjectNode, String> handler) {
        return Tool.named(name).description(description).noArguments().text(handler);
    }

    private static String log(ObjectNode none, Call call) throws InterruptedException {
        call.log(LogLevel.INFO, "", "Tool execution started");
        Thread.sleep(PAUSE);
        call.log(LogLevel.INFO, "", "Tool processing data");
        Thread.sleep(PAUSE);
        call.log(LogLevel.INFO, "", "Tool execution completed");
        return "Logged three messages.";
    }

    private static String logOnce(ObjectNode none, Call call) throws InterruptedException {
        call.log(LogLevel.INFO, "", "Tool executed");
        return "Logged one message.";
    }

    private static String reconnection(ObjectNode none, Call call) throws InterruptedException {
        call.pause(PAUSE);
        Thread.sleep(PAUSE.multipliedBy(2));
        return "Came back.";
    }

    private static String progress(ObjectNode none, Call call) throws InterruptedException {
        call.progress(0, 100);
        Thread.sleep(PAUSE);
        call.progress(50, 100);
        Thread.sleep(PAUSE);
        call.progress(100, 100);
        return "Reported 100 of 100.";
    }
}
