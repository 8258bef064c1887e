package org.isotrope.kernels.engine.separable;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.isotrope.kernels.engine.program.SeparableSum;

/**
 * The passes of {@link FloatSeparable} along the last axis, for all terms of a sum: a single term by itself; several even
 * ones in groups of up to {@link FloatMirroredRows#MOST}, which share the sums of mirrored inputs; others in groups of as
 * many as a block has rows, which share loads.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatRowPasses {
    /**
     * Some terms, the first of them and how many.
     *
     * @param weights those of each term, offset by offset; zeros fill up the rows of a block
     */
    private record Group(int first, int terms, float[] weights) {}

    private final List<Group> groups = new ArrayList<>();
    private final boolean mirrored;
    /** Steps of a block. */
    private final int[] at;
    private final int columns;
    private final int width;
    private final int terms;

    FloatRowPasses(SeparableSum sum, int columns) {
        this.columns = columns;
        this.width = FloatBlocks.width(columns);
        this.mirrored = sum.mirrors();
        this.terms = sum.terms().size();
        int reach = sum.terms().getFirst().column().length;
        this.at = new int[reach];
        for (int q = 0; q < reach; q++) {
            at[q] = q;
        }
        int first = 0;
        for (int count : mirrored ? FloatMirroredRows.groups(terms) : blocks(terms)) {
            int rows = mirrored || count == 1 ? count : FloatBlocks.ROWS;
            int steps = mirrored ? (reach + 1) / 2 : reach;
            float[] weights = new float[steps * rows];
            for (int i = 0; i < weights.length; i++) {
                if (i % rows < count) {
                    float weight = (float) sum.terms().get(first + i % rows).column()[i / rows];
                    weights[i] = mirrored && 2 * (i / rows) == reach - 1 ? weight * (float) 0.5 : weight;
                }
            }
            groups.add(new Group(first, count, weights));
            first += count;
        }
    }

    private static int[] blocks(int terms) {
        int[] blocks = new int[(terms + FloatBlocks.ROWS - 1) / FloatBlocks.ROWS];
        for (int g = 0; g < blocks.length; g++) {
            blocks[g] = Math.min(FloatBlocks.ROWS, terms - g * FloatBlocks.ROWS);
        }
        return blocks;
    }

    /** Terms, rounded up to whole blocks where these write more. */
    int places() {
        return mirrored || terms == 1 ? terms : (terms + FloatBlocks.ROWS - 1) / FloatBlocks.ROWS * FloatBlocks.ROWS;
    }

    /**
     * All passes over a row.
     *
     * @param row input, from the first element that the first output reads
     * @param to output
     * @param target position of the first term
     * @param distance from a term to the next
     */
    void run(float[] row, float[] to, int target, int distance) {
        for (Group group : groups) {
            int first = target + group.first * distance;
            if (group.terms == 1) {
                alone(row, group.weights, to, first);
            } else if (mirrored) {
                FloatMirroredRows.passes(group.terms, row, group.weights, to, first, distance, columns);
            } else {
                for (int x = 0; x < columns; x += width) {
                    int column = Math.max(0, Math.min(x, columns - width));
                    FloatPasses.block(width, row, column, at, group.weights, to, first + column, distance);
                }
            }
        }
    }

    private void alone(float[] row, float[] weights, float[] to, int target) {
        int x = 0;
        for (; x + 2 * FloatBlocks.COLUMNS <= columns; x += 2 * FloatBlocks.COLUMNS) {
            FloatPasses.row(row, x, weights, to, target + x);
        }
        for (; x < columns; x += FloatBlocks.COLUMNS) {
            int column = Math.max(0, Math.min(x, columns - FloatBlocks.COLUMNS));
            FloatPasses.shortRow(row, column, weights, to, target + column);
        }
    }
}
