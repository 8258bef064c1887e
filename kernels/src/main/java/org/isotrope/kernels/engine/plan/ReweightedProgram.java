package org.isotrope.kernels.engine.plan;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.engine.program.ReweightedExecutor;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;

/**
 * A program whose weights change often, as those of a learned kernel do: planned once for weights of no special values,
 * then only reweighted. Register blocks, their folded form and spectra take new weights without allocating; where none can
 * run, in 1D and where boundaries combine values, flat sweeps are made ready anew.
 */
public final class ReweightedProgram {
    private final StencilProgram program;
    private final Precision precision;
    private final Planner planner;
    /** Place in {@code program}'s stencil of each tap of the stencil that weights are given for. */
    private final int[] places;
    private final double[] weights;
    private StencilExecutor executor;

    /**
     * Plans.
     *
     * @param program with weights that show the symmetries which all weights to come will have, and no others
     * @param places for each weight to come, which tap of the program it belongs to
     * @param precision of the fields
     * @param wanted an algorithm, or the automatic choice
     * @param allowedError relative error that rounding may make, 0 for that of plain sums
     */
    public ReweightedProgram(
            StencilProgram program, int[] places, Precision precision, Algorithm wanted, double allowedError) {
        this.program = program;
        this.places = places.clone();
        this.precision = precision;
        this.weights = new double[places.length];
        Planner chosen = Planner.reweighted(program, precision, wanted, allowedError);
        if (chosen.algorithm() != Algorithm.FOLDED && chosen.algorithm() != Algorithm.FOURIER && chosen.runsBlocks()) {
            chosen = Planner.of(program, precision, Algorithm.BLOCKS, 0);
        }
        this.planner = chosen;
        this.executor = chosen.executor();
    }

    /**
     * Replaces all weights; not during a run.
     *
     * @param given one a tap
     */
    public void reweight(double[] given) {
        for (int t = 0; t < places.length; t++) {
            weights[places[t]] = given[t];
        }
        if (executor instanceof ReweightedExecutor blocks) {
            blocks.reweight(weights);
        } else {
            executor = Executors.sweeps(program.withWeights(weights), precision);
        }
    }

    /**
     * Computes one part of the output, as {@link StencilExecutor#run}.
     *
     * @param in all input components
     * @param out all output components
     * @param part which part, 0 to {@code parts − 1}
     * @param parts number of parts
     */
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        executor.run(in, out, part, parts);
    }

    /**
     * What was chosen.
     *
     * @return not {@link Algorithm#AUTOMATIC}
     */
    public Algorithm algorithm() {
        return planner.algorithm();
    }

    /**
     * What was chosen, and why.
     *
     * @return a few words
     */
    public String explain() {
        return planner.name() + " (" + planner.reasons() + ")";
    }
}
