package org.isotrope.kernels.engine;

import java.util.Optional;
import org.isotrope.grids.Precision;

/** Makes stencil programs ready to run; the one place that chooses between {@code float} and {@code double}. */
public final class Executors {
    private Executors() {}

    /**
     * Flat sweeps with the Vector API.
     *
     * @param program what to compute
     * @param precision of the fields
     * @return an executor
     */
    public static StencilExecutor sweeps(StencilProgram program, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatSweeps(program);
            case DOUBLE -> new DoubleSweeps(program);
        };
    }

    /**
     * Register blocks over padded slabs, in the order of the reference.
     *
     * @param program what to compute
     * @param precision of the fields
     * @return an executor; empty where blocks cannot run the program
     */
    public static Optional<StencilExecutor> blocks(StencilProgram program, Precision precision) {
        boolean single = precision == Precision.FLOAT;
        BlockShape shape = BlockShape.of(program, single ? FloatBlocks.COLUMNS : DoubleBlocks.COLUMNS);
        if (shape == null) {
            return Optional.empty();
        }
        return Optional.of(single ? new FloatDense(program, shape) : new DoubleDense(program, shape));
    }

    /**
     * The plain scalar reference.
     *
     * @param program what to compute
     * @param precision of the fields
     * @return an executor that gives the same bits, slowly
     */
    public static StencilExecutor reference(StencilProgram program, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatReference(program);
            case DOUBLE -> new DoubleReference(program);
        };
    }
}
