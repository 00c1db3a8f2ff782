package dev.mooring.testkit;

import dev.mooring.model.Revision;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that runs in the newest legacy revision and in the newest of all; its parameter is the {@link Revision}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(value = Revision.class, names = {"V2025_11_25", "V2026_07_28"})
public @interface BothEras {}
