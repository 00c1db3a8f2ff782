package dev.mooring.protocol;

/**
 * Bounds on what clients subscribe to.
 *
 * @param total how many {@code subscriptions/listen} streams may be open at once
 * @param perOwner how many of them may belong to one principal, or, of those without credentials, to one client address
 * @param perConnection how many of them may be open on one shared channel
 * @param resources how many resources one legacy session or one stream may subscribe to
 * @param uriCharacters how long their URIs may be, all together
 */
public record SubscriptionLimits(int total, int perOwner, int perConnection, int resources, int uriCharacters) {

    public static final SubscriptionLimits DEFAULT = new SubscriptionLimits(10_000, 100, 100, 1_000, 256 << 10);

    public SubscriptionLimits {
        if (total < 1 || perOwner < 1 || perConnection < 1 || resources < 1 || uriCharacters < 1) {
            throw new IllegalArgumentException("total: " + total + ", perOwner: " + perOwner + ", perConnection: "
                    + perConnection + ", resources: " + resources + ", uriCharacters: " + uriCharacters
                    + " (expected: each >= 1)");
        }
    }

    public SubscriptionLimits withTotal(int total) {
        return new SubscriptionLimits(total, perOwner, perConnection, resources, uriCharacters);
    }

    public SubscriptionLimits withPerOwner(int perOwner) {
        return new SubscriptionLimits(total, perOwner, perConnection, resources, uriCharacters);
    }

    public SubscriptionLimits withPerConnection(int perConnection) {
        return new SubscriptionLimits(total, perOwner, perConnection, resources, uriCharacters);
    }

    public SubscriptionLimits withResources(int resources) {
        return new SubscriptionLimits(total, perOwner, perConnection, resources, uriCharacters);
    }

    public SubscriptionLimits withUriCharacters(int uriCharacters) {
        return new SubscriptionLimits(total, perOwner, perConnection, resources, uriCharacters);
    }

    /** Whether so many resources may be subscribed to. */
    boolean allow(int count, long characters) {
        return count <= resources && characters <= uriCharacters;
    }

    /** What {@link #allow} allows, in words. */
    String words() {
        return resources + " resources, or URIs of " + uriCharacters + " characters together";
    }
}
