package dev.mooring.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the text of a setting may be and which value it stands for. Immutable.
 *
 * @param <T> the value's type
 */
public sealed interface Kind<T>
        permits WholeNumber, ByteSize, Millis, Words, WordList, Location, StorePlace, Secrets, Choice, Switch {

    /** The value that the text stands for, or nothing if the text is not of this kind. */
    Optional<T> read(String text);

    /** The text that stands for this value: what {@link #read} takes back. */
    String write(T value);

    /** What a text of this kind looks like, for messages and documentation. */
    String expected();

    /** The value as a person would say it; differs from {@link #write} where that is a bare number. */
    default String readable(T value) {
        return write(value);
    }

    /** Whether an empty text is a value; otherwise it counts as not set. */
    default boolean takesEmpty() {
        return false;
    }

    /** Whether its text must never be shown. */
    default boolean isSecret() {
        return false;
    }

    /** A whole number from {@code min} to {@code max}. */
    static Kind<Integer> wholeNumber(int min, int max) {
        return new WholeNumber(min, max);
    }

    /** A number of bytes, also with a unit ({@code 4MiB}). */
    static Kind<Long> bytes(long min, long max) {
        return new ByteSize(min, max);
    }

    /** A time in milliseconds, also with a unit ({@code 30m}). */
    static Kind<Duration> time(Duration min, Duration max) {
        return new Millis(min, max, "");
    }

    /** As {@link #time}, and 0 besides, which means what {@code zero} says ("never"). */
    static Kind<Duration> timeOrZero(Duration min, Duration max, String zero) {
        return new Millis(min, max, zero);
    }

    /** Text that passes the check, which {@code expected} describes. */
    static Kind<String> text(String expected, Predicate<String> check) {
        return new Words(expected, check);
    }

    /** Texts separated by commas, each of which passes the check; may be empty. */
    static Kind<List<String>> list(String expected, Predicate<String> check) {
        return new WordList(expected, check);
    }

    /** A file or folder; empty means none. */
    static Kind<Optional<Path>> path() {
        return new Location();
    }

    /** In memory (nothing), or in a file. */
    static Kind<Optional<Path>> store() {
        return new StorePlace();
    }

    /** Secrets of at least so many characters, separated by commas; may be empty. */
    static Kind<List<String>> secrets(int shortest) {
        return new Secrets(shortest);
    }

    /** One constant of an enum, written in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        return new Choice<>(type);
    }

    /** {@code on} or {@code off}. */
    static Kind<Boolean> onOff() {
        return new Switch();
    }
}
