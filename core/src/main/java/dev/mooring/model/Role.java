package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who says something in a conversation with a model. */
public enum Role {
    @JsonProperty("user")
    USER,
    @JsonProperty("assistant")
    ASSISTANT
}
