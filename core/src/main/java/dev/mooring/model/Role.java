package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who says a message of a conversation. */
public enum Role {
    USER("user"),
    ASSISTANT("assistant");

    private final String wire;

    Role(String wire) {
        this.wire = wire;
    }

    /** The role as it travels. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
