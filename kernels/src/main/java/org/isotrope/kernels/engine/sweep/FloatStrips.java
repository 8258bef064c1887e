package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a field that one thread has gathered to mend the ends of many rows at a time: a strip is one contiguous run of
 * rows of a column, or of few columns that lie next to each other. With it the loops from columns to strips and back, and a
 * stencil along a strip. Strips are arrays, because short loops over arrays have next to no set-up.
 *
 * <p>What was gathered of a plane is good for the tile of rows that it was gathered for.
 */
public final class FloatStrips {
    private final float[] values;
    private final float[] results;
    /** For each plane the tile its strips were last gathered for, and the end of the rows that were. */
    private final long[] tiles;
    private final int[] ends;
    private long tile = 1;

    /**
     * Allocates.
     *
     * @param values elements of all strips
     * @param results elements for sums on their way back to the field
     * @param planes number of planes that are gathered from
     */
    public FloatStrips(int values, int results, int planes) {
        this.values = new float[values];
        this.results = new float[results];
        this.tiles = new long[planes];
        this.ends = new int[planes];
    }

    /**
     * All strips.
     *
     * @return the elements themselves
     */
    public float[] values() {
        return values;
    }

    /**
     * Room for sums.
     *
     * @return the elements themselves
     */
    public float[] results() {
        return results;
    }

    /** Forgets what was gathered: the input may have changed, or other rows are next. */
    public void startTile() {
        tile++;
    }

    /**
     * Whether something of a plane was gathered for this tile.
     *
     * @param plane its number
     * @return false after the start of a tile
     */
    public boolean hold(int plane) {
        return tiles[plane] == tile;
    }

    /** Behind the last row of a plane that these {@link #hold}. */
    int end(int plane) {
        return ends[plane];
    }

    /**
     * Notes what of a plane is gathered now.
     *
     * @param plane its number
     * @param end behind the last row
     */
    public void note(int plane, int end) {
        tiles[plane] = tile;
        ends[plane] = end;
    }

    /**
     * Copies {@code count} elements that lie {@code stride} apart to consecutive ones; positions in elements.
     *
     * @param from elements of a field
     * @param first position of the first
     * @param stride from one to the next
     * @param to a strip
     * @param toFirst position there
     * @param count number of elements
     */
    public static void gather(MemorySegment from, long first, long stride, float[] to, int toFirst, int count) {
        long step = stride * Float.BYTES;
        long source = first * Float.BYTES;
        for (int i = 0; i < count; i++) {
            to[toFirst + i] = from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, source);
            source += step;
        }
    }

    /**
     * Copies {@code count} consecutive elements to ones that lie {@code stride} apart; positions in elements.
     *
     * @param from a strip
     * @param first position there
     * @param to elements of a field
     * @param toFirst position of the first
     * @param stride from one to the next
     * @param count number of elements
     */
    public static void scatter(float[] from, int first, MemorySegment to, long toFirst, long stride, int count) {
        long step = stride * Float.BYTES;
        long target = toFirst * Float.BYTES;
        for (int i = 0; i < count; i++) {
            to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, target, from[first + i]);
            target += step;
        }
    }

    /**
     * One edge column: {@code strips[result + i] = Σ_t w_t strips[base + i + d_t]} for {@code 0 ≤ i < count}, rounded
     * up to whole vectors.
     *
     * @param strips all strips
     * @param base element of the first row in the first strip of its plane
     * @param result element of the first result
     * @param count number of rows
     * @param d displacements
     * @param w weights
     */
    static void run(float[] strips, int base, int result, int count, int[] d, float[] w) {
        run(strips, base, result, count, d, w, null);
    }

    private static void run(
            float[] strips, int base, int result, int count, int[] d, float[] w, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(FloatSweep.SPECIES);
        for (int i = 0; i < count; i += FloatSweep.LANES) {
            FloatVector sum = zero;
            for (int t = 0; t < w.length; t++) {
                FloatVector weight = FloatVector.broadcast(FloatSweep.SPECIES, w[t]);
                sum = FloatVector.fromArray(FloatSweep.SPECIES, strips, base + i + d[t]).fma(weight, sum);
            }
            zero.add(sum).intoArray(strips, result + i);
        }
    }
}
