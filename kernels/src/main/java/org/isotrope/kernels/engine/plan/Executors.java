package org.isotrope.kernels.engine.plan;

import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.banded.DoubleBanded;
import org.isotrope.kernels.engine.banded.FloatBanded;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.DoubleBandedReference;
import org.isotrope.kernels.engine.program.DoubleReference;
import org.isotrope.kernels.engine.program.FloatBandedReference;
import org.isotrope.kernels.engine.program.FloatReference;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.sweep.DoubleSweeps;
import org.isotrope.kernels.engine.sweep.FloatSweeps;

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

    /**
     * Row by row with the Vector API.
     *
     * @param program what to compute
     * @param precision of the fields
     * @return an executor
     */
    public static StencilExecutor banded(BandedProgram program, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatBanded(program);
            case DOUBLE -> new DoubleBanded(program);
        };
    }

    /**
     * The plain scalar reference.
     *
     * @param program what to compute
     * @param precision of the fields
     * @return an executor that gives the same bits, slowly
     */
    public static StencilExecutor reference(BandedProgram program, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatBandedReference(program);
            case DOUBLE -> new DoubleBandedReference(program);
        };
    }
}
