package org.isotrope.kernels.spectral;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Grid;

/**
 * The wave vectors {@code k = A⁻ᵀ κ} of the half spectrum of a real transform on a lattice, {@code κ_a = 2π j_a/(N_a
 * h_a)}, and their parts in the span of the periodic lattice vectors and orthogonal to it.
 *
 * <p>At the Nyquist index of an even length κ stands for both signs; a factor is averaged over them, which keeps real
 * fields real, is right for even factors and makes odd ones vanish there.
 */
final class Wavevectors {
    /** A real factor of a wave vector. */
    @FunctionalInterface
    interface Factor {
        /**
         * The factor.
         *
         * @param k the wave vector
         * @param periodic length of its part in the span of the periodic lattice vectors, exactly 0 for no variation
         * @param free length of its part orthogonal to them
         */
        double at(double[] k, double periodic, double free);
    }

    private final Grid grid;
    private final int d;
    private final int[] lengths;
    private final double[][] reciprocal;
    private final double[][] inPeriodic;
    private final double[][] inFree;

    Wavevectors(Grid grid, int[] lengths) {
        this.grid = grid;
        this.lengths = lengths;
        d = grid.dimension();
        reciprocal = grid.inverseCell();
        Subspace span = Subspace.ofPeriodic(grid);
        inPeriodic = new double[d][];
        inFree = new double[d][];
        for (int a = 0; a < d; a++) {
            // vectors of free axes are orthogonal to the span, those of periodic axes lie in it if there is no other
            boolean periodic = grid.axis(a).isPeriodic();
            inPeriodic[a] = periodic ? span.project(reciprocal[a]) : new double[d];
            inFree[a] = periodic && span.dimension() == d ? new double[d] : minus(reciprocal[a], inPeriodic[a]);
        }
    }

    private static double[] minus(double[] x, double[] y) {
        double[] difference = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            difference[i] = x[i] - y[i];
        }
        return difference;
    }

    int[] spectrumShape() {
        int[] shape = lengths.clone();
        shape[d - 1] = lengths[d - 1] / 2 + 1;
        return shape;
    }

    long count() {
        long count = 1;
        for (int n : spectrumShape()) {
            count *= n;
        }
        return count;
    }

    /** Is shown wave vectors. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One of the wave vectors that an element of the half spectrum stands for.
         *
         * @param wave the element
         * @param k the wave vector
         * @param terms how many there are for this element
         */
        void visit(int wave, double[] k, int terms);
    }

    /** Shows all wave vectors, those at Nyquist indices with both signs. */
    void visit(Visitor visitor) {
        each((wave, kappa, nyquists) -> {
            int terms = 1 << Integer.bitCount(nyquists);
            for (int flipped = nyquists; ; flipped = (flipped - 1) & nyquists) {
                visitor.visit(Math.toIntExact(wave), combine(reciprocal, kappa, flipped), terms);
                if (flipped == 0) {
                    break;
                }
            }
        });
    }

    /** Writes the factor of every wave vector into a table of {@code double}. */
    void fill(Factor factor, MemorySegment table) {
        each((wave, kappa, nyquists) ->
                table.setAtIndex(ValueLayout.JAVA_DOUBLE, wave, average(factor, kappa, nyquists)));
    }

    /** An element of the half spectrum: its number, its κ, and the axes on whose Nyquist index it lies, a bit each. */
    @FunctionalInterface
    private interface Element {
        void at(long wave, double[] kappa, int nyquists);
    }

    private void each(Element element) {
        int[] shape = spectrumShape();
        int[] index = new int[d];
        double[] kappa = new double[d];
        long count = count();
        for (long flat = 0; flat < count; flat++) {
            int nyquists = 0;
            for (int a = 0; a < d; a++) {
                int n = lengths[a];
                int j = index[a];
                kappa[a] = 2 * Math.PI * (2 * j <= n ? j : j - n) / (n * grid.axis(a).spacing());
                nyquists |= 2 * j == n ? 1 << a : 0;
            }
            element.at(flat, kappa, nyquists);
            for (int a = d - 1; a >= 0 && ++index[a] == shape[a]; a--) {
                index[a] = 0;
            }
        }
    }

    private double average(Factor factor, double[] kappa, int nyquists) {
        double sum = 0;
        int terms = 0;
        // all subsets of the Nyquist axes, the empty one last
        for (int flipped = nyquists; ; flipped = (flipped - 1) & nyquists) {
            double[] k = combine(reciprocal, kappa, flipped);
            sum += factor.at(k, length(combine(inPeriodic, kappa, flipped)), length(combine(inFree, kappa, flipped)));
            terms++;
            if (flipped == 0) {
                return sum / terms;
            }
        }
    }

    private double[] combine(double[][] vectors, double[] kappa, int flipped) {
        double[] sum = new double[d];
        for (int a = 0; a < d; a++) {
            double signed = (flipped >> a & 1) != 0 ? -kappa[a] : kappa[a];
            for (int i = 0; i < d; i++) {
                sum[i] += signed * vectors[a][i];
            }
        }
        return sum;
    }

    static double length(double[] vector) {
        double squares = 0;
        for (double entry : vector) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }
}
