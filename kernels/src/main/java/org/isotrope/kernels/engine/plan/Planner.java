package org.isotrope.kernels.engine.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.engine.block.DoubleDense;
import org.isotrope.kernels.engine.block.DoubleFolded;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.isotrope.kernels.engine.block.FloatDense;
import org.isotrope.kernels.engine.block.FloatFolded;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.DoubleFoldedReference;
import org.isotrope.kernels.engine.program.DoubleSeparableReference;
import org.isotrope.kernels.engine.program.FloatFoldedReference;
import org.isotrope.kernels.engine.program.FloatSeparableReference;
import org.isotrope.kernels.engine.program.Folding;
import org.isotrope.kernels.engine.program.SeparableSum;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.separable.DoubleSeparable;
import org.isotrope.kernels.engine.separable.FloatSeparable;
import org.isotrope.kernels.engine.spectral.SpectralConvolution;
import org.isotrope.kernels.engine.spectral.SpectralShape;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a program runs, by a {@linkplain CostModel cost model} and the {@linkplain Rates rates} of a machine.
 *
 * <p>SWEEPS and BLOCKS give the same bits, so which of the two runs follows the rates of this machine and the number of
 * threads. All other choices change rounding. Where an error is allowed the caller has said how far results may be from
 * each other, and they follow the rates of this machine too: those of its vectors, or those found by a
 * {@linkplain Calibration calibration}. Where none is allowed, folding follows the nominal rates whatever the machine, so
 * that results have the same bits on all. No choice that changes bits looks at threads.
 *
 * <p>Another order of rounding has to gain something, more the more it brings with it.
 */
public final class Planner {
    /** Folding whose bits are those of every machine: some of them gain less by it than the nominal one. */
    private static final double FOLDING_EVERYWHERE = 0.9;

    /** Folding on this machine: no more than what predictions are good for. */
    private static final double FOLDING = 0.97;

    /** Sums of products take a part of the allowed error, and working memory for each product. */
    private static final double PRODUCTS = 0.95;

    /** Spectra spread infinities and rounding over the whole field, and take memory for several copies of it. */
    private static final double SPECTRA = 0.95;

    private final StencilProgram program;
    private final Precision precision;
    private final @Nullable BlockShape shape;
    private final @Nullable Folding folding;
    private final @Nullable SeparableSum separable;
    private final @Nullable SpectralShape spectral;
    private final CostModel model;
    private final Rates rates;
    private final int threads;
    /** Whether choices that change bits follow the nominal rates. */
    private final boolean portable;
    private final Map<Algorithm, Double> measured;
    private final Algorithm algorithm;

    private Planner(
            StencilProgram program,
            Precision precision,
            Algorithm wanted,
            double allowedError,
            boolean measure,
            boolean fixed,
            Rates rates,
            int threads) {
        this.program = program;
        this.precision = precision;
        this.rates = rates;
        this.threads = threads;
        this.portable = allowedError == 0;
        this.shape = BlockShape.of(program, FloatBlocks.COLUMNS);
        this.folding = shape == null ? null : Folding.of(program, shape);
        boolean tried = wanted == Algorithm.AUTOMATIC && allowedError > 0;
        SeparableSum sum = shape == null || (!tried || !fixed) && wanted != Algorithm.SEPARABLE ? null : SeparableSum.of(shape, allowedError);
        this.separable = sum == null || !FloatSeparable.fits(shape, sum) ? null : sum;
        SpectralShape waves = tried || wanted == Algorithm.FOURIER ? SpectralShape.of(program, precision) : null;
        boolean exact = waves != null && (wanted == Algorithm.FOURIER || waves.roundingError(precision) <= allowedError);
        this.spectral = exact ? waves : null;
        this.model = new CostModel(program, precision, shape, folding, separable, spectral);
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
        return new Planner(program, precision, wanted, allowedError, false, true,
                Calibration.rates(precision), 1);
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
        long values = program.nodes() * program.stencil().outputs();
        int threads = values < Execution.SHARING_THRESHOLD ? 1
                : Math.min(execution.threads(), Runtime.getRuntime().availableProcessors());
        return new Planner(program, precision, execution.algorithm(), execution.allowedError(),
                execution.measured(), true, Calibration.rates(precision), threads);
    }

    /** Chooses automatically as on a machine of other rates. */
    static Planner of(StencilProgram program, Precision precision, double allowedError, Rates rates, int threads) {
        return new Planner(program, precision, Algorithm.AUTOMATIC, allowedError, false, true, rates, threads);
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
        return new Planner(program, precision, other, allowedError, false, false,
                Calibration.rates(precision), 1);
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
        double direct = Math.min(cost(Algorithm.SWEEPS), cost(Algorithm.BLOCKS));
        double folded = cost(Algorithm.FOLDED);
        double separated = cost(Algorithm.SEPARABLE);
        if (cost(Algorithm.FOURIER) < SPECTRA * Math.min(separated, Math.min(folded, direct))) {
            return Algorithm.FOURIER;
        }
        if (separated < PRODUCTS * Math.min(folded, direct)) {
            return Algorithm.SEPARABLE;
        }
        if (portable ? isFoldedEverywhere() : folded < FOLDING * direct) {
            return Algorithm.FOLDED;
        }
        double blocks = model.cost(Algorithm.BLOCKS, rates, threads);
        return blocks < model.cost(Algorithm.SWEEPS, rates, threads) ? Algorithm.BLOCKS : Algorithm.SWEEPS;
    }

