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
 * steps for each of its turns. As many planes as a block has rows are folded by one call, for what a call costs is what
 * ten sums do.
 *
 * <pre>{@code
 *   a link of the ring:  | rows of plane 0: m = 0, with margins | m = 1 | … | rows of plane 1 | …
 *                        | columns of plane 0: (m, c = 1) | (m, c = 2) | … | columns of plane 1 | …
 * }</pre>
 *
 * Where no row is added to another one, columns are folded as they lie in the box, and the ring has no rows.
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
    /** Whether no row is added to another one. */
    private final boolean asTheyLie;
    /** Where each folded row is among those of a plane, its first element within the strip. */
    private final TreeMap<Row, Integer> rows = new TreeMap<>();
    private final TreeMap<Run, Integer> runs = new TreeMap<>();
    /** Pieces of rows of a link and what is added to them. */
    private final int[] pieces;
    private final float[] pieceSigns;
    /** Runs of columns of a link and what is added to them. */
    private final int[] pairs;
    private final float[] signs;
    /** Elements of the box before the ring. */
    private final int start;
    /** Elements of the rows of a plane. */
    private final int rowLength;
    /** Elements of the runs of a plane. */
    private final int runLength;
    private final int planes;

    FloatColumnFolds(Folding folding, BlockShape shape) {
        this.boxPlane = shape.rows * shape.pitch;
        this.lowest = shape.lowest(shape.blockAxis);
        int near = shape.highest(shape.blockAxis) - lowest + FloatBlocks.ROWS;
        this.planes = (near + FloatBlocks.ROWS - 1) / FloatBlocks.ROWS * FloatBlocks.ROWS;
        this.asTheyLie = shape.highest(shape.middleAxis) == 0;
        TreeMap<Row, Integer> reach = new TreeMap<>();
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (Folding.Tap tap : folding.taps(r)) {
                reach.merge(row(tap), tap.column(), Math::max);
                if (isRun(tap)) {
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
            rows.put(row, asTheyLie ? shape.position(row.input, lowest, 0, 0) : sign.size() * piece + margin);
            for (int x = -margin; x < FloatBlocks.WIDTH + margin && !asTheyLie; x += piece) {
                found.add(shape.position(row.input, lowest, row.middle, x));
                found.add(shape.position(row.input, lowest, -row.middle, x));
                sign.add(row.sign);
            }
        }
        this.rowLength = sign.size() * piece;
        this.pieces = link(found, boxPlane);
        this.pieceSigns = signs(sign);
        found.clear();
        sign.clear();
        for (var entry : runs.entrySet()) {
            Run run = entry.getKey();
            int row = rows.getOrDefault(run.row, 0);
            entry.setValue(sign.size() * FloatBlocks.WIDTH);
            found.add(row + run.column);
            found.add(row - run.column);
            sign.add(run.sign);
        }
        this.runLength = sign.size() * FloatBlocks.WIDTH;
        this.pairs = link(found, asTheyLie ? boxPlane : rowLength);
        this.signs = signs(sign);
        // blocks have a plane of their own beyond those that they read, and strips an end
        int read = (int) shape.boxLength() + FloatBlocks.ROWS * boxPlane + 2 * FloatBlocks.WIDTH + 2 * shape.highest(2);
        // most boxes are so large that they begin a region of the heap: then no sum is loaded from two lines
        this.start = (read / LINE + 2) * LINE - HEADER;
    }

    /** What holds for a plane, for all planes of a link. */
    private static int[] link(List<Integer> positions, int stride) {
        int[] all = new int[FloatBlocks.ROWS * positions.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = positions.get(i % positions.size()) + i / positions.size() * stride;
        }
        return all;
    }

    private static float[] signs(List<Integer> signs) {
        float[] all = new float[FloatBlocks.ROWS * signs.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = signs.get(i % signs.size());
        }
        return all;
    }

    /** Whether a tap is found among runs of columns, and not in a row itself. */
    private boolean isRun(Folding.Tap tap) {
        return asTheyLie || tap.column() > 0;
    }

    private static Row row(Folding.Tap tap) {
        return new Row(tap.input(), tap.middle(), tap.middleSign());
    }

    private static Run run(Folding.Tap tap) {
        return new Run(row(tap), tap.column(), tap.columnSign());
    }

    /** Elements of a link of the ring. */
    private int link() {
        return FloatBlocks.ROWS * (rowLength + runLength);
    }

    /** Elements of a box with its ring. */
    int length() {
        return start + turns() * link();
    }

    /** Turns of the ring, one for each block across planes until its place comes again. */
    int turns() {
        return planes / FloatBlocks.ROWS;
    }

    /** Where a tap's sums are for block plane 0 at a turn of the ring. */
    int position(Folding.Tap tap, int plane, int turn) {
        int place = (plane - lowest + turn * FloatBlocks.ROWS) % planes;
        int link = start + place / FloatBlocks.ROWS * link();
        int within = place % FloatBlocks.ROWS;
        return isRun(tap)
                ? link + FloatBlocks.ROWS * rowLength + within * runLength + runs.getOrDefault(run(tap), 0)
                : link + within * rowLength + rows.getOrDefault(row(tap), 0);
    }

    /**
     * Folds what lies on so many planes as a block has.
     *
     * @param box input, with its ring
     * @param column position of the strip's first element relative to that of a plane's first row
     * @param plane first plane of the box, 0 for the first that output plane 0 reads
     */
    void fold(float[] box, int column, int plane) {
        int from = plane * boxPlane + column;
        int link = start + plane % planes / FloatBlocks.ROWS * link();
        if (pieces.length > 0) {
            // rows of all planes first: what has just been stored cannot be loaded at another offset without a wait
            FloatTwoRows.foldRows(box, from, pieces, pieceSigns, link);
        }
        FloatTwoRows.fold(box, asTheyLie ? from : link, pairs, signs, link + FloatBlocks.ROWS * rowLength);
    }
}
