package org.isotrope.kernels.engine.program;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The plain scalar reference of {@link Folding}: one node after the other, in its order. */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatFoldedReference implements StencilExecutor {
    private final Folding folding;
    private final BlockShape shape;

    /**
     * Prepares.
     *
     * @param folding what to sum
     */
    public FloatFoldedReference(Folding folding) {
        this.folding = folding;
        this.shape = folding.shape();
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int from = (int) ((long) shape.blocks * part / parts);
        planes(in, out, from, (int) ((long) shape.blocks * (part + 1) / parts));
    }

    /**
     * Computes the planes {@code from ≤ b < end} along the block axis.
     *
     * @param in input elements
     * @param out output elements
     * @param from first plane
     * @param end behind the last
     */
    public void planes(MemorySegment in, MemorySegment out, int from, int end) {
        for (int plane = from; plane < end; plane++) {
            for (int middle = 0; middle < shape.middles; middle++) {
                for (int r = 0; r < shape.program.stencil().outputs(); r++) {
                    for (int column = 0; column < shape.columns; column++) {
                        out.setAtIndex(ValueLayout.JAVA_FLOAT, shape.rowStart(r, plane, middle) + column,
                                node(in, r, plane, middle, column));
                    }
                }
            }
        }
    }

    private float node(MemorySegment in, int output, int plane, int middle, int column) {
        float sum = (float) 0;
        for (Folding.Tap tap : folding.taps(output)) {
            float folded = pair(in, tap, plane, middle, column + tap.column());
            if (tap.columnSign() != 0) {
                folded += tap.columnSign() * pair(in, tap, plane, middle, column - tap.column());
            }
            sum = Math.fma((float) tap.weight(), folded, sum);
        }
        return sum + (float) 0;
    }

    private float pair(MemorySegment in, Folding.Tap tap, int plane, int middle, int column) {
        float pair = value(in, tap.input(), plane + tap.block(), middle + tap.middle(), column);
        if (tap.middleSign() != 0) {
            pair += tap.middleSign() * value(in, tap.input(), plane + tap.block(), middle - tap.middle(), column);
        }
        return pair;
    }

    private float value(MemorySegment in, int input, int plane, int middle, int column) {
        int b = shape.source(shape.blockAxis, plane);
        int m = shape.source(shape.middleAxis, middle);
        int c = shape.source(2, column);
        return b < 0 || m < 0 || c < 0
                ? (float) 0
                : in.getAtIndex(ValueLayout.JAVA_FLOAT, shape.rowStart(input, b, m) + c);
    }
}
