package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Correlates slabs of two fields at the folded taps of a mirror-symmetric stencil.
 *
 * <p>Folded rows of all planes of a slab lie behind one another, and so do the rows of the other field, with planes of
 * zeros before and behind, so that each tap is one dot product over one contiguous run.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatFoldedGradient {
    /** Working memory of one thread. */
    private record Memory(FloatBox box, float[] cotangent, float[] lanes) {}

    /** A group as the loops take it. */
    private record Run(int[] plus, int[] minus, float sign, int[] shifts) {}

    private final BlockShape shape;
    private final FloatFolds folds;
    private final int halo;
    private final Run[] runs;
    private final Pool<Memory> pool;

    FloatFoldedGradient(Folding folding, List<FoldedGradient.Group> groups, int slab) {
        this.shape = folding.shape();
        this.folds = new FloatFolds(folding);
        this.halo = shape.highest(shape.blockAxis) - shape.lowest(shape.blockAxis);
        int planes = slab + 2 * halo;
        this.runs = groups.stream().map(group -> run(group, planes)).toArray(Run[]::new);
        int outputs = shape.program.stencil().outputs();
        int side = FloatCorrelation.SIDE;
        // the last shifts read over the ends of the last rows, where the other field is zero
        this.pool = new Pool<>(() -> new Memory(
                new FloatBox(shape, (int) shape.boxLength() + shape.pitch, folds.length() + shape.pitch),
                new float[(outputs * planes + 1) * shape.pitch],
                new float[side * side * FloatCorrelation.DEALT]));
    }

    private Run run(FoldedGradient.Group group, int planes) {
        int side = FloatCorrelation.SIDE;
        int[] plus = new int[side];
        int[] minus = new int[side];
        int[] shifts = new int[side];
        int lowest = shape.lowest(shape.blockAxis);
        for (int k = 0; k < side; k++) {
            Folding.Tap column = group.columns()[k];
            int row = folds.position(column, lowest);
            plus[k] = row + column.column();
            minus[k] = row - column.column();
            shifts[k] = (group.output() * planes + halo + lowest - group.blocks()[k]) * shape.pitch;
        }
        return new Run(plus, minus, group.sign(), shifts);
    }

    /**
     * Adds one slab.
     *
     * @param in one field
     * @param outAdjoint the other field
     * @param from first plane of the slab along the block axis
     * @param count its planes
     * @param sums sixteen sums a group, added to
     * @return whether the slab was taken; values so large that sums of four overflow are left
     */
    boolean add(MemorySegment in, MemorySegment outAdjoint, int from, int count, double[][] sums) {
        Memory memory = pool.take();
        boolean tame = memory.box.fill(in, from, count);
        for (int middle = 0; middle < shape.middles && tame; middle++) {
            if (folds.areFolded()) {
                folds.fold(memory.box, middle, count);
            }
            fill(outAdjoint, from, count, middle, memory.cotangent);
            correlate(memory, count, sums);
        }
        if (!tame) {
            // later slabs read a little of what smaller ones leave
            Arrays.fill(memory.box.values, (float) 0);
            Arrays.fill(memory.box.folds, (float) 0);
        }
        pool.give(memory);
        return tame;
    }

    private void correlate(Memory memory, int count, double[][] sums) {
        float[] rows = folds.areFolded() ? memory.box.folds : memory.box.values;
        int dealt = FloatCorrelation.DEALT;
        int length = (count + halo - 1) * shape.pitch + (shape.columns + dealt - 1) / dealt * dealt;
        for (int at = 0; at < length; at += FloatFoldedCorrelation.CHUNK) {
            int elements = Math.min(FloatFoldedCorrelation.CHUNK, length - at);
            for (int g = 0; g < runs.length; g++) {
                Run run = runs[g];
                FloatFoldedCorrelation.add(rows, run.plus, run.minus, run.sign, memory.cotangent, run.shifts, at,
                        elements, memory.lanes, sums[g]);
            }
        }
    }

    /** The rows of one middle index, in planes of zeros. */
    private void fill(MemorySegment outAdjoint, int from, int count, int middle, float[] cotangent) {
        int planes = (cotangent.length / shape.pitch - 1) / shape.program.stencil().outputs();
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (int plane = 0; plane < count; plane++) {
                long first = shape.rowStart(r, from + plane, middle) * Float.BYTES;
                int to = (r * planes + halo + plane) * shape.pitch;
                MemorySegment.copy(outAdjoint, ValueLayout.JAVA_FLOAT, first, cotangent, to, shape.columns);
            }
            int behind = (r * planes + halo + count) * shape.pitch;
            Arrays.fill(cotangent, behind, behind + halo * shape.pitch, (float) 0);
        }
    }
}
