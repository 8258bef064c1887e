package org.isotrope.kernels.engine.program;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The plain scalar reference of a {@link SeparableSum}. For each term, in ascending offsets: sums along the last axis, of
 * these sums along the middle one in 3D, of these along the block axis; the last sum runs on from term to term. Sums start
 * at +0, go on by {@code fma}, and end by adding +0. Those along the last axis may {@linkplain SeparableSum#mirrors() add
 * inputs that mirror each other} first.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatSeparableReference implements StencilExecutor {
    private final BlockShape shape;
    private final SeparableSum sum;
    private final boolean deep;

    /**
     * Prepares.
     *
     * @param shape of the stencil
     * @param sum of products that stand for it
     */
    public FloatSeparableReference(BlockShape shape, SeparableSum sum) {
        this.shape = shape;
        this.sum = sum;
        this.deep = shape.program.stencil().dimension() == 3;
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
                for (int column = 0; column < shape.columns; column++) {
                    float all = (float) 0;
                    for (SeparableSum.Term term : sum.terms()) {
                        for (int q = 0; q < term.block().length; q++) {
                            int across = plane + shape.lowest(shape.blockAxis) + q;
                            float partial = deep
                                    ? alongMiddle(in, term, across, middle, column)
                                    : alongRow(in, term, across, middle, column);
                            all = Math.fma((float) term.block()[q], partial, all);
                        }
                    }
                    out.setAtIndex(ValueLayout.JAVA_FLOAT, shape.rowStart(0, plane, middle) + column,
                            all + (float) 0);
                }
            }
        }
    }

    private float alongMiddle(MemorySegment in, SeparableSum.Term term, int plane, int middle, int column) {
        float partial = (float) 0;
        for (int q = 0; q < term.middle().length; q++) {
            float row = alongRow(in, term, plane, middle + shape.lowest(shape.middleAxis) + q, column);
            partial = Math.fma((float) term.middle()[q], row, partial);
        }
        return partial + (float) 0;
    }

    private float alongRow(MemorySegment in, SeparableSum.Term term, int plane, int middle, int column) {
        int b = shape.source(shape.blockAxis, plane);
        int m = shape.source(shape.middleAxis, middle);
        int first = column + shape.lowest(2);
        int last = column + shape.highest(2);
        float partial = (float) 0;
        if (sum.mirrors()) {
            for (int q = 0; first + q <= last - q; q++) {
                float weight = (float) term.column()[q] * (float) (first + q == last - q ? 0.5 : 1);
                partial = Math.fma(weight, value(in, b, m, first + q) + value(in, b, m, last - q), partial);
            }
        } else {
            for (int q = 0; first + q <= last; q++) {
                partial = Math.fma((float) term.column()[q], value(in, b, m, first + q), partial);
            }
        }
        return partial + (float) 0;
    }

    private float value(MemorySegment in, int block, int middle, int position) {
        int column = shape.source(2, position);
        return block < 0 || middle < 0 || column < 0
                ? (float) 0
                : in.getAtIndex(ValueLayout.JAVA_FLOAT, shape.rowStart(0, block, middle) + column);
    }
}
