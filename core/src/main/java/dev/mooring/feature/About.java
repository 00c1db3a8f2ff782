package dev.mooring.feature;

import dev.mooring.model.Icon;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What can be said of any feature. */
record About(
        String name,
        @Nullable String title,
        String description,
        List<Icon> icons,
        @Nullable ObjectNode meta,
        @Nullable Duration timeout,
        @Nullable Predicate<Context> audience) {}
