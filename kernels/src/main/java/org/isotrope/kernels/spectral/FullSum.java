package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.fourier.RealFourierTransform;

/** The sum over all wave vectors of any lattice, by one Fourier transform. */
final class FullSum implements LatticeSum {
    private final int[] lengths;
    private final MemorySegment values;

    FullSum(Grid grid, KernelForm form, TruncatedKernel kernel, int[] lengths, Arena arena) {
        this.lengths = lengths;
        // made first, as it refuses what cannot be addressed
        RealFourierTransform transform = RealFourierTransform.of(lengths, Precision.DOUBLE);
        long count = 1;
        for (int n : lengths) {
            count *= n;
        }
        values = Multipliers.allocate(arena, count, Precision.DOUBLE);
        try (Arena spectra = Arena.ofShared()) {
            Wavevectors vectors = new Wavevectors(grid, lengths);
            MemorySegment spectrum = Multipliers.allocate(spectra, vectors.count(), Precision.DOUBLE);
            MemorySegment zeros = Multipliers.allocate(spectra, vectors.count(), Precision.DOUBLE);
            vectors.fill((k, along, free) -> form.factor(k, kernel.transform(along, free)), spectrum);
            transform.inverse(form.imaginary() ? zeros : spectrum, form.imaginary() ? spectrum : zeros, values);
        }
    }

    @Override
    public double at(int[] offset) {
        long place = 0;
        for (int a = 0; a < lengths.length; a++) {
            place = place * lengths[a] + Math.floorMod(offset[a], lengths[a]);
        }
        return values.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
    }
}
