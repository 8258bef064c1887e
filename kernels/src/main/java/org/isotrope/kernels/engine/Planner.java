package org.isotrope.kernels.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a program runs.
 *
 * <p>The cost model counts what each algorithm does for an output value, with constants measured on one core with
 * 64-byte vectors. Only ratios matter. It looks at the stencil, the grid and the precision, never at threads or vector
 * length, so that bits do not depend on these; with vectors of 32 bytes folding gains less than it says, which is why it
 * has to gain a tenth. Plans that measure know better.
 */
public final class Planner {
    /** Nanoseconds a sweep costs for an output value whatever its taps, memory traffic above all. */
    private static final double SWEEP = 0.1;

    /** Nanoseconds a tap costs in a sweep; in 3D its rows come from farther away. */
    private static final double SWEEP_TAP_2D = 0.025;

    private static final double SWEEP_TAP_3D = 0.035;

    /** Nanoseconds of a step of a block, for its 4 rows by 64 columns together. */
    private static final double STEP = 2.5;

    /** The same with a mirrored load for each load. */
    private static final double FOLDED_STEP = 3.65;

    /** Nanoseconds of a block before its first step. */
    private static final double BLOCK = 20;

    /** Nanoseconds of a step for one row of 64 columns alone, and of such a row before its first step. */
    private static final double LONE_STEP = 1.2;

    private static final double LONE_BLOCK = 8;

    /** Nanoseconds for a value of a block: copying slabs in, registers out. */
    private static final double BLOCK_2D = 0.22;

    private static final double BLOCK_3D = 0.35;

    /** Nanoseconds for an element of a folded row. */
    private static final double FOLD = 0.12;

    /** Another order of rounding has to gain at least so much. */
    private static final double WORTHWHILE = 0.9;

    /** Columns of a block of {@code float} on vectors of 64 bytes. */
    private static final int NOMINAL_COLUMNS = 64;

    private final StencilProgram program;
    private final Precision precision;
    private final @Nullable BlockShape shape;
    private final @Nullable Folding folding;
    private final @Nullable SeparableSum separable;
    private final @Nullable SpectralShape spectral;
    private final Map<Algorithm, Double> measured;
    private final Algorithm algorithm;

    private Planner(
            StencilProgram program,
            Precision precision,
            Algorithm wanted,
            double allowedError,
            boolean measure,
            boolean fixed) {
        this.program = program;
        this.precision = precision;
        this.shape = BlockShape.of(program, FloatBlocks.COLUMNS);
        this.folding = shape == null ? null : Folding.of(program, shape);
        boolean tried = wanted == Algorithm.AUTOMATIC && allowedError > 0;
        SeparableSum sum = shape == null || (!tried || !fixed) && wanted != Algorithm.SEPARABLE ? null : SeparableSum.of(shape, allowedError);
        this.separable = sum == null || !FloatSeparable.fits(shape, sum) ? null : sum;
        SpectralShape waves = tried || wanted == Algorithm.FOURIER ? SpectralShape.of(program, precision) : null;
        boolean exact = waves != null && (wanted == Algorithm.FOURIER || waves.roundingError(precision) <= allowedError);
        this.spectral = exact ? waves : null;
        this.measured = measure && wanted == Algorithm.AUTOMATIC
                ? Measurement.of(program, precision, allowedError, runnable())
                : Map.of();
        this.algorithm = wanted != Algorithm.AUTOMATIC ? wanted : measured.isEmpty() ? cheapest() : fastest();
        if (algorithm == Algorithm.SEPARABLE && separable == null) {
            throw new IllegalArgumentException("algorithm is SEPARABLE; it had to be another for an operator that is no"
                    + " sum of eight products within the error " + allowedError
                    + ", in 1D, of several components or with boundaries that combine values");
        }
        if (algorithm == Algorithm.FOURIER && spectral == null) {
            throw new IllegalArgumentException("algorithm is FOURIER; it had to be another for an operator with boundaries"
                    + " that combine values");
        }
        if (algorithm == Algorithm.BLOCKS && shape == null) {
            throw new IllegalArgumentException("algorithm is BLOCKS; it had to be SWEEPS or AUTOMATIC for an operator"
                    + " in 1D or with boundaries that combine values");
        }
        if (algorithm == Algorithm.FOLDED && folding == null) {
            throw new IllegalArgumentException("algorithm is FOLDED; it had to be SWEEPS, BLOCKS or AUTOMATIC for an"
                    + " operator without mirror symmetry, in 1D or with boundaries that combine values");
        }
    }

