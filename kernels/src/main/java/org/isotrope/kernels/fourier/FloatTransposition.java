package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.LANES;
import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Moves lines between memory, where each is contiguous or strided, and a panel, where row j holds element j of every
 * line.
 *
 * <p>Contiguous lines go square by square, one vector of lines by one vector of elements. A square is transposed by
 * exchanging, for s = L/2, ..., 2, 1, the elements of rows r and r + s (r without bit s) that lie across: new row r takes
 * from row r + s what stands s elements further left, new row r + s from row r what stands s further right. Loading
 * that many elements aside does the shift, so that a step is two loads and a blend for each vector, without shuffles. A
 * step runs over all squares of a panel in one loop. Columns behind the last square go one by one.
 */
final class FloatTransposition {
    private static final ValueLayout.OfFloat LAYOUT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final int BYTES = Float.BYTES;

    private FloatTransposition() {}

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

    private static final VectorMask<Float> BIT_0 = lanes(1);
    private static final VectorMask<Float> BIT_1 = lanes(2);
    private static final VectorMask<Float> BIT_2 = lanes(4);
    private static final VectorMask<Float> BIT_3 = lanes(8);

    private static VectorMask<Float> mask(int s) {
        return switch (s) {
            case 1 -> BIT_0;
            case 2 -> BIT_1;
            case 4 -> BIT_2;
            case 8 -> BIT_3;
            default -> lanes(s);
        };
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
        int squares = columns / LANES;
        int s = LANES / 2;
        if (squares > 0 && s > 0) {
            for (int r = 0; r < s; r++) {
                exchangeIn(lines, at + r * lineStep, at + (r + s) * lineStep, panel, panelAt + (long) r * ROW, squares, s);
            }
            for (int t = s / 2; t > 0; t /= 2) {
                exchange(panel, panelAt, squares * s, t);
            }
        } else {
            squares = 0;
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
        int squares = columns / LANES;
        int s = LANES / 2;
        if (squares > 0 && s > 0) {
            for (int t = 1; t < s; t *= 2) {
                exchange(panel, panelAt, squares * s, t);
            }
            for (int r = 0; r < s; r++) {
                exchangeOut(panel, panelAt + (long) r * ROW, lines, at + r * lineStep, at + (r + s) * lineStep, squares,
                        s, scale);
            }
        } else {
            squares = 0;
        }
        for (int lane = 0; lane < LANES; lane++) {
            for (int column = squares * LANES; column < columns; column++) {
                float value = panel.get(LAYOUT, panelAt + (long) column * ROW + (long) lane * BYTES);
                lines.set(LAYOUT, at + lane * lineStep + (long) column * BYTES, scale * value);
            }
        }
    }

    /** Exchanges lines {@code a} and {@code b = a + s}, square by square, on their way into a panel. */
    private static void exchangeIn(
            MemorySegment lines, long a, long b, MemorySegment panel, long at, int squares, int s) {
        VectorMask<Float> upper = mask(s);
        long right = (long) s * BYTES;
        long below = (long) s * ROW;
        for (int c = 0; c < squares; c++) {
            long x = (long) c * ROW;
            long y = at + (long) c * LANES * ROW;
            FloatVector high = FloatVector.fromMemorySegment(SPECIES, lines, a + x, ORDER);
            FloatVector low = FloatVector.fromMemorySegment(SPECIES, lines, b + x, ORDER);
            FloatVector highRight = FloatVector.fromMemorySegment(SPECIES, lines, a + x + right, ORDER);
            FloatVector lowLeft = FloatVector.fromMemorySegment(SPECIES, lines, b + x - right, ORDER);
            high.blend(lowLeft, upper).intoMemorySegment(panel, y, ORDER);
            highRight.blend(low, upper).intoMemorySegment(panel, y + below, ORDER);
        }
    }

    /** Exchanges all pairs of rows r, r + s of a panel, in place. */
    private static void exchange(MemorySegment panel, long at, int pairs, int s) {
        VectorMask<Float> upper = mask(s);
        long right = (long) s * BYTES;
        long below = (long) s * ROW;
        int rest = s - 1;
        for (int i = 0; i < pairs; i++) {
            long x = at + (long) (i + (i & ~rest)) * ROW;
            FloatVector high = FloatVector.fromMemorySegment(SPECIES, panel, x, ORDER);
            FloatVector low = FloatVector.fromMemorySegment(SPECIES, panel, x + below, ORDER);
            FloatVector highRight = FloatVector.fromMemorySegment(SPECIES, panel, x + right, ORDER);
            FloatVector lowLeft = FloatVector.fromMemorySegment(SPECIES, panel, x + below - right, ORDER);
            high.blend(lowLeft, upper).intoMemorySegment(panel, x, ORDER);
            highRight.blend(low, upper).intoMemorySegment(panel, x + below, ORDER);
        }
    }

    /** Exchanges rows r and r + s of every square on their way to lines {@code a} and {@code b = a + s}. */
    private static void exchangeOut(
            MemorySegment panel, long at, MemorySegment lines, long a, long b, int squares, int s, float scale) {
        VectorMask<Float> upper = mask(s);
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        long right = (long) s * BYTES;
        long below = (long) s * ROW;
        for (int c = 0; c < squares; c++) {
            long x = at + (long) c * LANES * ROW;
            long y = (long) c * ROW;
            FloatVector high = FloatVector.fromMemorySegment(SPECIES, panel, x, ORDER);
            FloatVector low = FloatVector.fromMemorySegment(SPECIES, panel, x + below, ORDER);
            FloatVector highRight = FloatVector.fromMemorySegment(SPECIES, panel, x + right, ORDER);
            FloatVector lowLeft = FloatVector.fromMemorySegment(SPECIES, panel, x + below - right, ORDER);
            high.blend(lowLeft, upper).mul(factor).intoMemorySegment(lines, a + y, ORDER);
            highRight.blend(low, upper).mul(factor).intoMemorySegment(lines, b + y, ORDER);
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
