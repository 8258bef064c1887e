package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.fourier.RealFourierTransform;

/**
 * Tables of the spectra of Green's functions on a grid, free along bounded axes.
 *
 * <p>A kernel cut off at L, at least the diameter of the grid across its periodic axes, gives on the grid what the
 * whole one would; its transform is smooth, so that a sum over wave vectors {@code 2π/P} apart is exact for
 * band-limited fields once the period P of each free axis exceeds its extent by L: nearly three times the extent in a
 * cube. That sum is done once. Only offsets between nodes of the grid are kept, so that applying takes twice the nodes
 * of a free axis.
 *
 * <p>Source: F. Vico, L. Greengard, M. Ferrando, J. Comput. Phys. 323 (2016) 191, sections 2 and 3.
 */
final class KernelTables {
    private final Grid grid;
    private final int d;
    private final TruncatedKernel.Kind kind;
    private final double q;
    private final Subspace span;
    private final int[] padded;

    /**
     * Tables for one Green's function.
     *
     * @param grid all axes uniform
     * @param kind which function
     * @param q inverse screening length, 0 for none
     */
    KernelTables(Grid grid, TruncatedKernel.Kind kind, double q) {
        this.grid = grid;
        this.d = grid.dimension();
        this.kind = kind;
        this.q = q;
        span = Subspace.ofPeriodic(grid);
        padded = new int[d];
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            padded[a] = axis.isPeriodic()
                    ? axis.size()
                    : Lengths.from(2.0 * axis.size() - 1, a, a == d - 1, axis.size());
        }
    }

    /** Requires what transforms need of a grid. */
    static void requireUniform(Grid grid) {
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            if (!axis.isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + axis
                        + "; it had to be uniform, as Fourier transforms diagonalise nothing on unequal spacings");
            }
        }
    }

    int[] padded() {
        return padded.clone();
    }

    /** The table of one entry. */
    MemorySegment table(KernelForm form) {
        return span.dimension() == d ? periodic(form) : truncated(form);
    }

    private MemorySegment periodic(KernelForm form) {
        Wavevectors vectors = new Wavevectors(grid, padded);
        MemorySegment table = Multipliers.allocate(Arena.ofAuto(), vectors.count(), Precision.DOUBLE);
        vectors.fill((k, along, across) -> form.factor(k, periodicTransform(along)), table);
        return table;
    }

    private double periodicTransform(double k) {
        double squares = k * k + q * q;
        if (squares == 0) {
            return 0;
        }
        return switch (kind) {
            case POTENTIAL -> 1 / squares;
            case DERIVATIVE -> -2 * q / (squares * squares);
            case BIHARMONIC -> 1 / (squares * squares);
        };
    }

    private MemorySegment truncated(KernelForm form) {
        int[] lengths = padded.clone();
        double cutoff = plan(lengths);
        TruncatedKernel kernel = new TruncatedKernel(d - span.dimension(), kind, q, cutoff);
        RealFourierTransform narrow = RealFourierTransform.of(padded, Precision.DOUBLE);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment offsets = Multipliers.allocate(arena, count(padded), Precision.DOUBLE);
            spread(form, kernel, lengths, offsets);
            Wavevectors vectors = new Wavevectors(grid, padded);
            MemorySegment table = Multipliers.allocate(Arena.ofAuto(), vectors.count(), Precision.DOUBLE);
            MemorySegment other = Multipliers.allocate(arena, vectors.count(), Precision.DOUBLE);
            // even kernels have real spectra, odd ones imaginary
            narrow.forward(offsets, form.imaginary() ? other : table, form.imaginary() ? table : other);
            return table;
        }
    }

    /** Sets the lengths of free axes for the sum over wave vectors, and returns the cutoff they allow. */
    private double plan(int[] lengths) {
        double diameter = diameter();
        double[][] reciprocal = grid.inverseCell();
        double cutoff = Double.POSITIVE_INFINITY;
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isPeriodic()) {
                double h = axis.spacing();
                double extent = (axis.size() - 1) * h;
                // images of offsets have to lie beyond the cutoff
                double slant = Wavevectors.length(reciprocal[a]);
                double least = Math.max(padded[a], (extent + diameter * slant) / h + 2);
                lengths[a] = Lengths.from(least, a, true, axis.size());
                cutoff = Math.min(cutoff, (lengths[a] * h - extent) / slant);
            }
        }
        return cutoff;
    }

    /** The largest distance of nodes across the periodic axes. */
    private double diameter() {
        double largest = 0;
        for (int signs = 0; signs < 1 << d; signs++) {
            double[] corner = new double[d];
            for (int a = 0; a < d; a++) {
                Axis axis = grid.axis(a);
                double extent = axis.isPeriodic() ? 0 : Math.max(1, axis.size() - 1) * axis.spacing();
                corner[a] = (signs >> a & 1) == 0 ? extent : -extent;
            }
            largest = Math.max(largest, Wavevectors.length(across(corner)));
        }
        return largest;
    }

    /** The projection orthogonal to the periodic lattice vectors. */
    private double[][] projection() {
        double[][] projection = new double[d][d];
        for (int i = 0; i < d; i++) {
            double[] unit = new double[d];
            unit[i] = 1;
            double[] along = span.project(unit);
            for (int j = 0; j < d; j++) {
                projection[i][j] = unit[j] - along[j];
            }
        }
        return projection;
    }

    /** The part of a vector, given along axes, that is orthogonal to the periodic lattice vectors. */
    private double[] across(double[] coordinates) {
        if (grid.isRectangular()) {
            // coordinates along periodic axes are 0
            return coordinates;
        }
        double[] x = grid.toSpace(coordinates);
        double[] along = span.project(x);
        for (int i = 0; i < d; i++) {
            x[i] -= along[i];
        }
        return x;
    }

    /** The kernel times the cell volume at all offsets between nodes, which wrap around in the padded shape. */
    private void spread(KernelForm form, TruncatedKernel kernel, int[] lengths, MemorySegment offsets) {
        try (Arena arena = Arena.ofShared()) {
            LatticeSum sum = OctantSum.fits(grid, form, lengths)
                    ? new OctantSum(grid, form, kernel, lengths, arena)
                    : new FullSum(grid, form, kernel, lengths, arena);
            double[] c = kernel.polynomial();
            double share = grid.cellVolume() / span.volume();
            double[][] projection = projection();
            int[] offset = new int[d];
            double[] coordinates = new double[d];
            long count = count(padded);
            for (long flat = 0; flat < count; flat++) {
                boolean inside = true;
                long rest = flat;
                for (int a = d - 1; a >= 0; a--) {
                    int index = (int) (rest % padded[a]);
                    rest /= padded[a];
                    Axis axis = grid.axis(a);
                    int n = axis.size();
                    offset[a] = axis.isPeriodic() || index < n ? index : index - padded[a];
                    inside &= axis.isPeriodic() || offset[a] > -n;
                    coordinates[a] = axis.isPeriodic() ? 0 : offset[a] * axis.spacing();
                }
                if (inside) {
                    double value = sum.at(offset) + share * form.polynomial(c, across(coordinates), projection);
                    offsets.setAtIndex(ValueLayout.JAVA_DOUBLE, flat, value);
                }
            }
        }
    }

    private static long count(int[] lengths) {
        long count = 1;
        for (int n : lengths) {
            count = Math.multiplyExact(count, (long) n);
        }
        return count;
    }
}
