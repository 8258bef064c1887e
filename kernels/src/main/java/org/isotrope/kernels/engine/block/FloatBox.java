package org.isotrope.kernels.engine.block;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.isotrope.kernels.engine.program.BlockShape;

/** Working memory of one thread that runs blocks: a padded copy of a slab, sums of its rows, and room for a block. */
public final class FloatBox {
    /** The padded copy. */
    public final float[] values;
    /** Folded rows of one middle index; empty where nothing is folded. */
    public final float[] folds;
    /** Takes blocks that reach beyond the output. */
    public final MemorySegment block;
    private final BlockShape shape;

    FloatBox(BlockShape shape, int folds) {
        this(shape, (int) shape.boxLength(), folds);
    }

    /**
     * Allocates.
     *
     * @param shape of the blocks
     * @param values elements of the padded copy
     * @param folds elements of folded rows
     */
    public FloatBox(BlockShape shape, int values, int folds) {
        this.shape = shape;
        this.values = new float[values];
        this.folds = new float[folds];
        this.block = Arena.ofAuto().allocate((long) FloatBlocks.ROWS * FloatBlocks.WIDTH * Float.BYTES, 64);
    }

    /**
     * Copies what the output planes {@code from ≤ b < from + count} read, with everything beyond the walls.
     *
     * @return whether sums of four of the values are finite
     */
    boolean fill(MemorySegment in, int from, int count) {
        int low = shape.lowest(shape.blockAxis);
        int high = shape.highest(shape.blockAxis);
        int length = shape.rows * shape.pitch;
        boolean tame = true;
        for (int c = 0; c < shape.program.stencil().inputs(); c++) {
            for (int plane = low; plane < count + high; plane++) {
                fillPlane(in, c, shape.source(shape.blockAxis, from + plane), plane);
                // at once, while the plane is in a cache
                tame &= FloatBlocks.isTame(values, (c * shape.boxPlanes + plane - low) * length, length);
            }
        }
        return tame;
    }

    /**
     * Copies one plane, with everything beyond the walls.
     *
     * @param source index of the plane along the block axis of the field, negative for zeros
     * @param plane where it goes: its place across the block axis, relative to the first output plane of the box
     */
    void fillPlane(MemorySegment in, int component, int source, int plane) {
        int low = shape.lowest(shape.middleAxis);
        int high = shape.highest(shape.middleAxis);
        for (int middle = low; middle < shape.middles + high; middle++) {
            fillRow(in, component, source, middle, shape.position(component, plane, middle, 0));
        }
    }

    /**
     * Copies one row, with everything beyond the walls.
     *
     * @param in all components of the field
     * @param component of the row
     * @param source index of its plane along the block axis of the field, negative for zeros
     * @param middle its place along the middle axis, which may lie beyond the walls
     * @param to where column 0 goes
     */
    public void fillRow(MemorySegment in, int component, int source, int middle, int to) {
        int row = source < 0 ? -1 : shape.source(shape.middleAxis, middle);
        if (row < 0) {
            Arrays.fill(values, to + shape.lowest(2), to + shape.lowest(2) + shape.pitch, (float) 0);
            return;
        }
        long first = shape.rowStart(component, source, row) * Float.BYTES;
        MemorySegment.copy(in, ValueLayout.JAVA_FLOAT, first, values, to, shape.columns);
        for (int x = shape.lowest(2); x < 0; x++) {
            values[to + x] = moved(to, x);
        }
        for (int x = shape.columns; x < shape.columns + shape.highest(2); x++) {
            values[to + x] = moved(to, x);
        }
    }

    private float moved(int row, int column) {
        int source = shape.source(2, column);
        return source < 0 ? (float) 0 : values[row + source];
    }

    /**
     * Copies the part of a block that lies inside the output.
     *
     * @param out output elements
     * @param first byte position of the first
     * @param stride bytes from row to row
     * @param rows number of rows that are inside
     * @param columns number of columns that are inside
     */
    public void store(MemorySegment out, long first, long stride, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            MemorySegment.copy(block, (long) r * FloatBlocks.COLUMNS * Float.BYTES, out,
                    (first + r * stride) * Float.BYTES, (long) columns * Float.BYTES);
        }
    }

    /**
     * Copies what lies inside of rows of a block that begins in one of them and may go on in the next.
     *
     * @param out output
     * @param output its component
     * @param plane first plane of the block
     * @param planes how many of its planes are inside
     * @param middle row that it begins in
     * @param end row that nothing is copied to, nor to those behind it
     * @param column column that it begins at, perhaps in the margin behind the row
     */
    void store(MemorySegment out, int output, int plane, int planes, int middle, int end, int column) {
        int width = FloatBlocks.WIDTH;
        for (int p = 0; p < planes; p++) {
            for (int m = middle, c = column; m < end && c > -width; m++, c -= shape.pitch) {
                int first = Math.max(c, 0);
                int count = Math.min(shape.columns, c + width) - first;
                if (count > 0) {
                    MemorySegment.copy(block, (long) (p * width + first - c) * Float.BYTES, out,
                            (shape.rowStart(output, plane + p, m) + first) * Float.BYTES, (long) count * Float.BYTES);
                }
            }
        }
    }
}
