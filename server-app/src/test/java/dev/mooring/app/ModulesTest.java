package dev.mooring.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may use whom, across modules; within core, LayersTest holds it. */
class ModulesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.mooring");

    @Test
    void transports_doNotKnowWhatMessagesMean() {
        noClasses().that()
                .resideInAnyPackage("dev.mooring.transport..", "dev.mooring.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.mooring.model..", "dev.mooring.feature..", "dev.mooring.protocol..",
                        "dev.mooring.session..", "dev.mooring.server..")
                .check(CLASSES);
    }

    @Test
    void netty_staysInTheListener() {
        noClasses().that()
                .resideOutsideOfPackage("dev.mooring.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void guice_staysInModulesAndTheApp() {
        noClasses().that()
                .resideOutsideOfPackage("dev.mooring.app..")
                .and()
                .haveSimpleNameNotEndingWith("Module")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(CLASSES);
    }

    @Test
    void fileFormat_staysInItsStore() {
        noClasses().that()
                .resideOutsideOfPackage("dev.mooring.store.file..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.h2..")
                .check(CLASSES);
    }

    @Test
    void stores_knowSessionsOnly() {
        noClasses().that()
                .resideInAPackage("dev.mooring.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.mooring.transport..", "dev.mooring.http..", "dev.mooring.model..",
                        "dev.mooring.feature..", "dev.mooring.protocol..", "dev.mooring.server..", "dev.mooring.rpc..",
                        "dev.mooring.config..")
                .check(CLASSES);
    }

    @Test
    void client_knowsNoServer() {
        noClasses().that()
                .resideInAPackage("dev.mooring.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.mooring.protocol..", "dev.mooring.server..", "dev.mooring.session..",
                        "dev.mooring.feature..", "dev.mooring.transport.http..", "dev.mooring.transport.inprocess..")
                .check(CLASSES);
    }
}
