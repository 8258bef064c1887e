package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The matrix of factors by which the spectra of the components are multiplied, all of them real or all of them
 * imaginary, as tables over the half spectrum of a real transform. Entries may share a table.
 */
final class Multipliers {
    /** Of an entry that is 0 everywhere. */
    static final int NONE = -1;

    private final int[] padded;
    private final boolean imaginary;
    private final int[][] entries;
    private final MemorySegment[] doubles;
    private volatile MemorySegment @Nullable [] floats;

    /**
     * Takes over tables.
     *
     * @param padded lengths of the transform, at least those of the grid
     * @param imaginary whether the factors are {@code i} times the tables
     * @param entries table of the factor from each input (second index) to each output (first index), or NONE
     * @param doubles the tables, over the half spectrum in C order
     */
    Multipliers(int[] padded, boolean imaginary, int[][] entries, MemorySegment[] doubles) {
        this.padded = padded;
        this.imaginary = imaginary;
        this.entries = entries;
        this.doubles = doubles;
    }

    /** Room for a table. */
    static MemorySegment allocate(Arena arena, long count, Precision precision) {
        return arena.allocate(Math.multiplyExact(count, (long) precision.bytes()), 64);
    }

    int[] padded() {
        return padded;
    }

    boolean imaginary() {
        return imaginary;
    }

    int outputs() {
        return entries.length;
    }

    int inputs() {
        return entries[0].length;
    }

    int entry(int output, int input) {
        return entries[output][input];
    }

    MemorySegment[] tables(Precision precision) {
        if (precision == Precision.DOUBLE) {
            return doubles;
        }
        MemorySegment[] made = floats;
        if (made == null) {
            made = new MemorySegment[doubles.length];
            for (int t = 0; t < made.length; t++) {
                made[t] = rounded(doubles[t]);
            }
            floats = made;
        }
        return made;
    }

    /** A table of {@code double} as one of {@code float}. */
    static MemorySegment rounded(MemorySegment table) {
        long count = table.byteSize() / Double.BYTES;
        MemorySegment rounded = allocate(Arena.ofAuto(), count, Precision.FLOAT);
        for (long k = 0; k < count; k++) {
            rounded.setAtIndex(ValueLayout.JAVA_FLOAT, k, (float) table.getAtIndex(ValueLayout.JAVA_DOUBLE, k));
        }
        return rounded;
    }
}
