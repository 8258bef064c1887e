package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.LANES;
import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Moves lines between memory, where each is contiguous or strided, and a panel, where row j holds element j of every
 * line.
 *
 * <p>Contiguous lines go square by square, one vector of lines by one vector of elements. A square is transposed by
 * exchanging, for s = L/2, ..., 2, 1, the elements of rows r and r + s (r without bit s) that lie across: new row r
 * takes from row r + s what stands s elements further left, new row r + s from row r what stands s further right. Two
 * such steps at a time are done in registers, on rows r, r + h, r + 2h, r + 3h, all squares of a panel in one loop.
 * Columns behind the last square go one by one.
 */
final class FloatTransposition {
    private static final ValueLayout.OfFloat LAYOUT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final int BYTES = Float.BYTES;

    private FloatTransposition() {}

    /** The larger step of the passes between lines and panel. */
    private static final int FAR = LANES / 2;
    /** The smaller step of the passes between lines and panel, none for two lanes. */
    private static final int NEAR = LANES / 4;

    private static final VectorMask<Float> FAR_LANES = lanes(FAR);
    private static final VectorMask<Float> NEAR_LANES = lanes(NEAR);
    private static final VectorMask<Float> PAIR_LANES = lanes(2);
    private static final VectorMask<Float> ODD_LANES = lanes(1);
    private static final VectorShuffle<Float> FAR_LEFT = shift(-FAR);
    private static final VectorShuffle<Float> FAR_RIGHT = shift(FAR);
    private static final VectorShuffle<Float> NEAR_LEFT = shift(-NEAR);
    private static final VectorShuffle<Float> NEAR_RIGHT = shift(NEAR);
    private static final VectorShuffle<Float> PAIR_LEFT = shift(-2);
    private static final VectorShuffle<Float> PAIR_RIGHT = shift(2);
    private static final VectorShuffle<Float> ONE_LEFT = shift(-1);
    private static final VectorShuffle<Float> ONE_RIGHT = shift(1);

    /** Lanes whose number has the bit {@code s}. */
    private static VectorMask<Float> lanes(int s) {
        long bits = 0;
        for (int lane = 0; lane < LANES; lane++) {
            if ((lane & s) != 0) {
                bits |= 1L << lane;
            }
        }
        return VectorMask.fromLong(SPECIES, bits);
    }

    /** Lane l takes from lane l + {@code by}, around the end. */
    private static VectorShuffle<Float> shift(int by) {
        return VectorShuffle.fromOp(SPECIES, lane -> Math.floorMod(lane + by, LANES));
    }

    /**
     * A vector of contiguous lines becomes rows of a panel.
     *
     * @param lines memory of the lines
     * @param at byte position of the first line
     * @param lineStep bytes from line to line, the elements of a line at least
     * @param columns elements of a line
     * @param panel memory of the panel
     * @param panelAt byte position of its row 0
     */
    static void toPanel(
            MemorySegment lines, long at, long lineStep, int columns, MemorySegment panel, long panelAt) {
        int squares = LANES == 1 ? 0 : columns / LANES;
        if (squares > 0) {
            if (NEAR == 0) {
                pairsIn(lines, at, lineStep, panel, panelAt, squares, null);
            }
            for (int r = 0; r < NEAR; r++) {
                quartersIn(lines, at + r * lineStep, lineStep * NEAR, panel, panelAt + (long) r * ROW, squares);
            }
            inner(panel, panelAt, squares);
        }
        for (int lane = 0; lane < LANES; lane++) {
            for (int column = squares * LANES; column < columns; column++) {
                float value = lines.get(LAYOUT, at + lane * lineStep + (long) column * BYTES);
                panel.set(LAYOUT, panelAt + (long) column * ROW + (long) lane * BYTES, value);
            }
        }
    }

