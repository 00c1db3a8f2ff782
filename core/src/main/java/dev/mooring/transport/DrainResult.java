package dev.mooring.transport;

/**
 * How a drain ended.
 *
 * @param clean whether everything in flight was finished in time
 * @param left how many exchanges were still unanswered
 */
public record DrainResult(boolean clean, int left) {

    public static final DrainResult CLEAN = new DrainResult(true, 0);

    /** Both, where what one counts may be among what the other counts. */
    public DrainResult overlap(DrainResult other) {
        return new DrainResult(clean && other.clean, Math.max(left, other.left));
    }

    /** Both together. */
    public DrainResult and(DrainResult other) {
        return new DrainResult(clean && other.clean, left + other.left);
    }
}
