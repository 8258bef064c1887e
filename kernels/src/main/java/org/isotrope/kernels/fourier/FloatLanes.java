package org.isotrope.kernels.fourier;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this package. A row is one vector: an element of as many lines as there are lanes. */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatLanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    static final int LANES = SPECIES.length();
    static final int ROW = SPECIES.vectorByteSize();

    private FloatLanes() {}

    static FloatVector constant(double value) {
        return FloatVector.broadcast(SPECIES, (float) value);
    }

    /** Complex factors as the kernels read them: real part, imaginary part, its negative. */
    static float[] factors(double[] re, double[] im) {
        float[] factors = new float[3 * re.length];
        for (int k = 0; k < re.length; k++) {
            factors[3 * k] = (float) re[k];
            factors[3 * k + 1] = (float) im[k];
            factors[3 * k + 2] = (float) -im[k];
        }
        return factors;
    }
}
