package org.isotrope.jmh;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.isotrope.grids.Field;
import org.jspecify.annotations.Nullable;

/** Another library of the JVM, which takes part where it is on the class path. */
public interface Peer {
    /** All that there may be. */
    List<String> NAMES = List.of("openCv", "boofCv", "jTransforms");

    /**
     * The contestant.
     *
     * @return one of the names
     */
    String name();

    /**
     * A convolution, single precision, one thread.
     *
     * @param in scalars on a square or cube
     * @param out the result
     * @param kernel width by width numbers, each multiplying what lies at its offset
     * @param width of the kernel
     * @return the work of a call; {@link Task#deliver} writes {@code out}
     */
    Task convolution(Field in, Field out, float[] kernel, int width);

    /** One that is on the class path. */
    static @Nullable Peer named(String name) {
        try {
            for (Peer peer : ServiceLoader.load(Peer.class)) {
                if (peer.name().equals(name)) {
                    return peer;
                }
            }
        } catch (ServiceConfigurationError notBuilt) {
            // a build of the profile leaves its list of peers behind in the folder of classes
        }
        return null;
    }
}
