package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a URI to the values of a template's variables. */
class UriTemplateTest {

    private static String match(String template, String uri) {
        return UriTemplate.of(template).match(uri).map(Object::toString).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"note://{id}|note://5|{id=5}", "note://{id}|note://a:b;c=d@e|{id=a:b;c=d@e}",
        "test://template/{id}/data|test://template/123/data|{id=123}",
        "file:///{path}|file:///src%2Fmain.rs|{path=src/main.rs}",
        "file:///{+path}|file:///src/main.rs|{path=src/main.rs}", "x:{a}-{b}|x:1-2-3|{a=1, b=2-3}",
        "x:{a}.{b}.txt|x:1.2.txt.txt|{a=1, b=2.txt}", "x:{a}{b}|x:123|{a=1, b=23}", "x:{+a}/{b}|x:1/2/3|{a=1/2, b=3}",
        "x:/{a}/{+rest}|x:/1/2/3|{a=1, rest=2/3}", "x:{a}?q={b}|x:1?q=2|{a=1, b=2}", "x:{a}|x:%C3%A9%20%25|{a=é %}",
        "x:{a}|x:é|{a=é}", "x:{a}|x:1+1|{a=1+1}"})
    void uriOfTheTemplate_isTakenApart(String template, String uri, String values) {
        assertEquals(values, match(template, uri));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"note://{id}|note://", "note://{id}|note://a/b", "note://{id}|note://a?b",
        "note://{id}|note://a#b", "note://{id}|notes://a", "note://{id}|NOTE://a", "note://{id}/x|note://a",
        "x:{a}|x:a b", "x:{+a}|'x:a\nb'", "x:{a}-{b}|x:12", "x:{a}-{b}|x:-2", "x:{a}|x:%", "x:{a}|x:%4", "x:{a}|x:%zz",
        "x:{a}|x:%FF", "x:{a}y|''"})
    void otherUri_isNone(String template, String uri) {
        assertEquals("none", match(template, uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x:", "{id}", "/{id}", "{s}:x", "1x:{id}", "x:{id", "x:id}", "x:{}", "x:{a b}",
        "x:{a*}", "x:{a:3}", "x:{/a}", "x:{?a,b}", "x:{a}/{a}", "x:{{a}}"})
    void templateThatCannotBeReadBackwards_isRefused(String template) {
        assertThrows(IllegalArgumentException.class, () -> UriTemplate.of(template));
    }

    @Test
    void uriLongerThanAny_isNone() {
        assertEquals("none", match("x:{a}", "x:" + "a".repeat(8_191)));
        String longest = "a".repeat(8_190);
        assertEquals("{a=" + longest + "}", match("x:{a}", "x:" + longest));
    }

    @Test
    void templateWithManyWaysToMatch_takesNoTimeOfNote() {
        String template = "x:{a}a{b}a{c}a{d}a{e}a{f}a{g}a{h}!";
        String uri = "x:" + "a".repeat(8_000);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertEquals("none", match(template, uri)));
    }
}
