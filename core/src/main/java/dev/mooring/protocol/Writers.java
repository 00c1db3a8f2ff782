package dev.mooring.protocol;

import dev.mooring.model.Revision;

/** What puts things in the words of one revision. */
record Writers(DescriptionWriter descriptions, ToolWriter tools, ResourceWriter resources, PromptWriter prompts) {

    static Writers of(Revision revision) {
        DescriptionWriter descriptions = new DescriptionWriter(revision);
        ContentWriter content = new ContentWriter(revision);
        return new Writers(descriptions, new ToolWriter(revision, descriptions, content),
                new ResourceWriter(descriptions, content), new PromptWriter(revision, descriptions, content));
    }
}