    /**
     * Chooses for a program.
     *
     * @param program what to compute
     * @param precision of the fields
     * @param wanted an algorithm, or the automatic choice
     * @param allowedError relative error that changed weights may make, 0 for none
     * @return the choice made
     * @throws IllegalArgumentException if the wanted algorithm cannot run the program
     */
    public static Planner of(
            StencilProgram program, Precision precision, Algorithm wanted, double allowedError) {
        return new Planner(program, precision, wanted, allowedError, false, true);
    }

    /**
     * Chooses for a program as an execution says.
     *
     * @param program what to compute
     * @param precision of the fields
     * @param execution its algorithm, allowed error, and whether to measure
     * @return the choice made
     * @throws IllegalArgumentException if the wanted algorithm cannot run the program
     */
    public static Planner of(StencilProgram program, Precision precision, Execution execution) {
        return new Planner(program, precision, execution.algorithm(), execution.allowedError(),
                execution.measured(), true);
    }

    /**
     * Chooses for a program whose weights will be replaced: sums of products, which stand for the weights that they
     * were made from, are left out.
     *
     * @param program what to compute
     * @param precision of the fields
     * @param wanted an algorithm, or the automatic choice
     * @param allowedError relative error that rounding may make, 0 for that of plain sums
     * @return the choice made
     */
    static Planner reweighted(StencilProgram program, Precision precision, Algorithm wanted, double allowedError) {
        Algorithm other = wanted == Algorithm.SEPARABLE ? Algorithm.AUTOMATIC : wanted;
        return new Planner(program, precision, other, allowedError, false, false);
    }

    private List<Algorithm> runnable() {
        return Arrays.stream(Algorithm.values())
                .filter(any -> any != Algorithm.AUTOMATIC && cost(any) < Double.POSITIVE_INFINITY)
                .toList();
    }

