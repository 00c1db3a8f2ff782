package dev.mooring.feature;

/** Adds features to a server that was built without knowing them; found by {@link java.util.ServiceLoader}. */
public interface Plugin {

    /** Adds what this plugin has to offer. Called once, before the server starts. */
    void contribute(Catalog catalog);
}
