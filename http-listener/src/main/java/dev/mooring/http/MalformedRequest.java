package dev.mooring.http;

/** A request that is not HTTP as the standard has it, with a sentence that says so to the peer. */
final class MalformedRequest extends IllegalArgumentException {

    private final String sentence;

    MalformedRequest(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    /** Thrown for what is attacked with: no stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