    private Algorithm fastest() {
        return Collections.min(measured.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private Algorithm cheapest() {
        double sweeps = cost(Algorithm.SWEEPS);
        double blocks = cost(Algorithm.BLOCKS);
        double folded = cost(Algorithm.FOLDED);
        double direct = Math.min(cost(Algorithm.SEPARABLE), Math.min(folded, Math.min(sweeps, blocks)));
        if (cost(Algorithm.FOURIER) < WORTHWHILE * direct) {
            return Algorithm.FOURIER;
        }
        if (cost(Algorithm.SEPARABLE) < WORTHWHILE * Math.min(folded, Math.min(sweeps, blocks))) {
            return Algorithm.SEPARABLE;
        }
        if (folded < WORTHWHILE * Math.min(sweeps, blocks)) {
            return Algorithm.FOLDED;
        }
        return blocks < sweeps ? Algorithm.BLOCKS : Algorithm.SWEEPS;
    }

    /** Predicted nanoseconds for a node with all its output values; infinite where an algorithm cannot run. */
    private double cost(Algorithm candidate) {
        double width = precision == Precision.FLOAT ? 1 : 2;
        boolean deep = program.stencil().dimension() == 3;
        double components = (program.stencil().outputs() + program.stencil().inputs()) / 2.0;
        double block = components * (deep ? BLOCK_3D : BLOCK_2D);
        return switch (candidate) {
            case SWEEPS -> width * (SWEEP * program.stencil().outputs()
                    + (deep ? SWEEP_TAP_3D : SWEEP_TAP_2D) * program.stencil().size());
            case BLOCKS -> shape == null
                    ? Double.POSITIVE_INFINITY
                    : width * (block + STEP * waste() * shape.directSteps() / 256);
            case FOLDED -> {
                if (shape == null || folding == null) {
                    yield Double.POSITIVE_INFINITY;
                }
                double folds = deep ? FOLD * (shape.highest(shape.middleAxis) + 1) * program.stencil().inputs() : 0;
                yield width * (block + folds + FOLDED_STEP * waste() * folding.steps() / 256);
            }
            case SEPARABLE -> shape == null || separable == null
                    ? Double.POSITIVE_INFINITY
                    : width * waste() * separableCost(shape, separable.terms().size());
            case FOURIER -> spectral == null ? Double.POSITIVE_INFINITY : spectral.cost(precision);
            case AUTOMATIC ->
                throw new IllegalArgumentException("algorithm is AUTOMATIC; it had to be one that runs");
        };
    }

    private double separableCost(BlockShape blocks, int terms) {
        int groups = (terms + 3) / 4;
        int across = blocks.highest(blocks.blockAxis) - blocks.lowest(blocks.blockAxis) + 4;
        int columns = blocks.highest(2) - blocks.lowest(2) + 1;
        boolean deep = program.stencil().dimension() == 3;
        double rows = terms == 1 ? (LONE_BLOCK + LONE_STEP * columns) / 64 : groups * passed(columns) / 64;
        int middle = blocks.highest(blocks.middleAxis) - blocks.lowest(blocks.middleAxis) + 4;
        double middles = deep ? terms * passed(middle) / 256 : 0;
        return (deep ? BLOCK_3D : BLOCK_2D) + rows + middles + passed(terms * across) / 256;
    }

    /** Nanoseconds of one block of so many steps. */
    private static double passed(int steps) {
        return BLOCK + STEP * steps;
    }

    /** Columns that blocks compute for each column there is. */
    private double waste() {
        double columns = NOMINAL_COLUMNS * Float.BYTES / (double) precision.bytes();
        return Math.ceil(program.size(2) / columns) * columns / program.size(2);
    }

    /**
     * What was chosen.
     *
     * @return not {@link Algorithm#AUTOMATIC}
     */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** Whether register blocks can run the program. */
    boolean runsBlocks() {
        return shape != null;
    }

    /**
     * The chosen algorithm with the Vector API.
     *
     * @return an executor
     */
    public StencilExecutor executor() {
        boolean single = precision == Precision.FLOAT;
        if (algorithm == Algorithm.FOLDED && folding != null) {
            return single ? new FloatFolded(folding) : new DoubleFolded(folding);
        }
        if (algorithm == Algorithm.SEPARABLE && shape != null && separable != null) {
            return single ? new FloatSeparable(shape, separable) : new DoubleSeparable(shape, separable);
        }
        if (algorithm == Algorithm.FOURIER && spectral != null) {
            return new SpectralConvolution(spectral, precision);
        }
        if (algorithm == Algorithm.BLOCKS && shape != null) {
            return single ? new FloatDense(program, shape) : new DoubleDense(program, shape);
        }
        return Executors.sweeps(program, precision);
    }

    /**
     * The plain scalar reference of the chosen algorithm; for {@link Algorithm#FOURIER} that of the plain sum.
     *
     * @return an executor that gives the same bits, for {@code FOURIER} the same up to rounding, slowly
     */
    public StencilExecutor reference() {
        boolean single = precision == Precision.FLOAT;
        if (algorithm == Algorithm.FOLDED && folding != null) {
            return single ? new FloatFoldedReference(folding) : new DoubleFoldedReference(folding);
        }
        if (algorithm == Algorithm.SEPARABLE && shape != null && separable != null) {
            return single
                    ? new FloatSeparableReference(shape, separable)
                    : new DoubleSeparableReference(shape, separable);
        }
        return Executors.reference(program, precision);
    }

    /**
     * The choice in two words.
     *
     * @return the name of the algorithm
     */
    public String name() {
        return switch (algorithm) {
            case FOLDED -> "folded blocks";
            case BLOCKS -> "register blocks";
            case SEPARABLE -> "separable sum";
            case FOURIER -> "product of spectra";
            default -> "flat sweeps";
        };
    }

    private static String named(Algorithm algorithm, double nanoseconds) {
        return String.format(Locale.ROOT, "%s %.2f", algorithm.name().toLowerCase(Locale.ROOT), nanoseconds);
    }

    /**
     * The reasons of the choice.
     *
     * @return predicted nanoseconds a node on one core for each algorithm that could run, and what folding saves
     */
    public String reasons() {
        StringBuilder text = new StringBuilder("predicted ns a node:");
        text.append(runnable().stream().map(any -> named(any, cost(any))).collect(Collectors.joining(", ", " ", "")));
        if (!measured.isEmpty()) {
            text.append("; measured: ").append(measured.entrySet().stream()
                    .map(entry -> named(entry.getKey(), entry.getValue())).collect(Collectors.joining(", ")));
        }
        if (algorithm == Algorithm.FOLDED && folding != null) {
            text.append("; ").append(folding.size()).append(" products after adding mirrored inputs");
        }
        if (algorithm == Algorithm.SEPARABLE && separable != null) {
            text.append("; ").append(separable.terms().size())
                    .append(separable.terms().size() == 1 ? " product" : " products")
                    .append(String.format(Locale.ROOT, " along the axes, relative error %.1e", separable.error()));
        }
        if (algorithm == Algorithm.FOURIER && spectral != null) {
            text.append("; ").append(spectral)
                    .append(String.format(Locale.ROOT, ", rounding %.1e", spectral.roundingError(precision)));
        }
        return text.toString();
    }
}
