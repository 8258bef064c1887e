package org.isotrope.jmh;

import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.AffineOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;

/**
 * What walls and uneven spacings cost the 7-point Laplacian of n³ values: {@code isotrope} on uniform periodic axes; on
 * uniform bounded ones with {@code zero} and {@code mirror} and {@code extrapolated} ghosts, {@code onesided}, or with
 * {@code values} at walls half a cell beyond the last nodes; and on {@code uneven} axes and periodic ones,
 * {@code unevenperiodic}. All read and write the same memory.
 */
final class Geometry extends Workload {
    Geometry(int n, Precision precision) {
        super(precision, 3, n, 1, Taps.Edges.PERIODIC);
    }

    @Override
    LinearOperator operator(Grid grid) {
        return Operators.laplacian(grid);
    }

    @Override
    Task other(String who) {
        LinearOperator laplacian = laplacian(who);
        Grid grid = laplacian.domain().grid();
        Field from = on(grid, in);
        Field to = on(grid, out);
        var plan = laplacian.plan(precision, Execution.serial());
        return () -> plan.apply(from, to);
    }

    private LinearOperator laplacian(String who) {
        Grid uniform = grid(Axis.uniform(0, n - 1, n));
        return switch (who) {
            case "zero" -> Operators.laplacian(uniform, Boundaries.all(Boundary.zero()));
            case "mirror" -> Operators.laplacian(uniform, Boundaries.all(Boundary.mirror()));
            case "extrapolated" -> Operators.laplacian(uniform, Boundaries.all(Boundary.extrapolate(2)));
            case "onesided" -> Operators.laplacian(uniform);
            case "values" -> AffineOperator.of(grid(Axis.cells(0, n, n)), Boundaries.all(Boundary.value()),
                    Differential::laplacian).linear();
            case "uneven" -> Operators.laplacian(grid(Axis.nodes(uneven())));
            case "unevenperiodic" -> Operators.laplacian(grid(Axis.periodicNodes(n, uneven())));
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }

    private static Grid grid(Axis axis) {
        Axis[] axes = new Axis[3];
        Arrays.fill(axes, axis);
        return Grid.of(axes);
    }

    private double[] uneven() {
        double[] x = new double[n];
        Arrays.setAll(x, i -> i + 0.3 * Math.sin(2.3 * i));
        return x;
    }

    private Field on(Grid grid, Field field) {
        return Fields.wrap(field.segment(), field.type(), grid, precision);
    }

    /** The bits of the scalar reference; on periodic axes also the sums of inputs and weights. */
    @Override
    void verify(String who) {
        boolean periodic = who.startsWith("isotrope");
        if (periodic) {
            super.verify(who);
        }
        LinearOperator laplacian = periodic ? operator(in.grid()) : laplacian(who);
        Grid grid = laplacian.domain().grid();
        Field expected = empty(out.type(), grid);
        laplacian.plan(precision, Execution.scalarReference()).apply(on(grid, in), expected);
        long different = expected.segment().mismatch(out.segment());
        if (different >= 0) {
            long i = different / precision.bytes();
            throw new IllegalStateException(who + " differs from the scalar reference at value " + i + ", "
                    + out.getFlat(i) + "; it had to be " + expected.getFlat(i));
        }
    }
}
