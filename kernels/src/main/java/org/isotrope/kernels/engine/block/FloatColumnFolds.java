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
 * in a ring with room for what one block reads, so that the sums stay in a cache; blocks have a list of steps for each
 * of its turns.
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

    private final int boxPlane;
    private final int lowest;
    /** Where each folded row is in a plane of the ring, its first element within the strip. */
    private final TreeMap<Row, Integer> rows = new TreeMap<>();
    private final TreeMap<Run, Integer> runs = new TreeMap<>();
    private final int[] plus;
    private final int[] minus;
    private final float[] rowSigns;
    private final int[] at;
    private final int[] columns;
    private final float[] signs;
    /** Elements before the first run in a plane of the ring. */
    private final int first;
    private final int stride;
    private final int planes;

    FloatColumnFolds(Folding folding, BlockShape shape) {
        this.boxPlane = shape.rows * shape.pitch;
        this.lowest = shape.lowest(shape.blockAxis);
        int read = shape.highest(shape.blockAxis) - lowest + FloatBlocks.ROWS;
        this.planes = (read + FloatBlocks.ROWS - 1) / FloatBlocks.ROWS * FloatBlocks.ROWS;
        TreeMap<Row, Integer> reach = new TreeMap<>();
        for (int r = 0; r < shape.program.stencil().outputs(); r++) {
            for (Folding.Tap tap : folding.taps(r)) {
                reach.merge(row(tap), tap.column(), Math::max);
                if (tap.column() > 0) {
                    runs.put(run(tap), 0);
                }
            }
        }
        int piece = 2 * FloatSweep.LANES;
        List<Integer> from = new ArrayList<>();
        List<Integer> mirror = new ArrayList<>();
        List<Integer> sign = new ArrayList<>();
        for (var entry : reach.entrySet()) {
            Row row = entry.getKey();
            int margin = entry.getValue();
            rows.put(row, from.size() * piece + margin);
            for (int x = -margin; x < FloatBlocks.WIDTH + margin; x += piece) {
                from.add(shape.position(row.input, lowest, row.middle, x));
                mirror.add(shape.position(row.input, lowest, -row.middle, x));
                sign.add(row.sign);
            }
        }
        this.plus = from.stream().mapToInt(Integer::intValue).toArray();
        this.minus = mirror.stream().mapToInt(Integer::intValue).toArray();
        this.rowSigns = new float[plus.length];
        for (int k = 0; k < plus.length; k++) {
            rowSigns[k] = sign.get(k);
        }
        this.first = plus.length * piece;
        List<Run> found = new ArrayList<>(runs.keySet());
        this.at = found.stream().mapToInt(run -> rows.getOrDefault(run.row, 0)).toArray();
        this.columns = found.stream().mapToInt(Run::column).toArray();
        this.signs = new float[at.length];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = found.get(i).sign;
            runs.put(found.get(i), first + i * FloatBlocks.WIDTH);
        }
        this.stride = first + at.length * FloatBlocks.WIDTH;
    }

    private static Row row(Folding.Tap tap) {
        return new Row(tap.input(), tap.middle(), tap.middleSign());
    }

    private static Run run(Folding.Tap tap) {
        return new Run(row(tap), tap.column(), tap.columnSign());
    }

    /** Elements of the ring. */
    int length() {
        return planes * stride;
    }

    /** Turns of the ring, one for each block across planes until its place comes again. */
    int turns() {
        return planes / FloatBlocks.ROWS;
    }

    /** Elements that are read at most behind a box: a plane, for a block has its own too, and the end of a strip. */
    static int margin(BlockShape shape) {
        return FloatBlocks.ROWS * shape.rows * shape.pitch + 2 * FloatBlocks.WIDTH + 2 * shape.highest(2);
    }

    /** Where a tap's sums are for block plane 0 at a turn of the ring. */
    int position(Folding.Tap tap, int plane, int turn) {
        int place = tap.column() == 0 ? rows.getOrDefault(row(tap), 0) : runs.getOrDefault(run(tap), 0);
        return (plane - lowest + turn * FloatBlocks.ROWS) % planes * stride + place;
    }

    /**
     * Folds what lies on so many planes as a block has.
     *
     * @param box input
     * @param column position of the strip's first element relative to that of a plane's first row
     * @param plane first plane of the box, 0 for the first that output plane 0 reads
     * @param ring takes the sums
     */
    void fold(float[] box, int column, int plane, float[] ring) {
        // rows of all planes first: what has just been stored cannot be loaded at another offset without a wait
        for (int p = plane; p < plane + FloatBlocks.ROWS; p++) {
            FloatTwoRows.foldRows(box, p * boxPlane + column, plus, minus, rowSigns, ring, p % planes * stride);
        }
        for (int p = plane; p < plane + FloatBlocks.ROWS; p++) {
            int to = p % planes * stride;
            FloatTwoRows.fold(ring, to, at, columns, signs, ring, to + first);
        }
    }
}
