package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressReportsTest {

    private static ProgressReports reports(String token) {
        return new ProgressReports(Json.mapper().readTree(token), Revision.NEWEST);
    }

    private static String say(ProgressReports reports, double done, double total) {
        return reports.report(done, total, "").map(Object::toString).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.5", "{}", "[]", "true"})
    void tokenThatIsNone_isToldNothing(String token) {
        assertEquals("", say(reports(token), 1, 1));
    }

    @Test
    void noToken_isToldNothing() {
        assertEquals("", say(new ProgressReports(null, Revision.NEWEST), 1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"1\"", "1", "-1", "9223372036854775807"})
    void token_isEchoedWithItsType(String token) {
        assertEquals("{\"progressToken\":" + token + ",\"progress\":1}", say(reports(token), 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"3,3", "0,0", "-2,-2", "2.5,2.5", "9007199254740991,9007199254740991"})
    void wholeNumbers_travelAsSuch(double done, String written) {
        assertEquals("{\"progressToken\":1,\"progress\":" + written + "}", say(reports("1"), done, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumber_isNotTold(double value) {
        ProgressReports reports = reports("1");

        assertEquals("", say(reports, value, 1));
        assertEquals("{\"progressToken\":1,\"progress\":1}", say(reports, 1, value));
    }

    @Test
    void progressThatDoesNotGrow_isNotTold() {
        ProgressReports reports = reports("1");

        assertTrue(reports.report(2, 0, "").isPresent());
        assertTrue(reports.report(2, 0, "").isEmpty());
        assertTrue(reports.report(1, 0, "").isEmpty());
        assertTrue(reports.report(2.1, 0, "").isPresent());
    }

    @Test
    void words_areOfLaterRevisions() {
        ProgressReports first = new ProgressReports(Json.mapper().readTree("1"), Revision.V2024_11_05);
        ProgressReports second = new ProgressReports(Json.mapper().readTree("1"), Revision.V2025_03_26);

        assertEquals("{\"progressToken\":1,\"progress\":1}", first.report(1, 0, "w").map(Object::toString).orElse(""));
        assertEquals("{\"progressToken\":1,\"progress\":1,\"message\":\"w\"}",
                second.report(1, 0, "w").map(Object::toString).orElse(""));
    }
}
