package org.isotrope.jmh;

import java.util.List;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Recurrence;
import org.isotrope.kernels.RecurrencePlan;
import org.isotrope.kernels.difference.DifferenceWeights;

/**
 * A hundred explicit steps in time on n³ values: diffusion, advection by upwind differences, the wave equation, and that
 * with a speed that varies. As a recurrence, whose steps run as waves through the cache; {@code steps}, sweeps and
 * arithmetic on whole fields of Isotrope one after the other, whose bits the recurrence has to have; and by C.
 */
final class TimeSteps extends Workload {
    private static final int STEPS = 100;
    private static final double RATE = 0.1;
    private static final double[] COURANT = {0.4, 0.2, 0.1};

    private final String equation;
    /** The state before the first one, of waves. */
    private final Field before;
    private final Field beforeOut;
    private final Field medium;

    /**
     * The workload.
     *
     * @param equation diffusion, advection, wave or medium
     */
    TimeSteps(String equation, int n, Precision precision) {
        this.equation = equation;
        super(precision, 3, n, 1, Taps.Edges.PERIODIC);
        Grid grid = isWave() ? in.grid() : grid(3, 5, Taps.Edges.PERIODIC);
        this.before = isWave() ? in : empty(FieldType.SCALAR, grid);
        this.beforeOut = empty(FieldType.SCALAR, grid);
        this.medium = empty(FieldType.SCALAR, grid);
        medium.fill(x -> 1 + 0.5 * Math.sin(x[0] + 2 * x[1]));
    }

    private boolean isWave() {
        return equation.equals("wave") || equation.equals("medium");
    }

    @Override
    LinearOperator operator(Grid grid) {
        LinearOperator identity = Operators.identity(grid, FieldType.SCALAR);
        LinearOperator diffusion = Operators.laplacian(grid).times(RATE);
        return switch (equation) {
            case "diffusion" -> identity.plus(diffusion);
            case "wave" -> identity.times(2).plus(diffusion);
            case "medium" -> diffusion;
            case "advection" -> {
                LinearOperator step = identity;
                for (int a = 0; a < COURANT.length; a++) {
                    step = step.minus(Differential.on(grid).beyondWalls(Boundaries.all(Boundary.zero())).along(a)
                            .stencil(DifferenceWeights.of(1, -1, 0)).times(COURANT[a]));
                }
                yield step;
            }
            default -> throw new IllegalArgumentException("equation is " + equation + "; it had to be a known one");
        };
    }

    @Override
    Task plan(Execution execution) {
        Recurrence recurrence = Recurrence.of(operator(in.grid()));
        if (!isWave()) {
            Plan steps = recurrence.plan(STEPS, precision, execution);
            return () -> steps.apply(in, out);
        }
        Recurrence wave = equation.equals("medium") ? recurrence.times(medium).plusNow(2) : recurrence;
        RecurrencePlan steps = wave.plusBefore(-1).plan(STEPS, precision, execution);
        return () -> steps.apply(in, before, out, beforeOut);
    }

    @Override
    Task other(String who) throws Throwable {
        double[] weights = switch (equation) {
            case "advection" -> new double[] {1 - COURANT[0] - COURANT[1] - COURANT[2], COURANT[0], COURANT[1], COURANT[2]};
            default -> new double[] {(equation.equals("wave") ? 2 : 1) - 6 * RATE, RATE};
        };
        long values = in.count();
        return switch (who) {
            case "steps" -> steps();
            case "plainC" -> plain(equation, weights, values, n, 0, STEPS);
            case "tunedC" -> {
                // 4 steps a tile of 24 rows in rings of 4 planes; waves need the state before in memory, too
                long scratch = (isWave() ? 3 : 1) * values + 4L * 4 * 24 * n;
                yield tuned(equation, weights, scratch, List.of(new long[] {n, 0, STEPS}, new long[] {n, 1, STEPS}));
            }
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }

    private Task steps() {
        Plan step = operator(in.grid()).plan(precision, Execution.serial());
        Field[] ring = new Field[isWave() ? 3 : 2];
        for (int k = 0; k < ring.length; k++) {
            ring[k] = k == 0 ? out : empty(in.type(), in.grid());
        }
        return () -> {
            for (int k = 1; k <= STEPS; k++) {
                Field now = k == 1 ? in : ring[(STEPS - k + 1) % ring.length];
                Field next = ring[(STEPS - k) % ring.length];
                step.apply(now, next);
                if (equation.equals("medium")) {
                    Arithmetic.multiply(medium, next, next);
                    Arithmetic.addScaled(2, now, next);
                }
                if (isWave()) {
                    Arithmetic.addScaled(-1, k == 1 ? before : k == 2 ? in : ring[(STEPS - k + 2) % ring.length], next);
                }
            }
        };
    }

    /** Errors of waves pile up: each step's goes on as a wave that grows with time. */
    @Override
    double tolerance() {
        return (isWave() ? 1000 : 1) * super.tolerance();
    }

    @Override
    void verify(String who) {
        boolean ours = who.startsWith("isotrope") || who.equals("steps");
        Field found = Fields.automatic().copy(out);
        try {
            steps().run();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (ours && found.segment().mismatch(out.segment()) >= 0) {
            throw new IllegalStateException("a recurrence differs from its steps in byte "
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
