package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Penalties;
import org.isotrope.autodiff.PointwiseFunction;
import org.isotrope.autodiff.Tape;
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
 * The diffusivity k(x) of {@code ∂u/∂t = ∇·(k ∇u)} between walls without flux, from a noisy movie of u. Nothing else is
 * known: the first frame is as noisy as the others, so the initial state is sought along with {@code ln k}. Fluxes live
 * between nodes, with the mean of k there, so nothing is lost and k can be anything positive.
 */
final class DiffusivityInversion {
    private static final double END = 0.04;
    private static final int FRAMES = 21;

    /** No diffusivity above this is tried: it sets the time step. */
    private static final double LARGEST = 2.2;

    /** Weights of the slopes of ln k and of the initial state. */
    private static final double SMOOTH_K = 2e-3;
    private static final double SMOOTH_U = 1e-6;

    /** What was found, its error, and the loss after every iteration. */
    record Found(Field k, Field initial, double error, double[] history, int evaluations) {}

    private final Grid grid;
    private final double[] times = new double[FRAMES];
    private final LinearOperator[] slopes = new LinearOperator[2];
    private final LinearOperator[] means = new LinearOperator[2];
    private final Field truth;
    private final List<Field> clean = new ArrayList<>();
    private final List<Field> movie;

    /**
     * Makes the movie.
     *
     * @param nodes cells along each axis of [0, 1]²
     * @param noise deviation over the root mean square of each frame
     */
    DiffusivityInversion(int nodes, double noise, long seed) {
        this.grid = Grid.of(Axis.cells(0, 1, nodes), Axis.cells(0, 1, nodes));
        double h = grid.axis(0).spacing();
        for (int a = 0; a < 2; a++) {
            slopes[a] = toNext(a, -1 / h, 1 / h);
            means[a] = toNext(a, 0.5, 0.5);
        }
        for (int f = 0; f < FRAMES; f++) {
            times[f] = END * f / (FRAMES - 1);
        }
        this.truth = Fields.automatic().scalar(grid).fill(x -> 0.6
                + 0.9 * Math.exp(-(square(x[0] - 0.32) + square(x[1] - 0.62)) / (2 * square(0.13)))
                - 0.35 * Math.exp(-(square(x[0] - 0.7) + square(x[1] - 0.3)) / (2 * square(0.15)))
                + 0.2 * Math.sin(4 * x[0] + 1) * Math.cos(5 * x[1]));
        Random random = new Random(seed);
        double[][] spots = new double[80][3];
        for (double[] spot : spots) {
            spot[0] = random.nextDouble();
            spot[1] = random.nextDouble();
            spot[2] = random.nextBoolean() ? 1 : -1;
        }
        Field initial = Fields.automatic().scalar(grid).fill(x -> {
            double sum = 0;
            for (double[] spot : spots) {
                sum += spot[2] * Math.exp(-(square(x[0] - spot[0]) + square(x[1] - spot[1])) / (2 * square(0.06)));
            }
            return sum;
        });
        TapedSystem system = system(logarithm(truth));
        Trajectory run = Trajectory.fixed(system, Tableau.rk4(), initial, times, 4 * stepsBetween(2));
        for (int f = 0; f < FRAMES; f++) {
            clean.add(run.frame(f));
        }
        this.movie = DiffusionAdvection.noisy(clean, noise, seed);
    }

    private static double square(double x) {
        return x * x;
    }

    private static Field logarithm(Field k) {
        Field log = Fields.automatic().like(k);
        for (long i = 0; i < k.count(); i++) {
            log.setFlat(i, Math.log(k.getFlat(i)));
        }
        return log;
    }

