package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.gradient.FoldedGradient;
import org.isotrope.kernels.engine.gradient.SpectralGradient;
import org.isotrope.kernels.engine.gradient.TapGradient;
import org.isotrope.kernels.engine.plan.ReweightedProgram;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Crew;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ShellConvolution} planned once for values that change from one application to the next, as they do while
 * they are learned: forward, transposed, and differentiated in the values. Nothing is allocated once each of them has
 * been used, except in 1D and where the boundaries combine values, where new values make the weights of flat sweeps
 * anew.
 *
 * <p>Results are those of the operator with these values, but for the order of summation: it is chosen for values
 * without special symmetries. A plan belongs to one thread at a time.
 */
public final class ShellPlan {
    private final KernelTaps taps;
    private final Space domain;
    private final Space range;
    private final Precision precision;
    private final Execution execution;
    private final double[] weights;
    private final Crew crew;
    private final Direction forward;
    private @Nullable Direction transposed;
    private @Nullable SpectralGradient spectral;
    private @Nullable FoldedGradient folded;
    private @Nullable TapGradient gradient;
    private double[] tapGradient = new double[0];

    ShellPlan(
            KernelTaps taps, double[] values, Space domain, Space range, Precision precision, Execution execution) {
        this.taps = taps;
        this.domain = domain;
        this.range = range;
        this.precision = precision;
        this.execution = execution;
        this.crew = Crew.of(execution.executor(), execution.threads());
        this.weights = new double[taps.pattern().size()];
        int[] places = new int[weights.length];
        for (int t = 0; t < places.length; t++) {
            places[t] = t;
        }
        this.forward = new Direction(program(), places, range.components());
        setValues(values);
    }

    /** The program with weights that have the symmetries of all values and no others. */
    private StencilProgram program() {
        double[] values = new double[taps.parameters()];
        for (int p = 0; p < values.length; p++) {
            values[p] = 1 + Math.sqrt(2 + p);
        }
        return StencilProgram.of(taps.stencil(values), taps.grid(), taps.boundaries());
    }

    /** Which tap of the transposed stencil each tap becomes. */
    private int[] transposedPlaces() {
        double[] numbers = new double[weights.length];
        for (int t = 0; t < numbers.length; t++) {
            numbers[t] = t;
        }
        Stencil numbered = taps.pattern().withWeights(numbers).transpose();
        int[] places = new int[weights.length];
        for (int t = 0; t < places.length; t++) {
            places[(int) numbered.weight(t)] = t;
        }
        return places;
    }

    /** One of the two ways through the operator. */
    private final class Direction implements Crew.Job {
        private final ReweightedProgram program;
        private final int threads;
        private boolean stale = true;

        Direction(StencilProgram stencils, int[] places, int components) {
            this.program = new ReweightedProgram(stencils, places, precision, execution.algorithm(),
                    execution.allowedError());
            this.threads = Math.min(execution.threadsFor(stencils.nodes() * components), crew.size());
        }

        void apply(Field in, Field out) {
            if (stale) {
                program.reweight(weights);
                stale = false;
            }
            if (threads == 1) {
                program.run(in.segment(), out.segment(), 0, 1);
            } else {
                crew.run(this, in.segment(), out.segment(), threads);
            }
        }

        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            program.run(in, out, part, parts);
        }
    }

    /**
     * Takes other values.
     *
     * @param values one finite value a shell for each radial function in turn
     */
    public void setValues(double... values) {
        if (values.length != taps.parameters()) {
            throw new IllegalArgumentException("values are " + values.length + "; there had to be "
                    + taps.parameters() + ", one for each shell of each radial function");
        }
        for (int p = 0; p < values.length; p++) {
            if (!Double.isFinite(values[p])) {
                throw new IllegalArgumentException("value " + p + " is " + values[p] + "; it had to be finite");
            }
        }
        taps.weights(values, weights);
        forward.stale = true;
        if (transposed != null) {
            transposed.stale = true;
        }
    }

    /**
     * {@code y = A f}.
     *
     * @param in f, of the domain
     * @param out y, of the range, apart from {@code in}; overwritten
     */
    public void apply(Field in, Field out) {
        Fits.requirePrecision(precision, in);
        Fits.require(domain, range, in, out);
        forward.apply(in, out);
    }

    /**
     * {@code f̄ = Aᵀ ȳ}, the transpose under the dot product of stored values.
     *
     * @param in ȳ, of the range
     * @param out f̄, of the domain, apart from {@code in}; overwritten
     */
    public void applyAdjoint(Field in, Field out) {
        Fits.requirePrecision(precision, in);
        Fits.require(range, domain, in, out);
        if (transposed == null) {
            transposed = new Direction(program().transpose(), transposedPlaces(), domain.components());
        }
        transposed.apply(in, out);
    }

    /**
     * Adds the gradient of {@code ⟨ȳ, A f⟩} in the values, whatever they are.
     *
     * @param in f, of the domain
     * @param outAdjoint ȳ, of the range
     * @param sum one entry a value, added to
     */
    public void addShellGradient(Field in, Field outAdjoint, double[] sum) {
        Fits.requirePrecision(precision, in);
        Fits.requirePrecision(precision, outAdjoint);
        domain.require(in, "in");
        range.require(outAdjoint, "outAdjoint");
        if (sum.length != taps.parameters()) {
            throw new IllegalArgumentException("sum has " + sum.length + " entries; it had to have "
                    + taps.parameters());
        }
        if (tapGradient.length == 0) {
            tapGradient = new double[weights.length];
            boolean waves = forward.program.algorithm() == Algorithm.FOURIER;
            spectral = waves ? SpectralGradient.of(taps.program(), precision) : null;
            folded = waves ? null : FoldedGradient.of(taps.program(), taps.ties(), precision);
        }
        int threads = Math.min(execution.threadsFor(in.grid().size() * weights.length), crew.size());
        if (spectral != null) {
            spectral.compute(in.segment(), outAdjoint.segment(), tapGradient);
        } else if (folded == null
                || !folded.compute(in.segment(), outAdjoint.segment(), tapGradient, crew, threads)) {
            tapGradient(in, outAdjoint, threads);
        }
        taps.addGradient(tapGradient, sum);
    }

    private void tapGradient(Field in, Field outAdjoint, int threads) {
        if (gradient == null) {
            gradient = new TapGradient(taps.program(), precision);
        }
        gradient.compute(in.segment(), outAdjoint.segment(), tapGradient, threads);
    }

    /**
     * What was chosen for the way forward.
     *
     * @return one line
     */
    public String explain() {
        return forward.program.explain() + ", " + precision + ", " + weights.length + " taps, " + forward.threads
                + (forward.threads == 1 ? " thread" : " threads");
    }
}
