package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.autodiff.ArrayFunction;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.optimise.Lbfgs;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.autodiff.time.Checkpoints;
import org.isotrope.autodiff.time.TapedSystem;
import org.isotrope.autodiff.time.Trajectory;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.time.Tableau;

/**
 * A stirring w(x, t) that brings a blob, which a steady whirling flow carries about, onto a target at a given time: the
 * least of {@code |u(T) − target|² + γ ∫∫ |w|²} under {@code ∂u/∂t = −∇·((v + w) u) + D Δu}. Nothing is added to the
 * blob or taken from it. The stirring goes linearly in time from one vector field to the next; all of them are sought
 * together.
 *
 * <p>A blob that does not touch its target feels nothing of it in the squared mismatch. The search begins therefore
 * with the mismatch in {@code H⁻¹}, {@code Σ |d̂(k)|²/|k|²}, which long waves carry far, and goes over to the plain one.
 */
final class OptimalControl {
    static final int STEPS = 100;
    private static final int KNOTS = 9;
    private static final double END = 1;
    private static final double DIFFUSIVITY = 5e-4;
    private static final double EFFORT = 1e-7;

    /** Length over which the fields that are searched are smoothed. */
    private static final double SMOOTH = 0.2;
    private static final int FRAMES = 5;

    /** States at the frame times without and with stirring, the stirring at the knots, the mismatch, and the losses. */
    record Outcome(
            List<Field> without, List<Field> with, List<Field> stirring, double mismatch, double[] far, double[] near,
            int evaluations) {}

    private final Grid grid;
    private final Field velocity;
    private final LinearOperator smoothing;
    private final Field initial;
    private final Field target;
    private final double[] times = new double[FRAMES];

    /**
     * Sets the task.
     *
     * @param nodes nodes along each axis of a periodic plane of period 1
     */
    OptimalControl(int nodes) {
        this.grid = Grid.of(Axis.periodic(0, 1, nodes), Axis.periodic(0, 1, nodes));
        this.smoothing = FourierMultiplier.of(grid, (kx, ky) -> 1 / (1 + (kx * kx + ky * ky) * SMOOTH * SMOOTH));
        double k = 2 * Math.PI;
        this.velocity = Fields.automatic().vector(grid).fill((x, v) -> {
            v[0] = 0.35 * Math.sin(k * x[0]) * Math.cos(k * x[1]);
            v[1] = -0.35 * Math.cos(k * x[0]) * Math.sin(k * x[1]);
        });
        this.initial = blob(0.28, 0.36);
        this.target = blob(0.62, 0.62);
        for (int f = 0; f < FRAMES; f++) {
            times[f] = END * f / (FRAMES - 1);
        }
    }

    private Field blob(double cx, double cy) {
        return Fields.automatic().scalar(grid).fill(x -> {
            double dx = Math.IEEEremainder(x[0] - cx, 1);
            double dy = Math.IEEEremainder(x[1] - cy, 1);
            return Math.exp(-(dx * dx + dy * dy) / (2 * 0.07 * 0.07));
        });
    }

    Field target() {
        return target;
    }

    double[] times() {
        return times.clone();
    }

    static double[] knots() {
        double[] knots = new double[KNOTS];
        for (int j = 0; j < KNOTS; j++) {
            knots[j] = END * j / (KNOTS - 1);
        }
        return knots;
    }

    private TapedSystem system(Field[] stirring) {
        LinearOperator divergence = Operators.divergence(grid).times(-1);
        LinearOperator spread = Operators.laplacian(grid).times(DIFFUSIVITY);
        LinearOperator both = both();
        return new TapedSystem(new Space(grid, FieldType.SCALAR), Precision.DOUBLE, (tape, time, u) -> {
            ArrayVariable shares = tape.map(new Hats(), time);
            FieldVariable w = tape.combine(
                    shares, Arrays.stream(stirring).map(tape::input).toArray(FieldVariable[]::new));
            FieldVariable flux = tape.multiply(tape.add(tape.constant(velocity), w), tape.apply(both, u));
            return tape.add(tape.apply(divergence, flux), tape.apply(spread, u));
        });
    }

    /** A scalar in both components, to be multiplied with vectors. */
    private LinearOperator both() {
        Stencil stencil = Stencil.builder(2, 2, 1).tap(0, 0, 1, 0, 0).tap(1, 0, 1, 0, 0).build();
        return Operators.stencil(
                stencil, grid, FieldType.SCALAR, FieldType.VECTOR, Boundaries.all(Boundary.zero()));
    }

    /** The share of each knot at a time, linear from knot to knot. Time is not differentiated in. */
    private static final class Hats implements ArrayFunction {
        @Override
        public int results() {
            return KNOTS;
        }

