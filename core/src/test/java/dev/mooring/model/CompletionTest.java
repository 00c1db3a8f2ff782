package dev.mooring.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void choicesThatBegin_comeBeforeThoseThatContain() {
        List<String> choices = List.of("numpy", "Python", "java", "pytorch");

        assertEquals(Completion.of(List.of("Python", "pytorch", "numpy")), Completion.matching("PY", choices));
        assertEquals(Completion.of(choices), Completion.matching("", choices));
        assertEquals(Completion.NONE, Completion.matching("x", choices));
    }
}