    /** Beyond the last node is the last node again: no slope there, and so no flux. */
    private LinearOperator toNext(int axis, double here, double next) {
        int[] offset = new int[2];
        offset[axis] = 1;
        Stencil stencil = Stencil.builder(2, 1, 1).tap(0, 0, here, 0, 0).tap(0, 0, next, offset).build();
        return Operators.stencil(stencil, grid, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.extrapolate(0)));
    }

    private TapedSystem system(Field logarithm) {
        return new TapedSystem(new Space(grid, FieldType.SCALAR), Precision.DOUBLE, (tape, time, u) -> {
            FieldVariable k = tape.map(PointwiseFunction.EXP, tape.input(logarithm));
            FieldVariable rate = null;
            for (int a = 0; a < 2; a++) {
                FieldVariable flux = tape.multiply(tape.apply(means[a], k), tape.apply(slopes[a], u));
                FieldVariable part = tape.apply(slopes[a].adjoint().times(-1), flux);
                rate = rate == null ? part : tape.add(rate, part);
            }
            return rate;
        });
    }

    /** Steps a frame that the third-order method is stable with, up to a diffusivity. */
    private int stepsBetween(double diffusivity) {
        double h = grid.axis(0).spacing();
        return (int) Math.ceil(END / (FRAMES - 1) * 8 * diffusivity / (h * h) / 2.5);
    }

    private static double largest(Field field) {
        double largest = Double.NEGATIVE_INFINITY;
        for (long i = 0; i < field.count(); i++) {
            largest = Math.max(largest, field.getFlat(i));
        }
        return largest;
    }

    Field truth() {
        return truth;
    }

    List<Field> movie() {
        return movie;
    }

    double[] times() {
        return times.clone();
    }

    /** Length of the error of k over that of the true one. */
    double error(Field k) {
        Field difference = Fields.automatic().like(k);
        Arithmetic.combine(-1, truth, k, difference);
        return Math.sqrt(Arithmetic.dot(difference, difference) / Arithmetic.dot(truth, truth));
    }

    /** Searches from k = 1 and the first frame. */
    Found find(int iterations, Progress progress) {
        Field logarithm = Fields.automatic().scalar(grid);
        TapedSystem system = system(logarithm);
        Field initial = Fields.automatic().copy(movie.getFirst());
        Tape penalties = new Tape(Precision.DOUBLE).guarded(false);
        FieldVariable m = penalties.input(logarithm);
        FieldVariable u = penalties.input(initial);
        ArrayVariable penalty = penalties.combine(new double[] {SMOOTH_K, SMOOTH_U}, Penalties.h1(m), Penalties.h1(u));
        double scale = movie.stream().mapToDouble(frame -> Arithmetic.dot(frame, frame)).sum();
        double worth = 1e3 / scale;
        int steps = stepsBetween(LARGEST);
        Result result = Lbfgs.defaults().memory(20)
                .stopping(Lbfgs.defaults().stopping().withMaxIterations(iterations).withRelativeDecrease(1e-6))
                .minimise(FieldObjective.turningBack((x, gradient) -> {
                    progress.step();
                    Parameters.split(x, logarithm, initial);
                    if (!(largest(logarithm) < Math.log(LARGEST))) {
                        // steeper than the time step can follow: the line search turns back
                        return Double.POSITIVE_INFINITY;
                    }
                    Trajectory run = Trajectory.fixed(system, Tableau.ssprk3(), initial, times, steps,
                            Checkpoints.everything());
                    List<Field> adjoints = new ArrayList<>();
                    double loss = 0;
                    for (int f = 0; f < FRAMES; f++) {
                        Field difference = Fields.automatic().like(initial);
                        Arithmetic.combine(-1, movie.get(f), run.frame(f), difference);
                        loss += worth * Arithmetic.dot(difference, difference);
                        Arithmetic.scale(2 * worth, difference, difference);
                        adjoints.add(difference);
                    }
                    Trajectory.Gradient slopesOfLoss = run.backward(adjoints);
                    penalties.forward();
                    penalties.backward(penalty);
                    Arithmetic.addScaled(1, m.gradient(), slopesOfLoss.field(0));
                    Arithmetic.addScaled(1, u.gradient(), slopesOfLoss.initial());
                    double[] all = Parameters.join(slopesOfLoss.field(0), slopesOfLoss.initial());
                    System.arraycopy(all, 0, gradient, 0, all.length);
                    return loss + penalty.value();
                }), Parameters.join(logarithm, initial));
        Parameters.split(result.parameters(), logarithm, initial);
        Field k = Fields.automatic().scalar(grid);
        for (long i = 0; i < k.count(); i++) {
            k.setFlat(i, Math.exp(logarithm.getFlat(i)));
        }
        return new Found(k, initial, error(k), result.history(), result.evaluations());
    }
}
