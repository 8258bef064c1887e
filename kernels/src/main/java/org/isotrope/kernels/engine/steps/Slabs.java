package org.isotrope.kernels.engine.steps;

import java.util.function.Supplier;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.engine.banded.DoubleBanded;
import org.isotrope.kernels.engine.banded.FloatBanded;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.SlabSweep;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.sweep.DoubleSweeps;
import org.isotrope.kernels.engine.sweep.FloatSweeps;

/**
 * A program cut across its outermost axis, for steps that run behind each other: planes of axis 0 or, where there is one
 * plane, bands of at least {@link SlabSweep#BAND} rows.
 *
 * @param shape number of planes, rows and columns
 * @param components out, and as many in
 * @param count number of slabs
 * @param lag how many slabs away any slab reads, at least 1
 * @param periodic whether the first slab may read the last
 * @param sweeps makes sweeps for one thread each
 */
public record Slabs(int[] shape, int components, int count, int lag, boolean periodic, Supplier<SlabSweep> sweeps) {
    /**
     * Cuts a program of constant weights.
     *
     * @param program with as many components out as in
     * @param precision of the fields
     * @param periodic whether the {@linkplain #axis axis} across slabs is periodic
     * @return the slabs
     */
    public static Slabs of(StencilProgram program, Precision precision, boolean periodic) {
        int[] shape = {program.size(0), program.size(1), program.size(2)};
        int count = count(shape);
        Supplier<SlabSweep> sweeps = switch (precision) {
            case FLOAT -> () -> new FloatSweeps(program).slabs(count);
            case DOUBLE -> () -> new DoubleSweeps(program).slabs(count);
        };
        return of(shape, program.stencil().outputs(), reach(program, periodic), periodic, sweeps);
    }

    /**
     * Cuts a program of weights that vary along axes.
     *
     * @param program with as many components out as in
     * @param precision of the fields
     * @return the slabs
     */
    public static Slabs of(BandedProgram program, Precision precision) {
        int[] shape = {program.size(0), program.size(1), program.size(2)};
        int count = count(shape);
        int reach = 1;
        boolean periodic = false;
        for (KroneckerProduct term : program.squeezed()) {
            BandedMatrix matrix = program.along(term, axis(shape));
            for (int i = 0; matrix != null && i < matrix.size(); i++) {
                int first = matrix.firstColumn(i);
                reach = Math.max(reach, Math.max(i - first, first + matrix.width(i) - 1 - i));
                periodic |= matrix.isPeriodic();
            }
        }
        Supplier<SlabSweep> sweeps = switch (precision) {
            case FLOAT -> () -> new FloatBanded(program).slabs(count);
            case DOUBLE -> () -> new DoubleBanded(program).slabs(count);
        };
        return of(shape, program.outputs(), reach, periodic, sweeps);
    }

    private static Slabs of(int[] shape, int components, int reach, boolean periodic, Supplier<SlabSweep> sweeps) {
        int thinnest = shape[axis(shape)] / count(shape);
        return new Slabs(shape, components, count(shape), (reach + thinnest - 1) / thinnest, periodic, sweeps);
    }

    /**
     * The axis that is cut.
     *
     * @param program a program
     * @return 0, or 1 where axis 0 has one node
     */
    public static int axis(StencilProgram program) {
        return program.size(0) > 1 ? 0 : 1;
    }

    private static int axis(int[] shape) {
        return shape[0] > 1 ? 0 : 1;
    }

    private static int count(int[] shape) {
        return axis(shape) == 0 ? shape[0] : Math.max(1, shape[1] / SlabSweep.BAND);
    }

    /** Nodes of one component. */
    long nodes() {
        return (long) shape[0] * shape[1] * shape[2];
    }

    /** The first node of a slab. */
    long node(int slab) {
        long rows = axis(shape) == 0 ? (long) slab * shape[1] : (long) shape[1] * slab / count;
        return rows * shape[2];
    }

    /** Planes or rows away that any node reads, at least 1. */
    private static int reach(StencilProgram program, boolean periodic) {
        int axis = axis(program);
        int n = program.size(axis);
        int reach = 1;
        for (int plane = 0; plane < program.size(0); plane++) {
            for (int row = 0; row < program.size(1); row++) {
                for (StencilProgram.RowTaps taps : program.rowTaps(plane, row)) {
                    for (int offset : axis == 0 ? taps.planes() : taps.rows()) {
                        int away = Math.abs(offset);
                        reach = Math.max(reach, periodic ? Math.min(away, n - away) : away);
                    }
                }
                row = skipInterior(program.map(1), row);
            }
            plane = skipInterior(program.map(0), plane);
        }
        return reach;
    }

    /** The last index of the same class. */
    private static int skipInterior(AxisMap map, int i) {
        return map.isInterior(i) ? map.size() - map.high() - 1 : i;
    }
}