    /**
     * Rows of a panel, which is lost, times a factor become a vector of contiguous lines.
     *
     * @param panel memory of the panel
     * @param panelAt byte position of its row 0
     * @param lines memory of the lines
     * @param at byte position of the first line
     * @param lineStep bytes from line to line, the elements of a line at least
     * @param columns elements of a line
     * @param scale the factor
     */
    static void toLines(
            MemorySegment panel, long panelAt, MemorySegment lines, long at, long lineStep, int columns, float scale) {
        int squares = LANES == 1 ? 0 : columns / LANES;
        if (squares > 0) {
            inner(panel, panelAt, squares);
            for (int r = 0; r < NEAR; r++) {
                quartersOut(panel, panelAt + (long) r * ROW, lines, at + r * lineStep, lineStep * NEAR, squares, scale);
            }
            if (NEAR == 0) {
                pairsOut(panel, panelAt, lines, at, lineStep, squares, scale, null);
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            for (int column = squares * LANES; column < columns; column++) {
                float value = panel.get(LAYOUT, panelAt + (long) column * ROW + (long) lane * BYTES);
                lines.set(LAYOUT, at + lane * lineStep + (long) column * BYTES, scale * value);
            }
        }
    }

    /** The steps below {@link #NEAR}, within the panel. */
    private static void inner(MemorySegment panel, long at, int squares) {
        if (LANES > 16) {
            throw new AssertionError("vectors have " + LANES + " lanes; transposition knows up to 16");
        }
        if (NEAR == 4) {
            fours(panel, at, squares * NEAR, null);
        } else if (NEAR == 2) {
            twos(panel, at, squares * FAR, null);
        }
    }

    /** Both larger steps on lines r + {0, 1, 2, 3} NEAR of all squares on their way into a panel. */
    private static void quartersIn(
            MemorySegment lines, long at, long step, MemorySegment panel, long panelAt, int squares) {
        long at1 = at + step;
        long at2 = at1 + step;
        long at3 = at2 + step;
        for (int i = 0; i < squares; i++) {
            long x = (long) i * ROW;
            long y = panelAt + (long) i * (LANES * ROW);
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, lines, at + x, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, lines, at1 + x, ORDER);
            FloatVector c = FloatVector.fromMemorySegment(SPECIES, lines, at2 + x, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(SPECIES, lines, at3 + x, ORDER);
            FloatVector e = a.blend(c.rearrange(FAR_LEFT), FAR_LANES);
            FloatVector g = a.rearrange(FAR_RIGHT).blend(c, FAR_LANES);
            FloatVector f = b.blend(d.rearrange(FAR_LEFT), FAR_LANES);
            FloatVector h = b.rearrange(FAR_RIGHT).blend(d, FAR_LANES);
            e.blend(f.rearrange(NEAR_LEFT), NEAR_LANES).intoMemorySegment(panel, y, ORDER);
            e.rearrange(NEAR_RIGHT).blend(f, NEAR_LANES).intoMemorySegment(panel, y + NEAR * ROW, ORDER);
            g.blend(h.rearrange(NEAR_LEFT), NEAR_LANES).intoMemorySegment(panel, y + 2 * NEAR * ROW, ORDER);
            g.rearrange(NEAR_RIGHT).blend(h, NEAR_LANES).intoMemorySegment(panel, y + 3 * NEAR * ROW, ORDER);
        }
    }

    /** Both larger steps on rows r + {0, 1, 2, 3} NEAR of all squares on their way to lines. */
    private static void quartersOut(
            MemorySegment panel, long panelAt, MemorySegment lines, long at, long step, int squares, float scale) {
        long at1 = at + step;
        long at2 = at1 + step;
        long at3 = at2 + step;
        for (int i = 0; i < squares; i++) {
            long x = panelAt + (long) i * (LANES * ROW);
            long y = (long) i * ROW;
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, panel, x, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, panel, x + NEAR * ROW, ORDER);
            FloatVector c = FloatVector.fromMemorySegment(SPECIES, panel, x + 2 * NEAR * ROW, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(SPECIES, panel, x + 3 * NEAR * ROW, ORDER);
            FloatVector e = a.blend(c.rearrange(FAR_LEFT), FAR_LANES);
            FloatVector g = a.rearrange(FAR_RIGHT).blend(c, FAR_LANES);
            FloatVector f = b.blend(d.rearrange(FAR_LEFT), FAR_LANES);
            FloatVector h = b.rearrange(FAR_RIGHT).blend(d, FAR_LANES);
            e.blend(f.rearrange(NEAR_LEFT), NEAR_LANES).mul(scale).intoMemorySegment(lines, at + y, ORDER);
            e.rearrange(NEAR_RIGHT).blend(f, NEAR_LANES).mul(scale).intoMemorySegment(lines, at1 + y, ORDER);
            g.blend(h.rearrange(NEAR_LEFT), NEAR_LANES).mul(scale).intoMemorySegment(lines, at2 + y, ORDER);
            g.rearrange(NEAR_RIGHT).blend(h, NEAR_LANES).mul(scale).intoMemorySegment(lines, at3 + y, ORDER);
        }
    }

    /** Steps 2 and 1 on all rows of a panel by fours. */
    private static void fours(MemorySegment panel, long at, int count, @Nullable Apart apart) {
        for (int i = 0; i < count; i++) {
            long x = at + (long) i * (4 * ROW);
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, panel, x, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, panel, x + ROW, ORDER);
            FloatVector c = FloatVector.fromMemorySegment(SPECIES, panel, x + 2 * ROW, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(SPECIES, panel, x + 3 * ROW, ORDER);
            FloatVector e = a.blend(c.rearrange(PAIR_LEFT), PAIR_LANES);
            FloatVector g = a.rearrange(PAIR_RIGHT).blend(c, PAIR_LANES);
            FloatVector f = b.blend(d.rearrange(PAIR_LEFT), PAIR_LANES);
            FloatVector h = b.rearrange(PAIR_RIGHT).blend(d, PAIR_LANES);
            e.blend(f.rearrange(ONE_LEFT), ODD_LANES).intoMemorySegment(panel, x, ORDER);
            e.rearrange(ONE_RIGHT).blend(f, ODD_LANES).intoMemorySegment(panel, x + ROW, ORDER);
            g.blend(h.rearrange(ONE_LEFT), ODD_LANES).intoMemorySegment(panel, x + 2 * ROW, ORDER);
            g.rearrange(ONE_RIGHT).blend(h, ODD_LANES).intoMemorySegment(panel, x + 3 * ROW, ORDER);
        }
    }

    /** Step 1 on all rows of a panel by twos. */
    private static void twos(MemorySegment panel, long at, int count, @Nullable Apart apart) {
        for (int i = 0; i < count; i++) {
            long x = at + (long) i * (2 * ROW);
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, panel, x, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, panel, x + ROW, ORDER);
            a.blend(b.rearrange(ONE_LEFT), ODD_LANES).intoMemorySegment(panel, x, ORDER);
            a.rearrange(ONE_RIGHT).blend(b, ODD_LANES).intoMemorySegment(panel, x + ROW, ORDER);
        }
    }