        @Override
        public void value(double[] t, double[] shares) {
            for (int j = 0; j < KNOTS; j++) {
                shares[j] = Math.max(0, 1 - Math.abs(t[0] / END * (KNOTS - 1) - j));
            }
        }

        @Override
        public void pullback(double[] t, double[] sharesAdjoint, double[] tAdjoint) {
            for (int j = 0; j < KNOTS; j++) {
                double from = t[0] / END * (KNOTS - 1) - j;
                tAdjoint[0] -= Math.abs(from) < 1 ? Math.signum(from) * (KNOTS - 1) / END * sharesAdjoint[j] : 0;
            }
        }
    }

    private Trajectory run(TapedSystem system) {
        return Trajectory.fixed(
                system, Tableau.ssprk3(), initial, times, STEPS / (FRAMES - 1), Checkpoints.everything());
    }

    /** Finds the stirring. */
    Outcome solve(int iterations, Progress progress) {
        Field[] stirring = new Field[KNOTS];
        for (int j = 0; j < KNOTS; j++) {
            stirring[j] = Fields.automatic().vector(grid);
        }
        List<Field> without = frames(run(system(stirring)));
        double k0 = 2 * Math.PI;
        LinearOperator smooth = FourierMultiplier.of(grid, (kx, ky) -> k0 * k0 / Math.max(kx * kx + ky * ky, k0 * k0));
        double[] nothing = Parameters.join(stirring);
        Result far = search(stirring, nothing, smooth, 1e-3, iterations / 3, progress);
        LinearOperator plain = FourierMultiplier.of(grid, (kx, ky) -> 1);
        Result near = search(stirring, far.parameters(), plain, EFFORT, iterations, progress);
        List<Field> with = frames(run(system(stirring)));
        return new Outcome(without, with, List.of(stirring), distance(with.getLast()) / distance(without.getLast()),
                far.history(), near.history(), far.evaluations() + near.evaluations());
    }

    /** Betters the stirring under {@code ⟨d, M d⟩} for the mismatch d. */
    private Result search(
            Field[] stirring, double[] start, LinearOperator metric, double effort, int iterations, Progress progress) {
        TapedSystem system = system(stirring);
        double dt = END / (KNOTS - 1);
        double dv = grid.cellVolume();
        Result result = Lbfgs.defaults().memory(20)
                .stopping(Lbfgs.defaults().stopping().withMaxIterations(iterations).withRelativeDecrease(1e-5))
                .minimise(FieldObjective.turningBack((x, gradient) -> {
                    progress.step();
                    smoothed(x, stirring);
                    Trajectory run = run(system);
                    Field difference = Fields.automatic().like(target);
                    Arithmetic.combine(-1, target, run.frame(FRAMES - 1), difference);
                    Field measured = metric.apply(difference);
                    double loss = dv * Arithmetic.dot(difference, measured);
                    Arithmetic.scale(2 * dv, measured, measured);
                    List<Field> adjoints = new ArrayList<>(Arrays.asList(new Field[FRAMES]));
                    adjoints.set(FRAMES - 1, measured);
                    Trajectory.Gradient slopes = run.backward(adjoints);
                    Field[] all = new Field[KNOTS];
                    for (int j = 0; j < KNOTS; j++) {
                        loss += effort * dt * dv * Arithmetic.dot(stirring[j], stirring[j]);
                        Arithmetic.addScaled(2 * effort * dt * dv, stirring[j], slopes.field(j));
                        all[j] = smoothed(slopes.field(j));
                    }
                    System.arraycopy(Parameters.join(all), 0, gradient, 0, gradient.length);
                    return loss;
                }), start);
        smoothed(result.parameters(), stirring);
        return result;
    }

    /** The search goes in fields that are smoothed into stirrings, so that it finds large motions before small ones. */
    private void smoothed(double[] x, Field[] stirring) {
        Parameters.split(x, stirring);
        for (Field w : stirring) {
            w.copyFrom(smoothed(w));
        }
    }

    private Field smoothed(Field w) {
        Field result = Fields.automatic().like(w);
        for (int c = 0; c < w.components(); c++) {
            smoothing.apply(w.component(c), result.component(c));
        }
        return result;
    }

    private static List<Field> frames(Trajectory run) {
        List<Field> frames = new ArrayList<>();
        for (int f = 0; f < run.frames(); f++) {
            frames.add(run.frame(f));
        }
        return frames;
    }

    private double distance(Field last) {
        Field difference = Fields.automatic().like(target);
        Arithmetic.combine(-1, target, last, difference);
        return Math.sqrt(Arithmetic.dot(difference, difference));
    }
}
