package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * What the first and the last node of each row have for neighbours beyond the ends, where that is one node of the same
 * row or nothing.
 *
 * @param size nodes of a row
 * @param below column of the neighbour below the first node, −1 for none
 * @param above column of the neighbour above the last node, −1 for none
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
record FloatRowEnds(int size, int below, int above) {
    /** Bytes that a pass over a star reads before its first and behind its last output element, along the row. */
    static final long MARGIN = FloatSweep.SPECIES.vectorByteSize();

    /**
     * Vectors of a row, where stars in its middle have passes of their own ({@link FloatStarPairs}); asked here, as a class
     * with many loops takes a fresh JVM some milliseconds.
     *
     * @param size elements of a row
     * @return 2, 4, or 0 for rows that have none, and all where passes of {@link FloatStar} are the fastest
     */
    static int vectors(int size) {
        boolean whole = size == 2 * FloatSweep.LANES || size == 4 * FloatSweep.LANES;
        return whole && !FloatStar.SELECTS && FloatSweep.LANES > 1 ? size / FloatSweep.LANES : 0;
    }

    /**
     * The ends of a program's rows.
     *
     * @return null if neighbours of ends are not as said, or a vector could hold more than one end
     */
    static @Nullable FloatRowEnds of(StencilProgram program) {
        AxisMap columns = program.columns();
        int size = program.size(2);
        if (columns.lowest() != -1 || columns.highest() != 1 || columns.low() != 1 || columns.high() != 1
                || size < FloatSweep.LANES) {
            return null;
        }
        AxisMap.Reads below = columns.reads(0, -1);
        AxisMap.Reads above = columns.reads(size - 1, 1);
        boolean plain = isPlain(below) && isPlain(above)
                && isNode(columns, 0, 0) && isNode(columns, 0, 1)
                && isNode(columns, size - 1, 0) && isNode(columns, size - 1, -1);
        return plain ? new FloatRowEnds(size, source(below), source(above)) : null;
    }

    private static boolean isPlain(AxisMap.Reads reads) {
        return reads.sources().length == 0 || reads.sources().length == 1 && reads.coefficients()[0] == 1;
    }

    private static boolean isNode(AxisMap columns, int node, int offset) {
        AxisMap.Reads reads = columns.reads(node, offset);
        return isPlain(reads) && source(reads) == node + offset;
    }

    private static int source(AxisMap.Reads reads) {
        return reads.sources().length == 0 ? -1 : reads.sources()[0];
    }

    /** Bytes of a row. */
    long rowBytes() {
        return (long) size * Float.BYTES;
    }

    /** Byte position of the first node of a row, at {@code first} or the next behind it. */
    long firstStart(long first) {
        return (first + rowBytes() - 1) / rowBytes() * rowBytes();
    }

    /** Byte position of the last node of a row, at {@code first} or the next behind it. */
    long firstEnd(long first) {
        return first / rowBytes() * rowBytes() + rowBytes() - Float.BYTES;
    }

    /** The neighbour below the first node of the row that begins at this byte position. */
    float below(MemorySegment in, long start) {
        return below < 0 ? (float) 0 : in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, start + (long) below * Float.BYTES);
    }

    /** The neighbour above the last node, which is at this byte position. */
    float above(MemorySegment in, long end) {
        return above < 0
                ? (float) 0
                : in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, end + (long) (above - size + 1) * Float.BYTES);
    }

    /** Bytes from the first node of a row to what stands for the neighbour below it, 0 for none. */
    long lowPosition() {
        return (long) Math.max(below, 0) * Float.BYTES;
    }

    /** Bytes from the last two vectors of a row to what stands for the neighbour above the last node, 0 for none. */
    long highPosition() {
        return above < 0 ? 0 : (long) (above - size + 2 * FloatSweep.LANES) * Float.BYTES;
    }

    /** Whether neighbours beyond ends are among the two first or two last nodes of the row. */
    boolean isNear() {
        return isNear(below) && isNear(above);
    }

    private boolean isNear(int column) {
        return column < 2 || column >= size - 2;
    }

    /** Distance of the neighbour below a first node, in records of {@link FloatSeams}. */
    int belowInRecord() {
        return below < 2 ? below : FloatSeamSums.RECORD + below - size;
    }

    /** Distance of the neighbour above a last node, in records of {@link FloatSeams}. */
    int aboveInRecord() {
        return above < 2 ? above + 1 - FloatSeamSums.RECORD : above + 1 - size;
    }
}