    /** The only step of squares of two, on their way into a panel. */
    private static void pairsIn(
            MemorySegment lines, long at, long step, MemorySegment panel, long panelAt, int squares,
            @Nullable Apart apart) {
        for (int i = 0; i < squares; i++) {
            long x = at + (long) i * ROW;
            long y = panelAt + (long) i * (2 * ROW);
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, lines, x, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, lines, x + step, ORDER);
            a.blend(b.rearrange(ONE_LEFT), ODD_LANES).intoMemorySegment(panel, y, ORDER);
            a.rearrange(ONE_RIGHT).blend(b, ODD_LANES).intoMemorySegment(panel, y + ROW, ORDER);
        }
    }

    /** The only step of squares of two, on their way to lines. */
    private static void pairsOut(
            MemorySegment panel, long panelAt, MemorySegment lines, long at, long step, int squares, float scale,
            @Nullable Apart apart) {
        for (int i = 0; i < squares; i++) {
            long x = panelAt + (long) i * (2 * ROW);
            long y = at + (long) i * ROW;
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, panel, x, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, panel, x + ROW, ORDER);
            a.blend(b.rearrange(ONE_LEFT), ODD_LANES).mul(scale).intoMemorySegment(lines, y, ORDER);
            a.rearrange(ONE_RIGHT).blend(b, ODD_LANES).mul(scale).intoMemorySegment(lines, y + step, ORDER);
        }
    }

    /**
     * Some lines, anywhere, become rows of a panel; the other lanes become 0.
     *
     * @param lines memory of the lines
     * @param at byte position of each line
     * @param count number of lines, at most a vector
     * @param step bytes from element to element
     * @param rows elements of a line
     * @param panel memory of the panel
     * @param panelAt byte position of its row 0
     */
    static void gather(
            MemorySegment lines, long[] at, int count, long step, int rows, MemorySegment panel, long panelAt) {
        FloatRowPasses.clear(panel, panelAt, 0, rows);
        for (int lane = 0; lane < count; lane++) {
            long from = at[lane];
            long to = panelAt + (long) lane * BYTES;
            for (int row = 0; row < rows; row++) {
                panel.set(LAYOUT, to + (long) row * ROW, lines.get(LAYOUT, from + row * step));
            }
        }
    }

    /** The reverse of {@link #gather}, times a factor. */
    static void scatter(
            MemorySegment panel, long panelAt, MemorySegment lines, long[] at, int count, long step, int rows,
            float scale) {
        for (int lane = 0; lane < count; lane++) {
            long from = panelAt + (long) lane * BYTES;
            long to = at[lane];
            for (int row = 0; row < rows; row++) {
                lines.set(LAYOUT, to + row * step, scale * panel.get(LAYOUT, from + (long) row * ROW));
            }
        }
    }
}
