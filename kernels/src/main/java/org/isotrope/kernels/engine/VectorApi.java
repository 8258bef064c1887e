package org.isotrope.kernels.engine;

/**
 * The incubating module of the Vector API. On the module path it is there of itself; on the class path only a flag
 * brings it in, and without that the first kernel to load would fail with the name of a class that says nothing to
 * its reader.
 */
public final class VectorApi {
    private static final String MODULE = "jdk.incubator.vector";
    private static final boolean PRESENT = ModuleLayer.boot().findModule(MODULE).isPresent();

    private VectorApi() {}

    /**
     * Requires the module, before any class that needs it is loaded.
     *
     * @throws IllegalStateException if it is missing, naming the flag that brings it in
     */
    public static void require() {
        if (!PRESENT) {
            throw new IllegalStateException("module " + MODULE + " is missing; the JVM had to be started with"
                    + " --add-modules " + MODULE);
        }
    }
}
