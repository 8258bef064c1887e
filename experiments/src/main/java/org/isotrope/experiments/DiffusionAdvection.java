package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.optimise.Lbfgs;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.autodiff.optimise.Stopping;
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
import org.isotrope.kernels.time.OdeSystem;
import org.isotrope.kernels.time.RungeKutta;
import org.isotrope.kernels.time.Tableau;

/**
 * Recovering the coefficients of {@code ∂u/∂t = D Δu − v·∇u + k s} from what it does (arXiv:2108.09541, §4.2): a source
 * at the centre of [−1, 1]² under a Gaussian, walls without flux, u = 0 at first.
 */
final class DiffusionAdvection {
    private static final double[] TRUTH = {0.2, 0.5, 0.5, 0.8};
    private static final double SIGMA = 0.1;
    private static final double END = 1;

    /** Slopes of the loss, a number without unit, at which the search in the beginning and in the whole movie ends. */
    private static final double COARSE = 1e-3;
    private static final double FINE = 1e-10;

    /** Explicit Runge–Kutta of order 4 is stable on the negative axis up to 2.785. */
    private static final double STABLE = 2.7;

    /** Most bytes that one trajectory may take: native memory is limited like the heap, and two run at once. */
    private static final double MEMORY = Runtime.getRuntime().maxMemory() / 4.0;

    /**
     * Recovered coefficients.
     *
     * @param coefficients D, v₁, v₂, k
     * @param iterations of the optimiser, 0 for a direct solution
     * @param evaluations of the loss and its gradient
     * @param history of the loss, after every iteration
     * @param beginning how many entries of the history belong to the beginning of the movie alone
     */
    record Recovery(double[] coefficients, int iterations, int evaluations, double[] history, int beginning) {
        /** Largest relative error against the paper's coefficients. */
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
     * The paper's setting.
     *
     * @param nodes nodes along each axis; 101 in the paper
     * @param frames frames of the movie from t = 0 to 1; 51 in the paper
     */
    DiffusionAdvection(int nodes, int frames, Precision precision) {
        this(square(nodes), times(frames, END / (frames - 1)), emitter(square(nodes), precision));
    }

    /**
     * Any other setting.
     *
     * @param grid plane, uniform, with walls
     * @param times of the frames, increasing and at least two
     * @param source s, of the precision to compute in
     */
    DiffusionAdvection(Grid grid, double[] times, Field source) {
        this.grid = grid;
        this.precision = source.precision();
        this.times = times.clone();
        this.source = source;
        Boundaries walls = Boundaries.all(Boundary.mirror());
        this.laplacian = Operators.laplacian(grid, walls);
        this.alongX = Operators.derivative(grid, 0, walls).times(-1);
        this.alongY = Operators.derivative(grid, 1, walls).times(-1);
    }

    private static Grid square(int nodes) {
        return Grid.of(Axis.uniform(-1, 1, nodes), Axis.uniform(-1, 1, nodes));
    }

    /** Equally spaced frame times from 0. */
    static double[] times(int frames, double interval) {
        double[] times = new double[frames];
        for (int f = 0; f < frames; f++) {
            times[f] = interval * f;
        }
        return times;
    }

    /** A unit emitter in the middle of a plane grid under a normalised Gaussian of deviation 0.1. */
    static Field emitter(Grid grid, Precision precision) {
        double[] middle = new double[2];
        for (int a = 0; a < 2; a++) {
            Axis axis = grid.axis(a);
            middle[a] = (axis.node(0) + axis.node(axis.size() - 1)) / 2;
        }
        Field emitter = Fields.automatic().precision(precision).scalar(grid).deposit(1, middle);
        // within 6 σ all but 1.5e-8 of the mass in two dimensions
        return Operators.radial(grid, Radial.gaussian(2, SIGMA).within(6 * SIGMA)).apply(emitter);
    }

    static double[] truth() {
        return TRUTH.clone();
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
        return tape.combine(parameters, tape.apply(laplacian, u), tape.apply(alongX, u), tape.apply(alongY, u),
                tape.constant(source));
    }

    /** The right-hand side at known coefficients as one merged stencil: a third of the work. */
    private OdeSystem merged(double... c) {
        LinearOperator transport = laplacian.times(c[0]).plus(alongX.times(c[1])).plus(alongY.times(c[2]));
        return (t, u, result) -> {
            transport.apply(u, result);
            Arithmetic.addScaled(c[3], source, result);
        };
    }

    /** Steps from frame to frame that keep explicit Runge–Kutta of order 4 stable. */
    int stepsBetween(double[] coefficients) {
        double fastest = 0;
        for (int a = 0; a < 2; a++) {
            double h = grid.axis(a).spacing();
            fastest += 4 * coefficients[0] / (h * h) + Math.abs(coefficients[1 + a]) / h;
        }
        double longest = 0;
        for (int f = 1; f < times.length; f++) {
            longest = Math.max(longest, times[f] - times[f - 1]);
        }
        return (int) Math.clamp(Math.ceil(longest * fastest / STABLE), 1, Integer.MAX_VALUE);
    }

    private Field zero() {
        return Fields.automatic().precision(precision).scalar(grid);
    }

