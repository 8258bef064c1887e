package org.isotrope.kernels.engine.sweep;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Vectors moved by one lane: the lane that is left over is one of the other end, to be replaced. In a class of their own,
 * which is loaded where they are used only: they take a fresh JVM long.
 */
final class FloatShifts {
    /** Every lane from the one below it, and the first from the last. */
    static final VectorShuffle<Float> UP = VectorShuffle.iota(FloatSweep.SPECIES, FloatSweep.LANES - 1, 1, true);

    /** Every lane from the one above it, and the last from the first. */
    static final VectorShuffle<Float> DOWN = VectorShuffle.iota(FloatSweep.SPECIES, 1, 1, true);

    static final VectorMask<Float> FIRST = VectorMask.fromLong(FloatSweep.SPECIES, 1);
    static final VectorMask<Float> LAST = VectorMask.fromLong(FloatSweep.SPECIES, 1L << (FloatSweep.LANES - 1));

    private FloatShifts() {}
}
