package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.jspecify.annotations.Nullable;

/**
 * A program as a circular convolution: periodic axes as they are, bounded ones with zeros beyond their walls padded by
 * as many zeros as the stencil reaches, up to the next length that transforms are fast at.
 */
final class SpectralShape {
    final StencilProgram program;
    /** Sizes of the axes that there are. */
    final int[] shape;
    final int[] padded;
    final boolean isPadded;
    private final long paddedSize;

    private SpectralShape(StencilProgram program, int[] shape, int[] padded) {
        this.program = program;
        this.shape = shape;
        this.padded = padded;
        this.isPadded = !Arrays.equals(shape, padded);
        long size = 1;
        for (int n : padded) {
            size *= n;
        }
        this.paddedSize = size;
    }

    /**
     * The shape, if spectra can run the program.
     *
     * @return null where something else than zeros or the other end lies beyond a wall, and beyond the longest lines
     */
    static @Nullable SpectralShape of(StencilProgram program) {
        int d = program.stencil().dimension();
        int[] shape = new int[d];
        int[] padded = new int[d];
        for (int a = 0; a < d; a++) {
            AxisMap map = program.map(3 - d + a);
            int n = program.size(3 - d + a);
            shape[a] = n;
            int[] moves = map.moves();
            if (moves == null || n > 1 << 24) {
                return null;
            }
            if (isCircular(moves, map.lowest(), n)) {
                padded[a] = n;
            } else if (isOpen(moves, map.lowest(), n)) {
                int least = n + Math.max(map.highest(), -map.lowest());
                // an even last axis costs half an odd one
                padded[a] = a == d - 1
                        ? 2 * RealFourierTransform.nextFastLength((least + 1) / 2)
                        : RealFourierTransform.nextFastLength(least);
            } else {
                return null;
            }
        }
        return new SpectralShape(program, shape, padded);
    }

    private static boolean isCircular(int[] moves, int lowest, int n) {
        for (int k = 0; k < moves.length; k++) {
            if (moves[k] != Math.floorMod(k + lowest, n)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(int[] moves, int lowest, int n) {
        for (int k = 0; k < moves.length; k++) {
            int position = k + lowest;
            if (moves[k] != (position < 0 || position >= n ? -1 : position)) {
                return false;
            }
        }
        return true;
    }

    /** Elements of a padded component. */
    long paddedSize() {
        return paddedSize;
    }

    /** Elements of one plane of the spectrum of a component. */
    long spectrumSize() {
        int last = padded[padded.length - 1];
        return paddedSize / last * (last / 2 + 1);
    }

    /** Where a tap's node is, seen from node 0: {@code o} for sign 1, {@code −o} for sign −1. */
    long place(int tap, int sign) {
        long place = 0;
        for (int a = 0; a < padded.length; a++) {
            place = place * padded[a] + Math.floorMod(sign * program.stencil().offset(tap, a), padded[a]);
        }
        return place;
    }

    /** Copies dense components into the corners of padded ones. */
    void pad(MemorySegment dense, MemorySegment wide, int components, Precision precision) {
        copy(dense, wide, components, precision, false);
    }

    /** Copies the corners of padded components to dense ones. */
    void crop(MemorySegment wide, MemorySegment dense, int components, Precision precision) {
        copy(wide, dense, components, precision, true);
    }

    private void copy(MemorySegment from, MemorySegment to, int components, Precision precision, boolean crop) {
        int d = shape.length;
        long row = (long) shape[d - 1] * precision.bytes();
        long paddedRow = (long) padded[d - 1] * precision.bytes();
        int middle = d > 1 ? shape[d - 2] : 1;
        int paddedMiddle = d > 1 ? padded[d - 2] : 1;
        int slabs = d > 2 ? shape[0] : 1;
        int paddedSlabs = d > 2 ? padded[0] : 1;
        for (int c = 0; c < components; c++) {
            for (int i = 0; i < slabs; i++) {
                long dense = ((long) c * slabs + i) * middle * row;
                long wide = ((long) c * paddedSlabs + i) * paddedMiddle * paddedRow;
                for (int j = 0; j < middle; j++) {
                    MemorySegment.copy(from, crop ? wide : dense, to, crop ? dense : wide, row);
                    dense += row;
                    wide += paddedRow;
                }
            }
        }
    }

    /**
     * How far results are from exact ones by rounding, relative to the largest input times the sum of all absolute
     * weights: the error of a transform of N values is about ε √log₂ N, and there are three of them.
     */
    double roundingError(Precision precision) {
        double unit = precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
        return 3 * unit * Math.sqrt(Math.max(1, Math.log(paddedSize) / Math.log(2)));
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + (isPadded ? " padded to " + Arrays.toString(padded) : "");
    }
}
