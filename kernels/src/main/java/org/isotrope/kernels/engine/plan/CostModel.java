package org.isotrope.kernels.engine.plan;

import java.util.EnumMap;
import java.util.Map;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.Folding;
import org.isotrope.kernels.engine.program.SeparableSum;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.separable.FloatMirroredRows;
import org.isotrope.kernels.engine.spectral.SpectralShape;
import org.jspecify.annotations.Nullable;

/**
 * Predicts how long algorithms take for a program: the work that each does for a node with all its output values, times
 * the {@link Rates} of a machine.
 */
final class CostModel {
    /** Bytes of fields from which on they are taken to come from memory at every application. */
    private static final long CACHED = 24L << 20;

    private final StencilProgram program;
    private final Precision precision;
    private final @Nullable BlockShape shape;
    private final @Nullable Folding folding;
    private final @Nullable SeparableSum separable;
    private final @Nullable SpectralShape spectral;

    /**
     * The model of a program.
     *
     * @param program what to compute
     * @param precision of the fields
     * @param shape null where blocks cannot run it
     * @param folding null where it is not symmetric
     * @param separable null where it is no sum of few products
     * @param spectral null where spectra cannot run it, or not as exactly as is wanted
     */
    CostModel(
            StencilProgram program,
            Precision precision,
            @Nullable BlockShape shape,
            @Nullable Folding folding,
            @Nullable SeparableSum separable,
            @Nullable SpectralShape spectral) {
        this.program = program;
        this.precision = precision;
        this.shape = shape;
        this.folding = folding;
        this.separable = separable;
        this.spectral = spectral;
    }

    /** Nanoseconds a node on one core with everything in its caches; infinite where an algorithm cannot run. */
    double cost(Algorithm algorithm, Rates rates) {
        Map<Rate, Double> work = work(algorithm, rates.rows(), rates.columns());
        if (work.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (Map.Entry<Rate, Double> entry : work.entrySet()) {
            sum += rates.of(entry.getKey()) * entry.getValue();
        }
        return sum;
    }

    /** The same on several cores, which share the way to memory. */
    double cost(Algorithm algorithm, Rates rates, int threads) {
        return Math.max(cost(algorithm, rates) / threads, traffic(rates));
    }

    /** Nanoseconds a node that memory takes for fields that outgrow the caches, else 0. */
    private double traffic(Rates rates) {
        long bytes = (long) (program.stencil().inputs() + program.stencil().outputs()) * precision.bytes();
        return bytes * program.nodes() > CACHED ? bytes * rates.of(Rate.BYTE) : 0;
    }

    /** Nanoseconds a node for outputs that go to memory and come back as inputs of a program with its own outputs. */
    double passage(int nextOutputs, Rates rates) {
        int all = program.stencil().inputs() + program.stencil().outputs() + nextOutputs;
        boolean far = (long) all * precision.bytes() * program.nodes() > CACHED;
        return far ? 2.0 * program.stencil().outputs() * precision.bytes() * rates.of(Rate.BYTE) : 0;
    }

    /**
     * What an algorithm does for a node, on a machine with register blocks of so many rows and columns.
     *
     * @return empty where it cannot run
     */
    Map<Rate, Double> work(Algorithm algorithm, int rows, int columns) {
        Map<Rate, Double> work = new EnumMap<>(Rate.class);
        switch (algorithm) {
            case SWEEPS -> {
                work.put(Rate.SWEPT_VALUE, (double) program.stencil().outputs());
                work.put(isDeep() ? Rate.SWEPT_TAP_3D : Rate.SWEPT_TAP_2D, (double) program.stencil().size());
            }
            case BLOCKS -> {
                if (shape != null) {
                    copies(work);
                    work.put(Rate.STEP, waste(columns) * shape.directSteps(rows) / (rows * columns));
                }
            }
            case FOLDED -> {
                if (shape != null && folding != null) {
                    copies(work);
                    work.put(Rate.FOLDED_STEP, waste(columns) * folding.steps(rows) / (rows * columns));
                    work.put(Rate.FOLDED_COLUMN, waste(columns) * folding.columns());
                    int folded = isDeep() ? shape.highest(shape.middleAxis) + 1 : 0;
                    work.put(Rate.FOLDED_ROW, (double) folded * program.stencil().inputs());
                }
            }
            case SEPARABLE -> {
                if (shape != null && separable != null) {
                    products(work, shape, separable, rows, columns);
                }
            }
            case FOURIER -> {
                if (spectral != null) {
                    work.put(isDeep() ? Rate.SPECTRA_3D : Rate.SPECTRA_2D, spectral.cost(precision));
                }
            }
            case AUTOMATIC ->
                throw new IllegalArgumentException("algorithm is AUTOMATIC; it had to be one that runs");
        }
        return work;
    }

    private boolean isDeep() {
        return program.stencil().dimension() == 3;
    }

    private void copies(Map<Rate, Double> work) {
        work.put(isDeep() ? Rate.COPIED_VALUE_3D : Rate.COPIED_VALUE_2D,
                (program.stencil().inputs() + program.stencil().outputs()) / 2.0);
    }

    /** One pass along each axis for each term, several terms at a time along rows. */
    private void products(Map<Rate, Double> work, BlockShape blocks, SeparableSum sum, int rows, int columns) {
        int terms = sum.terms().size();
        double waste = waste(columns);
        // in 2D a window serves twice as many outputs as it has margins
        double read = 1.5 * terms;
        work.put(isDeep() ? Rate.COPIED_VALUE_3D : Rate.COPIED_VALUE_2D, waste);
        int along = blocks.reach(2);
        double passes = 1.0 / (rows * columns);
        double steps = (double) terms * (blocks.reach(blocks.blockAxis) + rows - 1) / (rows * columns);
        if (terms == 1) {
            work.put(Rate.LONE_PASS, waste / columns);
            work.put(Rate.LONE_STEP, waste * along / columns);
        } else if (sum.mirrors()) {
            double mirrored = 0;
            for (int group : FloatMirroredRows.groups(terms)) {
                mirrored += 4.0 / (FloatMirroredRows.vectors(group) * columns);
            }
            passes += mirrored;
            work.put(Rate.MIRRORED_STEP, waste * mirrored * (along + 1) / 2);
        } else {
            int groups = (terms + rows - 1) / rows;
            passes += (double) groups / columns;
            steps += (double) groups * along / columns;
        }
        if (isDeep()) {
            passes += (double) terms / (rows * columns);
            steps += (double) terms * (blocks.reach(blocks.middleAxis) + rows - 1) / (rows * columns);
            read = (double) terms * (blocks.reach(blocks.blockAxis) + rows - 1) / rows;
        }
        work.put(Rate.WINDOW_VALUE, terms == 1 ? 0 : waste * read);
        work.put(Rate.PASS, waste * passes);
        work.put(Rate.STEP, waste * steps);
    }

    /** Columns that blocks compute for each column there is. */
    private double waste(int columns) {
        return Math.ceil(program.size(2) / (double) columns) * columns / program.size(2);
    }
}
