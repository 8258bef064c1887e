package org.isotrope.kernels.fourier;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Scratch of one running transform. All of it is native memory that lives as long as this object is reachable. */
final class Workspace {
    /** Regions start at different places of a cache page, so that equal rows of two regions do not evict each other. */
    private static final long SHIFT = 5 * 64;

    private static final int REGIONS = 16;

    private final MemorySegment memory;
    private long used;

    /** Between the stages of a line. */
    final Planes even;
    /** Between the stages of a line, the other one. */
    final Planes odd;
    /** The convolution of a line by Bluestein's algorithm. */
    final Planes chirped;
    /** The same with exchanged parts. */
    final Planes chirpedBack;
    /** Lines before their transform. */
    final Planes before;
    /** The same with exchanged parts. */
    final Planes beforeBack;
    /** Lines after their transform. */
    final Planes after;
    /** The same with exchanged parts. */
    final Planes afterBack;
    /** A split line between its parts. */
    final Planes matrix;
    /** A split line before and after. */
    final Planes packed;
    /** The same with exchanged parts. */
    final Planes packedBack;
    /** A spectrum between two axes. */
    final Planes spectrum;
    /** The same with exchanged parts. */
    final Planes spectrumBack;
    /** What a whole transform reads. */
    final Planes input = anywhere();
    /** What a whole transform writes. */
    final Planes output = anywhere();
    /** What a split line reads. */
    final Planes lineIn = anywhere();
    /** What a split line writes. */
    final Planes lineOut = anywhere();
    /** What a line reads. */
    final Planes source = anywhere();
    /** What a line writes. */
    final Planes target = anywhere();
    /**
     * Bytes of a vector. C2 of JDK 25 takes some loops that step by a constant for provably inside their segments,
     * finds its guard wrong and compiles them again, a hundred times over; a step that it does not know keeps the
     * checks inside.
     */
    final long rowBytes;
    /** Bytes of an element, for the same reason. */
    final long elementBytes;
    /** Byte position of each lane's line in a caller's memory. */
    final long[] positions;

    /**
     * How much scratch.
     *
     * @param stage rows between stages
     * @param chirp rows of Bluestein's convolution, or 0
     * @param panel rows before and after a line
     * @param rowBytes bytes of a vector
     * @param lanes lanes of a vector
     * @param spectrum bytes of a plane of the spectrum between two axes, or 0
     * @param matrix bytes of a plane of a split line, or 0
     */
    record Size(int stage, int chirp, int panel, int rowBytes, int lanes, long spectrum, long matrix) {
        /** Enough for either. */
        Size max(Size other) {
            return new Size(Math.max(stage, other.stage), Math.max(chirp, other.chirp), Math.max(panel, other.panel),
                    rowBytes, lanes, Math.max(spectrum, other.spectrum), Math.max(matrix, other.matrix));
        }

        Size withSpectrum(long bytes) {
            return new Size(stage, chirp, panel, rowBytes, lanes, bytes, matrix);
        }
    }

    private static Planes anywhere() {
        return new Planes(MemorySegment.NULL, 0, MemorySegment.NULL, 0);
    }

    Workspace(Size size) {
        long rows = 2 * (2L * size.stage + size.chirp + 2L * size.panel);
        long bytes = rows * size.rowBytes + 2 * size.spectrum + 4 * size.matrix + REGIONS * SHIFT;
        memory = Arena.ofAuto().allocate(bytes, 64);
        even = take((long) size.stage * size.rowBytes);
        odd = take((long) size.stage * size.rowBytes);
        chirped = take((long) size.chirp * size.rowBytes);
        before = take((long) size.panel * size.rowBytes);
        after = take((long) size.panel * size.rowBytes);
        spectrum = take(size.spectrum);
        matrix = take(size.matrix);
        packed = take(size.matrix);
        packedBack = packed.swapped();
        chirpedBack = chirped.swapped();
        beforeBack = before.swapped();
        afterBack = after.swapped();
        spectrumBack = spectrum.swapped();
        positions = new long[size.lanes];
        rowBytes = size.rowBytes;
        elementBytes = size.rowBytes / size.lanes;
    }

    private Planes take(long bytes) {
        long re = used;
        long im = re + bytes + SHIFT;
        used = im + bytes + SHIFT;
        return new Planes(memory, re, memory, im);
    }
}
