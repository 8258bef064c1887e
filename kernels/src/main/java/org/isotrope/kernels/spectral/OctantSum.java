package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.fourier.TrigonometricKind;
import org.isotrope.kernels.fourier.TrigonometricTransform;

/**
 * The sum over the wave vectors of a rectangular lattice of even lengths, where kernels are even or odd along every
 * axis: wave numbers from 0 to the Nyquist one by cosine and sine transforms, slab by slab along axis 0, of which only
 * the offsets between nodes are kept.
 */
final class OctantSum implements LatticeSum {
    private final int d;
    private final int[] lengths;
    private final boolean[] odd;
    private final int[] kept;
    private final double scale;
    private final MemorySegment values;

    /** Whether a grid, a kernel and lengths allow it. */
    static boolean fits(Grid grid, KernelForm form, int[] lengths) {
        boolean fits = grid.isRectangular();
        for (int a = 0; a < lengths.length; a++) {
            fits &= lengths[a] % 2 == 0 && count(lengths[a], form.isOdd(a)) > 0;
        }
        return fits;
    }

    /** Wave numbers of a line that a transform takes: the odd one leaves out both ends. */
    private static int count(int length, boolean odd) {
        return odd ? length / 2 - 1 : length / 2 + 1;
    }

    OctantSum(Grid grid, KernelForm form, TruncatedKernel kernel, int[] lengths, Arena arena) {
        this.lengths = lengths;
        d = lengths.length;
        odd = new boolean[d];
        kept = new int[d];
        int[] counts = new int[d];
        TrigonometricKind[] kinds = new TrigonometricKind[d];
        double normalization = 1;
        boolean sines = false;
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            odd[a] = form.isOdd(a);
            sines |= odd[a];
            counts[a] = count(lengths[a], odd[a]);
            kinds[a] = odd[a] ? TrigonometricKind.SINE_I : TrigonometricKind.COSINE_I;
            kept[a] = a == 0 || axis.isPeriodic() ? counts[a] : Math.min(counts[a], axis.size());
            normalization /= lengths[a];
        }
        // one sine under an imaginary factor, or two under a real one, bring i² with them
        scale = sines ? -normalization : normalization;
        long count = 1;
        for (int n : kept) {
            count = Math.multiplyExact(count, (long) n);
        }
        values = Multipliers.allocate(arena, count, Precision.DOUBLE);
        slabs(grid, form, kernel, counts, kinds, count / kept[0]);
        TrigonometricKind[] last = new TrigonometricKind[d];
        Arrays.fill(last, TrigonometricKind.NONE);
        last[0] = kinds[0];
        TrigonometricTransform.of(kept, Precision.DOUBLE, last).forward(values, values);
    }

    private void slabs(
            Grid grid, KernelForm form, TruncatedKernel kernel, int[] counts, TrigonometricKind[] kinds, long kept) {
        double[] step = new double[d];
        for (int a = 0; a < d; a++) {
            step[a] = 2 * Math.PI / (lengths[a] * grid.axis(a).spacing());
        }
        int[] shape = Arrays.copyOfRange(counts, 1, d);
        long size = 1;
        for (int n : shape) {
            size *= n;
        }
        TrigonometricTransform transform =
                d == 1 ? null : TrigonometricTransform.of(shape, Precision.DOUBLE, Arrays.copyOfRange(kinds, 1, d));
        try (Arena arena = Arena.ofShared()) {
            MemorySegment slab = Multipliers.allocate(arena, size, Precision.DOUBLE);
            int[] index = new int[d];
            double[] k = new double[d];
            for (index[0] = 0; index[0] < counts[0]; index[0]++) {
                for (long flat = 0; flat < size; flat++) {
                    double along = 0;
                    double free = 0;
                    for (int a = 0; a < d; a++) {
                        k[a] = step[a] * (odd[a] ? index[a] + 1 : index[a]);
                        if (grid.axis(a).isPeriodic()) {
                            along += k[a] * k[a];
                        } else {
                            free += k[a] * k[a];
                        }
                    }
                    double factor = form.factor(k, kernel.transform(Math.sqrt(along), Math.sqrt(free)));
                    slab.setAtIndex(ValueLayout.JAVA_DOUBLE, flat, factor);
                    next(index, counts);
                }
                if (transform != null) {
                    transform.forward(slab, slab);
                }
                keep(slab, shape, index[0] * kept);
            }
        }
    }

    /** Counts all indices but the first up. */
    private static void next(int[] index, int[] shape) {
        for (int a = index.length - 1; a > 0 && ++index[a] == shape[a]; a--) {
            index[a] = 0;
        }
    }

    /** Copies the offsets that are wanted. */
    private void keep(MemorySegment slab, int[] shape, long place) {
        int rows = d == 3 ? kept[1] : 1;
        int columns = d == 1 ? 1 : kept[d - 1];
        long width = d == 1 ? 1 : shape[d - 2];
        for (int i = 0; i < rows; i++) {
            MemorySegment.copy(slab, i * width * Double.BYTES, values, (place + (long) i * columns) * Double.BYTES,
                    (long) columns * Double.BYTES);
        }
    }

    @Override
    public double at(int[] offset) {
        long place = 0;
        double factor = scale;
        for (int a = 0; a < d; a++) {
            // the nearest image, and its mirror image on the positive side
            int m = Math.floorMod(offset[a], lengths[a]);
            boolean mirrored = 2 * m > lengths[a];
            m = mirrored ? lengths[a] - m : m;
            if (odd[a]) {
                if (m == 0 || 2 * m == lengths[a]) {
                    return 0;
                }
                m--;
                factor = mirrored ? -factor : factor;
            }
            place = place * kept[a] + m;
        }
        return factor * values.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
    }
}
