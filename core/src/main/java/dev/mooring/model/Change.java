package dev.mooring.model;

/** Something that changed in a server and that its clients may want to hear of. */
public sealed interface Change {

    /** The notification that tells of it. */
    String method();

    /** What a list shows. */
    enum Listing implements Change {
        TOOLS("tools"),
        PROMPTS("prompts"),
        RESOURCES("resources");

        private final String capability;

        Listing(String capability) {
            this.capability = capability;
        }

        /** The capability of a server that has such a list. */
        public String capability() {
            return capability;
        }

        @Override
        public String method() {
            return "notifications/" + capability + "/list_changed";
        }

        /** The member of a subscription's filter that asks for it. */
        public String filter() {
            return capability + "ListChanged";
        }
    }

    /** What is read from a resource. */
    record Resource(String uri) implements Change {
        @Override
        public String method() {
            return "notifications/resources/updated";
        }
    }
}
