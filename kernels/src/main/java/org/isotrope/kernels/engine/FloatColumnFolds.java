package org.isotrope.kernels.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Folded rows with their columns folded too, for a strip as wide as a block: one run of {@link FloatBlocks#COLUMNS}
 * elements for each row and distance that some tap needs, planes behind one another.
 *
 * <p>Where registers are few, blocks have few rows, and adding mirrored columns anew for each of them costs more than
 * the products it saves. Made once for all rows that read them, the sums leave a block nothing but products.
 */
final class FloatColumnFolds {
    /** Elements of the strips of a group of planes: within a second-level cache. */
    private static final int ELEMENTS = 1 << 16;

    /** A folded row, by its position on the lowest plane, with what is added to it. */
    private record Run(int row, int column, int sign) implements Comparable<Run> {
        @Override
        public int compareTo(Run other) {
            if (row != other.row) {
                return Integer.compare(row, other.row);
            }
            return column != other.column ? Integer.compare(column, other.column) : Integer.compare(sign, other.sign);
        }
    }

    private final FloatFolds folds;
    private final int lowest;
    private final int halo;
    private final List<Run> runs;
    private final int[] at;
    private final int[] columns;
    private final float[] signs;
    /** Output planes that one group of strips serves. */
    final int slab;

    FloatColumnFolds(Folding folding, FloatFolds folds) {
        BlockShape shape = folding.shape();
        this.folds = folds;
        this.lowest = shape.lowest(shape.blockAxis);
        this.halo = shape.highest(shape.blockAxis) - lowest;
        TreeSet<Run> found = new TreeSet<>();
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (Folding.Tap tap : folding.taps(r)) {
                found.add(run(tap));
            }
        }
        this.runs = new ArrayList<>(found);
        this.at = runs.stream().mapToInt(Run::row).toArray();
        this.columns = runs.stream().mapToInt(Run::column).toArray();
        this.signs = new float[runs.size()];
        for (int k = 0; k < signs.length; k++) {
            signs[k] = runs.get(k).sign;
        }
        int fits = ELEMENTS / planeStride() - halo;
        int rows = FloatBlocks.ROWS;
        this.slab = Math.max(fits, halo + rows) / rows * rows;
    }

    private Run run(Folding.Tap tap) {
        return new Run(folds.position(tap, lowest), tap.column(), tap.columnSign());
    }

    /** Elements of the strips of one group of planes. */
    int length() {
        return (slab + halo + FloatBlocks.ROWS) * planeStride();
    }

    /** Elements from a plane to the next. */
    int planeStride() {
        return Math.max(1, runs.size()) * FloatBlocks.COLUMNS;
    }

    /** Where a tap's strip is for block plane 0. */
    int position(Folding.Tap tap, int plane) {
        return (plane - lowest) * planeStride() + runs.indexOf(run(tap)) * FloatBlocks.COLUMNS;
    }

    /**
     * Folds what {@code count} output planes read.
     *
     * @param values folded rows, or the box where rows are not folded
     * @param base position of the first plane and column of the strip
     * @param count planes
     * @param to takes the strips
     */
    void fold(float[] values, int base, int count, float[] to) {
        for (int plane = 0; plane < count + halo; plane++) {
            FloatTwoRows.fold(values, base + plane * folds.planeStride(), at, columns, signs, to,
                    plane * planeStride());
        }
    }
}