    /** The movie by an adaptive method of order 5 under tight tolerances, independent of the one that is fitted. */
    List<Field> movie(Progress progress) {
        double relative = precision == Precision.DOUBLE ? 1e-9 : 1e-5;
        double absolute = precision == Precision.DOUBLE ? 1e-12 : 1e-7;
        RungeKutta runge = new RungeKutta(Tableau.tsitouras54(), zero());
        OdeSystem system = merged(TRUTH);
        Field u = zero();
        List<Field> frames = new ArrayList<>();
        frames.add(Fields.automatic().copy(u));
        for (int f = 1; f < times.length; f++) {
            runge.integrate(system, u, times[f - 1], times[f], relative, absolute, (t, h, state) -> {});
            frames.add(Fields.automatic().copy(u));
            progress.step();
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
        OdeSystem truth = merged(TRUTH);
        StreamedQr rows = StreamedQr.columns(TRUTH.length);
        Field rate = zero();
        double[] row = new double[TRUTH.length];
        for (int f = 0; f < movie.size(); f++) {
            Field u = movie.get(f);
            truth.rate(times[f], u, rate);
            Field[] terms = {laplacian.apply(u), alongX.apply(u), alongY.apply(u), source};
            for (long i = 0; i < rate.count(); i++) {
                for (int k = 0; k < row.length; k++) {
                    row[k] = terms[k].getFlat(i);
                }
                rows.append(row, rate.getFlat(i));
            }
        }
        LeastSquaresSolution solution = LeastSquares.defaults().solve(rows);
        return new Recovery(solution.parameters(), 0, 0, new double[] {solution.residualNorm()}, 0);
    }

    /**
     * (b), (c) From the movie alone: L-BFGS on the mean squared error, differentiating through every time step.
     *
     * <p>The first tenth of the movie, at a tenth of the cost, leads close to the coefficients; the whole movie then
     * gives the answer.
     *
     * @param movie one field a frame time; the first one is taken as the initial state
     * @param start coefficients to begin with
     * @throws IllegalArgumentException if the start asks for more time steps than fit in memory
     */
    Recovery fromMovie(List<Field> movie, double[] start, Progress progress) {
        requireMemory(start);
        int few = beginning();
        if (few >= times.length) {
            return fit(movie, start, times.length, FINE, progress);
        }
        Recovery near = fit(movie, start, few, COARSE, progress);
        Recovery all = fit(movie, near.coefficients, times.length, FINE, progress);
        double[] history = new double[near.history.length + all.history.length];
        System.arraycopy(near.history, 0, history, 0, near.history.length);
        System.arraycopy(all.history, 0, history, near.history.length, all.history.length);
        return new Recovery(all.coefficients, near.iterations + all.iterations, near.evaluations + all.evaluations,
                history, near.history.length);
    }

    private int beginning() {
        return Math.min(times.length, Math.max(3, times.length / 10 + 1));
    }

    /** Requires the time steps from coefficients to start from to fit in memory. */
    void requireMemory(double[] start) {
        double bytes = bytes(start, beginning());
        if (!(bytes <= MEMORY)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "coefficients to start from need %d time"
                    + " steps a frame, %.1f GB in all; they had to need at most %.1f GB: start from a"
                    + " smaller diffusivity",
                    stepsBetween(start), bytes * 1e-9, MEMORY * 1e-9));
        }
    }

    private double bytes(double[] coefficients, int frames) {
        return (double) stepsBetween(coefficients) * (frames - 1) * source.segment().byteSize();
    }

    private Recovery fit(List<Field> movie, double[] start, int frames, double slope, Progress progress) {
        double[] until = Arrays.copyOf(times, frames);
        double scale = 0;
        for (int f = 0; f < frames; f++) {
            scale += Arithmetic.dot(movie.get(f), movie.get(f));
        }
        double norm = 1 / scale;
        TapedSystem system = system(start);
        ArrayVariable parameters = (ArrayVariable) system.parameters().getFirst();
        Stopping stopping = Lbfgs.defaults().stopping().withMaxIterations(100).withGradientNorm(slope);
        // below this, rounding alone keeps changing the loss
        stopping = precision == Precision.DOUBLE
                ? stopping.withRelativeDecrease(1e-10)
                : stopping.withRelativeDecrease(1e-5).withMaxEvaluations(40);
        // the search goes in multiples of the start, which have no units
        double[] unit = units(start);
        Result result = Lbfgs.defaults().stopping(stopping).minimise(
                FieldObjective.turningBack((multiples, gradient) -> {
                    progress.step();
                    double[] x = product(unit, multiples);
                    if (!(x[0] > 0) || bytes(x, frames) > MEMORY) {
                        // outside what the time step can follow: the line search turns back
                        return Double.POSITIVE_INFINITY;
                    }
                    parameters.set(x);
                    Trajectory trajectory =
                            Trajectory.fixed(system, Tableau.rk4(), movie.getFirst(), until, stepsBetween(x));
                    List<Field> adjoints = new ArrayList<>();
                    double loss = 0;
                    for (int f = 0; f < frames; f++) {
                        Field difference = zero();
                        Arithmetic.combine(-1, movie.get(f), trajectory.frame(f), difference);
                        loss += Arithmetic.dot(difference, difference);
                        Arithmetic.scale(2 * norm, difference, difference);
                        adjoints.add(difference);
                    }
                    double[] slopes = trajectory.backward(adjoints).array(0);
                    System.arraycopy(product(unit, slopes), 0, gradient, 0, slopes.length);
                    return norm * loss;
                }),
                quotient(start, unit));
        return new Recovery(product(unit, result.parameters()), result.iterations(), result.evaluations(),
                result.history(), 0);
    }

    private static double[] units(double[] start) {
        double largest = Arrays.stream(start).map(Math::abs).max().orElseThrow();
        return Arrays.stream(start).map(x -> Math.max(Math.abs(x), 0.1 * largest)).toArray();
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = a.clone();
        for (int k = 0; k < a.length; k++) {
            product[k] *= b[k];
        }
        return product;
    }

    private static double[] quotient(double[] a, double[] b) {
        double[] quotient = a.clone();
        for (int k = 0; k < a.length; k++) {
            quotient[k] /= b[k];
        }
        return quotient;
    }
}
