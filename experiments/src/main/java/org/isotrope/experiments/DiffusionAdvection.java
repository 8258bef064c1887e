package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.optimise.Lbfgs;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.autodiff.optimise.StreamedQr;
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
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.time.Tableau;

/**
 * Recovering the coefficients of {@code ∂u/∂t = D Δu − v·∇u + k s} from what it does (arXiv:2108.09541, §4.2): a source at
 * the centre of [−1, 1]² under a Gaussian, walls without flux, u = 0 at first.
 */
final class DiffusionAdvection {
    /** D, v₁, v₂, k as in the paper. */
    static final double[] TRUTH = {0.2, 0.5, 0.5, 0.8};

    static final String[] NAMES = {"D", "v₁", "v₂", "k"};

    private static final double SIGMA = 0.1;
    private static final double END = 1;

    /**
     * Recovered coefficients.
     *
     * @param coefficients D, v₁, v₂, k
     * @param iterations of the optimiser, 0 for a direct solution
     * @param evaluations of the loss and its gradient
     * @param history of the loss
     */
    record Recovery(double[] coefficients, int iterations, int evaluations, double[] history) {
        /** Largest relative error. */
        double error() {
            double worst = 0;
            for (int k = 0; k < TRUTH.length; k++) {
                worst = Math.max(worst, Math.abs(coefficients[k] / TRUTH[k] - 1));
            }
            return worst;
        }
    }

    private final Grid grid;
    private final Precision precision;
    private final double[] times;
    private final LinearOperator laplacian;
    private final LinearOperator alongX;
    private final LinearOperator alongY;
    private final Field source;

    /**
     * Sets up grid, operators and source.
     *
     * @param nodes nodes along each axis; 101 in the paper
     * @param frames frames of the movie from t = 0 to 1; 51 in the paper
     */
    DiffusionAdvection(int nodes, int frames, Precision precision) {
        this.precision = precision;
        this.grid = Grid.of(Axis.uniform(-1, 1, nodes), Axis.uniform(-1, 1, nodes));
        this.times = new double[frames];
        for (int f = 0; f < frames; f++) {
            times[f] = END * f / (frames - 1);
        }
        Boundaries walls = Boundaries.all(Boundary.mirror());
        this.laplacian = Operators.laplacian(grid, walls);
        this.alongX = Operators.derivative(grid, 0, walls);
        this.alongY = Operators.derivative(grid, 1, walls);
        Field emitter = Fields.automatic().precision(precision).scalar(grid).deposit(1, 0, 0);
        // within 6 σ all but 1.5e-8 of the mass in two dimensions
        this.source = Operators.radial(grid, Radial.gaussian(2, SIGMA).within(6 * SIGMA)).apply(emitter);
    }

    Grid grid() {
        return grid;
    }

    Field source() {
        return source;
    }

    double[] times() {
        return times.clone();
    }

    /** The right-hand side with its coefficients as the one parameter. */
    TapedSystem system(double... coefficients) {
        return new TapedSystem(new Space(grid, FieldType.SCALAR), precision, (tape, time, u) -> {
            ArrayVariable parameters = tape.input(coefficients);
            return rate(tape, parameters, u);
        });
    }

    private FieldVariable rate(Tape tape, ArrayVariable parameters, FieldVariable u) {
        FieldVariable drift = tape.scale(-1, tape.apply(alongX, u));
        FieldVariable lift = tape.scale(-1, tape.apply(alongY, u));
        return tape.combine(parameters, tape.apply(laplacian, u), drift, lift, tape.constant(source));
    }

    /** Steps from frame to frame that keep explicit Runge–Kutta of order 4 stable at the largest diffusivity tried. */
    private int stepsBetween(double diffusivity) {
        double h = grid.axis(0).spacing();
        double fastest = 8 * diffusivity / (h * h);
        double stable = 2.6 / fastest;
        return Math.max(1, (int) Math.ceil((times[1] - times[0]) / stable));
    }

