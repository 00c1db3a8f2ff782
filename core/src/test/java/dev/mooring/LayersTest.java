package dev.mooring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package of core depends only on the layers below it. */
class LayersTest {

    private static final String ROOT = "dev.mooring";

    /** A layer and the layers it may use besides itself. `server` may use all of them. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(Map.entry("json", Set.of()),
            Map.entry("time", Set.of()), Map.entry("auth", Set.of("json")), Map.entry("config", Set.of("json")),
            Map.entry("rpc", Set.of("json")), Map.entry("transport", Set.of("rpc", "auth", "json")),
            Map.entry("model", Set.of("json")), Map.entry("feature", Set.of("model", "json", "auth")),
            Map.entry("lease", Set.of("time", "auth")), Map.entry("session", Set.of("lease", "time", "auth")),
            Map.entry("protocol",
                    Set.of("json", "time", "auth", "config", "rpc", "transport", "model", "feature", "lease",
                            "session")),
            Map.entry("server", Set.of("json", "time", "auth", "config", "rpc", "transport", "model", "feature",
                    "lease", "session", "protocol")));

    private static final JavaClasses CORE =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

    static Stream<String> layers() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void dependsOnlyDownward(String layer) {
        var allowed = Stream.concat(Stream.of(layer), MAY_USE.getOrDefault(layer, Set.of()).stream())
                .map(LayersTest::packages)
                .toArray(String[]::new);
        noClasses().that()
                .resideInAPackage(packages(layer))
                .should()
                .dependOnClassesThat(resideInAPackage(packages()).and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void everyPackageBelongsToALayer() {
        var unknown = new TreeSet<String>();
        for (var type : CORE) {
            var name = type.getPackageName();
            var layer = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).replaceFirst("\\..*", "");
            if (!MAY_USE.containsKey(layer) && !type.getSimpleName().equals("package-info")) {
                unknown.add(type.getName());
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true).check(CORE);
    }

    @Test
    void noGuiceAndNoNetty() {
        noClasses().should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "io.netty..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    private static String packages(String... layer) {
        return String.join(".", Stream.concat(Stream.of(ROOT), Stream.of(layer)).toList()) + "..";
    }
}