    private boolean isFoldedEverywhere() {
        return folding != null && nominal(Algorithm.FOLDED) < FOLDING_EVERYWHERE * nominalDirect();
    }

    private double nominal(Algorithm candidate) {
        return model.cost(candidate, Rates.nominal(precision));
    }

    private double nominalDirect() {
        return Math.min(nominal(Algorithm.SWEEPS), nominal(Algorithm.BLOCKS));
    }

    /** Predicted nanoseconds on one core of this machine for a node with all its output values. */
    private double cost(Algorithm candidate) {
        return model.cost(candidate, rates);
    }

    /** What predicts costs. */
    CostModel model() {
        return model;
    }

    /** What the choice costs on one core: as measured, else as predicted; sweeps and blocks are one choice everywhere. */
    private double chosen(Rates by) {
        if (!measured.isEmpty()) {
            return measured.get(algorithm);
        }
        boolean direct = portable && algorithm != Algorithm.FOLDED;
        return direct ? Math.min(model.cost(Algorithm.SWEEPS, by), model.cost(Algorithm.BLOCKS, by))
                : model.cost(algorithm, by);
    }

    /**
     * Costs on one core of a program and of two that it may stand for.
     *
     * @param one nanoseconds a node of the one
     * @param two of the two together, with the way of the field between them to memory and back
     */
    public record Costs(double one, double two) {}

    /**
     * What this program and another one that follows it cost beside a program that does the same. By the rates of this
     * machine where an error is allowed; else of those kinds of machines that have a table by that where the one gains least,
     * so that choices which change bits and go by it are the same on every machine and none of them loses much.
     *
     * @param next takes what this program gives
     * @param whole both in one
     * @return the costs
     */
    public Costs costs(Planner next, Planner whole) {
        return (portable ? Rates.tables(precision) : List.of(rates)).stream()
                .map(by -> new Costs(whole.chosen(by), chosen(by) + model.passage(next.program.stencil().outputs(), by)
                        + next.chosen(by)))
                .max(Comparator.comparingDouble(costs -> costs.one / costs.two)).orElseThrow();
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
     * @return predicted nanoseconds a node on one core for each algorithm that could run, by which rates; what was
     *     measured; what folding saves; and how far results may be from exact ones
     */
    public String reasons() {
        StringBuilder text = new StringBuilder("predicted ns a node by rates of ").append(rates.origin()).append(':');
        text.append(runnable().stream().map(any -> named(any, cost(any))).collect(Collectors.joining(", ", " ", "")));
        if (!measured.isEmpty()) {
            text.append("; measured: ").append(measured.entrySet().stream()
                    .map(entry -> named(entry.getKey(), entry.getValue())).collect(Collectors.joining(", ")));
        } else if (portable && folding != null && !rates.equals(Rates.nominal(precision))) {
            text.append("; folding as everywhere: ").append(named(Algorithm.FOLDED, nominal(Algorithm.FOLDED)))
                    .append(String.format(Locale.ROOT, " against %.2f", nominalDirect()));
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
        return text.append(String.format(Locale.ROOT, "; error at most %.1e", errorBound())).toString();
    }

    /**
     * How far results may be from those of the exact weights, relative to the largest input times the sum of the absolute
     * weights that a node reads: n terms, of which each is rounded at most k times, are within {@code n + k} units of
     * rounding (N. Higham, Accuracy and Stability of Numerical Algorithms, section 3.1). For spectra it is the error that
     * is to be expected, which rounding hardly ever reaches.
     *
     * @return at least half a unit in the last place
     */
    public double errorBound() {
        double unit = precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
        if (algorithm == Algorithm.FOURIER && spectral != null) {
            return spectral.roundingError(precision);
        }
        if (algorithm == Algorithm.SEPARABLE && shape != null && separable != null) {
            int passes = separable.terms().size() * shape.reach(shape.blockAxis) + shape.reach(shape.middleAxis)
                    + shape.reach(2);
            return separable.error() + separable.growth(program.stencil()) * (passes + 3) * unit;
        }
        if (algorithm == Algorithm.FOLDED && folding != null) {
            return (folding.longest() + 3) * unit;
        }
        return (longest() + 1) * unit;
    }

    /** Most terms of one output, whose weights beyond walls are rounded once. */
    private int longest() {
        int[] terms = new int[program.stencil().outputs()];
        for (int t = 0; t < program.stencil().size(); t++) {
            terms[program.stencil().output(t)] += program.map(0).mostReads() * program.map(1).mostReads()
                    * program.map(2).mostReads();
        }
        return Arrays.stream(terms).max().orElse(0);
    }
}