    private Field zero() {
        return Fields.automatic().precision(precision).scalar(grid);
    }

    /** The movie by an adaptive method of order 5 under tight tolerances, independent of the one that is fitted. */
    List<Field> movie() {
        Trajectory trajectory = Trajectory.adaptive(system(TRUTH), Tableau.tsitouras54(), zero(), times, 1e-9, 1e-12);
        List<Field> frames = new ArrayList<>();
        for (int f = 0; f < times.length; f++) {
            frames.add(trajectory.frame(f));
        }
        return frames;
    }

    /** Adds normal noise to every frame, its deviation a fraction of that frame's root mean square. */
    static List<Field> noisy(List<Field> movie, double fraction, long seed) {
        Random random = new Random(seed);
        List<Field> frames = new ArrayList<>();
        for (Field frame : movie) {
            Field copy = Fields.automatic().copy(frame);
            double deviation = fraction * Math.sqrt(Arithmetic.dot(frame, frame) / frame.count());
            for (long i = 0; i < copy.count(); i++) {
                copy.setFlat(i, copy.getFlat(i) + deviation * random.nextGaussian());
            }
            frames.add(copy);
        }
        return frames;
    }

    /** (a) From pairs (u, ∂u/∂t): linear least squares in the four coefficients. */
    Recovery fromPairs(List<Field> movie) {
        TapedSystem truth = system(TRUTH);
        StreamedQr rows = StreamedQr.columns(TRUTH.length);
        Field rate = zero();
        double[] row = new double[TRUTH.length];
        for (int f = 0; f < movie.size(); f++) {
            truth.rate(times[f], movie.get(f), rate);
            Field[] terms = {
                laplacian.apply(movie.get(f)), alongX.apply(movie.get(f)), alongY.apply(movie.get(f)), source
            };
            for (long i = 0; i < rate.count(); i++) {
                row[0] = terms[0].getFlat(i);
                row[1] = -terms[1].getFlat(i);
                row[2] = -terms[2].getFlat(i);
                row[3] = terms[3].getFlat(i);
                rows.append(row, rate.getFlat(i));
            }
        }
        LeastSquaresSolution solution = LeastSquares.defaults().solve(rows);
        return new Recovery(solution.parameters(), 0, 1, new double[] {solution.residualNorm()});
    }

    /** (b), (c) From the movie alone: L-BFGS on the mean squared error, differentiating through every time step. */
    Recovery fromMovie(List<Field> movie, double[] start, Progress progress) {
        double scale = 0;
        for (Field frame : movie) {
            scale += Arithmetic.dot(frame, frame);
        }
        double norm = 1 / scale;
        TapedSystem system = system(start);
        ArrayVariable parameters = (ArrayVariable) system.parameters().getFirst();
        Result result = Lbfgs.defaults().maxIterations(100).minimise(
                (x, gradient) -> {
                    progress.step();
                    if (!(x[0] > 0 && x[0] < 4)) {
                        // outside what the time step can follow: the line search turns back
                        return Double.POSITIVE_INFINITY;
                    }
                    parameters.set(x);
                    Trajectory trajectory =
                            Trajectory.fixed(system, Tableau.rk4(), zero(), times, stepsBetween(x[0]));
                    List<Field> adjoints = new ArrayList<>();
                    double loss = 0;
                    for (int f = 0; f < times.length; f++) {
                        Field difference = zero();
                        Arithmetic.combine(-1, movie.get(f), trajectory.frame(f), difference);
                        loss += Arithmetic.dot(difference, difference);
                        Arithmetic.scale(2 * norm, difference, difference);
                        adjoints.add(difference);
                    }
                    double[] slopes = trajectory.backward(adjoints).array(0);
                    System.arraycopy(slopes, 0, gradient, 0, slopes.length);
                    return norm * loss;
                },
                start);
        return new Recovery(result.parameters(), result.iterations(), result.evaluations(), result.history());
    }
}
