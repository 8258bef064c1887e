package org.isotrope.jmh;

import java.util.List;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;

/**
 * A hundred steps of explicit diffusion on n³ values: as a power, whose steps run as waves through the cache;
 * {@code steps}, one sweep of Isotrope after the other, whose bits the power has to have; and by C.
 */
final class Diffusion extends Workload {
    private static final int STEPS = 100;
    private static final double RATE = 0.1;

    Diffusion(int n, Precision precision) {
        super(precision, 3, n, 1, Taps.Edges.PERIODIC);
    }

    @Override
    LinearOperator operator(Grid grid) {
        return Operators.identity(grid, FieldType.SCALAR).plus(Operators.laplacian(grid).times(RATE));
    }

    @Override
    Task plan(Execution execution) {
        Plan power = operator(in.grid()).power(STEPS).plan(precision, execution);
        return () -> power.apply(in, out);
    }

    @Override
    Task other(String who) throws Throwable {
        double[] weights = {1 - 6 * RATE, RATE};
        long values = in.count();
        return switch (who) {
            case "steps" -> steps();
            case "plainC" -> plain("diffusion", weights, values, n, 0, STEPS);
            case "tunedC" -> {
                // 4 steps a tile of 24 rows in rings of 4 planes
                long scratch = values + 4L * 4 * 24 * n;
                yield tuned("diffusion", weights, scratch, List.of(new long[] {n, 0, STEPS}, new long[] {n, 1, STEPS}));
            }
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }

    private Task steps() {
        Plan step = operator(in.grid()).plan(precision, Execution.serial());
        var other = empty(in.type(), in.grid());
        return () -> {
            step.apply(in, other);
            for (int k = 1; k < STEPS; k += 2) {
                step.apply(other, out);
                if (k + 1 < STEPS) {
                    step.apply(out, other);
                }
            }
        };
    }

    @Override
    void verify(String who) {
        boolean ours = who.startsWith("isotrope") || who.equals("steps");
        var found = empty(out.type(), out.grid());
        found.segment().copyFrom(out.segment());
        try {
            steps().run();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (ours && found.segment().mismatch(out.segment()) >= 0) {
            throw new IllegalStateException("a power differs from its steps in byte "
                    + found.segment().mismatch(out.segment()));
        }
        for (long i = 0; i < out.count(); i += 97) {
            if (!(Math.abs(found.getFlat(i) - out.getFlat(i)) <= tolerance())) {
                throw new IllegalStateException("value " + i + " is " + found.getFlat(i) + "; it had to be "
                        + out.getFlat(i));
            }
        }
    }
}
