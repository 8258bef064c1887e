package org.isotrope.kernels.engine.block;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.Folding;
import org.isotrope.kernels.engine.sweep.FloatSweep;

/**
 * Folded rows with their columns folded too, for a strip as wide as a block, which marches across the planes of a box:
 * {@link FloatBlocks#WIDTH} elements for each distance from the middle along rows and columns that some tap needs.
 *
 * <p>Where registers are few, blocks have few rows, and adding mirrored inputs anew for each of them costs more than
 * the products it saves. Made once for all rows that read them, the sums leave a block nothing but products. Planes lie
 * in a ring behind the box with room for what one block reads, so that the sums stay in a cache; blocks have a list of
 * steps for each of its turns.
 *
 * <pre>{@code
 *   a plane of the ring:  | row m = 0, with margins | row m = 1 | … | (m, c = 1) | (m, c = 2) | …
 * }</pre>
 */
final class FloatColumnFolds {
    /** Sums of mirrored rows of one input. */
    private record Row(int input, int middle, int sign) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            if (input != other.input) {
                return Integer.compare(input, other.input);
            }
            return middle != other.middle ? Integer.compare(middle, other.middle) : Integer.compare(sign, other.sign);
        }
    }

    /** A folded row with what is added to it. */
    private record Run(Row row, int column, int sign) implements Comparable<Run> {
        @Override
        public int compareTo(Run other) {
            int rows = row.compareTo(other.row);
            if (rows != 0) {
                return rows;
            }
            return column != other.column ? Integer.compare(column, other.column) : Integer.compare(sign, other.sign);
        }
    }

    /** Elements of a cache line. */
    private static final int LINE = 64 / Float.BYTES;

    /** Elements as long as what comes before the first one of an array. */
    private static final int HEADER = 16 / Float.BYTES;

    private final int boxPlane;
    private final int lowest;
    /** Where each folded row is in a plane of the ring, its first element within the strip. */
    private final TreeMap<Row, Integer> rows = new TreeMap<>();
    private final TreeMap<Run, Integer> runs = new TreeMap<>();
    /** Pieces of rows and what is added to them. */
    private final int[] pieces;
    private final float[] pieceSigns;
    /** Runs of columns and what is added to them. */
    private final int[] pairs;
    private final float[] signs;
    /** Elements of the box before the ring. */
    private final int start;
    /** Elements before the first run in a plane of the ring. */
    private final int first;
    private final int stride;
    private final int planes;

    FloatColumnFolds(Folding folding, BlockShape shape) {
        this.boxPlane = shape.rows * shape.pitch;
        this.lowest = shape.lowest(shape.blockAxis);
        int near = shape.highest(shape.blockAxis) - lowest + FloatBlocks.ROWS;
        this.planes = (near + FloatBlocks.ROWS - 1) / FloatBlocks.ROWS * FloatBlocks.ROWS;
        TreeMap<Row, Integer> reach = new TreeMap<>();
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (Folding.Tap tap : folding.taps(r)) {
                reach.merge(row(tap), tap.column(), Math::max);
                if (tap.column() > 0) {
                    runs.put(run(tap), 0);
                }
            }
        }
        int piece = 3 * FloatSweep.LANES;
        List<Integer> found = new ArrayList<>();
        List<Integer> sign = new ArrayList<>();
        for (var entry : reach.entrySet()) {
            Row row = entry.getKey();
            int margin = entry.getValue();
            rows.put(row, sign.size() * piece + margin);
            for (int x = -margin; x < FloatBlocks.WIDTH + margin; x += piece) {
                found.add(shape.position(row.input, lowest, row.middle, x));
                found.add(shape.position(row.input, lowest, -row.middle, x));
                sign.add(row.sign);
            }
        }
        this.pieces = found.stream().mapToInt(Integer::intValue).toArray();
        this.pieceSigns = new float[sign.size()];
        for (int k = 0; k < pieceSigns.length; k++) {
            pieceSigns[k] = sign.get(k);
        }
        this.first = pieceSigns.length * piece;
        this.pairs = new int[2 * runs.size()];
        this.signs = new float[runs.size()];
        int next = 0;
        for (var entry : runs.entrySet()) {
            Run run = entry.getKey();
            int row = rows.getOrDefault(run.row, 0);
            pairs[2 * next] = row + run.column;
            pairs[2 * next + 1] = row - run.column;
            signs[next] = run.sign;
            entry.setValue(first + next * FloatBlocks.WIDTH);
            next++;
        }
        this.stride = first + signs.length * FloatBlocks.WIDTH;
        // blocks have a plane of their own beyond those that they read, and strips an end
        int read = (int) shape.boxLength() + FloatBlocks.ROWS * boxPlane + 2 * FloatBlocks.WIDTH + 2 * shape.highest(2);
        // most boxes are so large that they begin a region of the heap: then no sum is loaded from two lines
        this.start = (read / LINE + 2) * LINE - HEADER;
    }

    private static Row row(Folding.Tap tap) {
        return new Row(tap.input(), tap.middle(), tap.middleSign());
    }

    private static Run run(Folding.Tap tap) {
        return new Run(row(tap), tap.column(), tap.columnSign());
    }

    /** Elements of a box with its ring. */
    int length() {
        return start + planes * stride;
    }

    /** Turns of the ring, one for each block across planes until its place comes again. */
    int turns() {
        return planes / FloatBlocks.ROWS;
    }

    /** Where a tap's sums are for block plane 0 at a turn of the ring. */
    int position(Folding.Tap tap, int plane, int turn) {
        int place = tap.column() == 0 ? rows.getOrDefault(row(tap), 0) : runs.getOrDefault(run(tap), 0);
        return start + (plane - lowest + turn * FloatBlocks.ROWS) % planes * stride + place;
    }

    /**
     * Folds what lies on so many planes as a block has.
     *
     * @param box input, with its ring
     * @param column position of the strip's first element relative to that of a plane's first row
     * @param plane first plane of the box, 0 for the first that output plane 0 reads
     */
    void fold(float[] box, int column, int plane) {
        // rows of all planes first: what has just been stored cannot be loaded at another offset without a wait
        for (int p = plane; p < plane + FloatBlocks.ROWS; p++) {
            FloatTwoRows.foldRows(box, p * boxPlane + column, pieces, pieceSigns, start + p % planes * stride);
        }
        for (int p = plane; p < plane + FloatBlocks.ROWS; p++) {
            int to = start + p % planes * stride;
            FloatTwoRows.fold(box, to, pairs, signs, to + first);
        }
    }
}
