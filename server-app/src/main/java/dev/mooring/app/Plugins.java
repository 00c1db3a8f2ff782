package dev.mooring.app;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of a folder, each in a class loader of its own that sees the server's classes and not its neighbours'. What
 * is wrong with one jar is logged with its name and does not touch the others. Used by one thread at a time.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<Jar> jars;

    private Plugins(List<Jar> jars) {
        this.jars = List.copyOf(jars);
    }

    private record Jar(String name, URLClassLoader loader) {}

    /** No plugins at all. */
    public static Plugins none() {
        return new Plugins(List.of());
    }

    /** Opens the jars of a folder, in the order of their names; a missing folder has none. */
    public static Plugins open(Path folder) {
        List<Jar> jars = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                new JarFile(file.toFile()).close(); // a class loader would pass over a broken file in silence
                URL[] urls = {file.toUri().toURL()};
                jars.add(new Jar(file.getFileName().toString(),
                        new URLClassLoader(urls, Plugins.class.getClassLoader())));
            } catch (IOException e) {
                LOG.error("Plugin {} is skipped: not a jar that can be read ({})", file, e.getMessage());
            }
        }
        return new Plugins(jars);
    }

    /**
     * Makes an instance of every provider of {@code type} that a jar of this folder names for {@link ServiceLoader} and
     * holds itself, in the order of the jars.
     */
    public <T> List<T> load(Class<T> type) {
        List<T> loaded = new ArrayList<>();
        for (Jar jar : jars) {
            List<T> found = load(type, jar);
            LOG.debug("Plugin {} has {} of {}", jar.name(), found.size(), type.getName());
            loaded.addAll(found);
        }
        return loaded;
    }

    /** Closes the class loaders; what was loaded must not be used any more. */
    @Override
    public void close() {
        for (Jar jar : jars) {
            try {
                jar.loader().close();
            } catch (IOException e) {
                LOG.warn("Plugin {} did not close", jar.name(), e);
            }
        }
    }

    private static <T> List<T> load(Class<T> type, Jar jar) {
        List<T> loaded = new ArrayList<>();
        try {
            Iterator<ServiceLoader.Provider<T>> providers = ServiceLoader.load(type, jar.loader()).stream().iterator();
            while (providers.hasNext()) {
                ServiceLoader.Provider<T> provider = providers.next();
                if (jar.loader().equals(provider.type().getClassLoader())) {
                    instantiate(provider, jar, loaded);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            report(jar, "the rest of it", e);
        }
        return loaded;
    }

    private static <T> void instantiate(ServiceLoader.Provider<T> provider, Jar jar, List<T> loaded) {
        try {
            loaded.add(provider.get());
        } catch (ServiceConfigurationError | LinkageError e) {
            report(jar, provider.type().getName(), e);
        }
    }

    private static void report(Jar jar, String what, Error error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        LOG.error("Plugin {} is broken, {} is skipped ({})", jar.name(), what, cause.toString());
        LOG.debug("Plugin {}", jar.name(), error);
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.error("No plugins are loaded: {} is not a folder that can be read ({})", folder, e.toString());
            return List.of();
        }
    }
}
