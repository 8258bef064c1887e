package org.isotrope.kernels.engine.gradient;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.block.FloatBlocks;

/**
 * Correlations of each of some runs with each of others, {@code g_rc = Σ_i y[r + i] f[c + i]}, in groups that share their
 * loads: four by four where registers take sixteen sums, else one by eight. There a loop that keeps more than its sums in
 * registers, as three by three does, is unrolled by C2 until it spills them, at half the speed.
 *
 * <p>Element {@code i} belongs to running sum {@code i mod 16} whatever the vector length; narrower vectors go over the runs
 * several times. A group's shape changes no sum.
 */
final class FloatFoldedCorrelation {
    /** Runs of one field in a group. */
    static final int ROWS = FloatBlocks.SIXTEEN_SUMS ? 4 : 1;

    /** Runs of the other field in a group. */
    static final int COLUMNS = FloatBlocks.SIXTEEN_SUMS ? 4 : 8;

    private static final int DEALT = FloatCorrelation.DEALT;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private FloatFoldedCorrelation() {}

    /**
     * Correlates one group.
     *
     * @param f one field
     * @param columns where {@link #COLUMNS} runs of it begin
     * @param y the other field
     * @param rows where {@link #ROWS} runs of it begin
     * @param length elements, a multiple of {@link FloatCorrelation#DEALT}
     * @param lanes sixteen running sums for each row and column, row by row, overwritten
     */
    static void correlate(float[] f, int[] columns, float[] y, int[] rows, int length, float[] lanes) {
        for (int lane = 0; lane < DEALT; lane += SPECIES.length()) {
            if (FloatBlocks.SIXTEEN_SUMS) {
                four(f, columns, y, rows, length, lanes, lane);
            } else {
                eight(f, columns, y, rows[0], length, lanes, lane);
            }
        }
    }

    private static FloatVector load(float[] array, int position) {
        return FloatVector.fromArray(SPECIES, array, position);
    }

    static void four(float[] f, int[] columns, float[] y, int[] rows, int length, float[] lanes, int lane) {
        int f0At = columns[0] + lane;
        int f1At = columns[1] + lane;
        int f2At = columns[2] + lane;
        int f3At = columns[3] + lane;
        int y0At = rows[0] + lane;
        int y1At = rows[1] + lane;
        int y2At = rows[2] + lane;
        int y3At = rows[3] + lane;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector g00 = zero;
        FloatVector g01 = zero;
        FloatVector g02 = zero;
        FloatVector g03 = zero;
        FloatVector g10 = zero;
        FloatVector g11 = zero;
        FloatVector g12 = zero;
        FloatVector g13 = zero;
        FloatVector g20 = zero;
        FloatVector g21 = zero;
        FloatVector g22 = zero;
        FloatVector g23 = zero;
        FloatVector g30 = zero;
        FloatVector g31 = zero;
        FloatVector g32 = zero;
        FloatVector g33 = zero;
        for (int i = 0; i < length; i += DEALT) {
            FloatVector y0 = load(y, y0At + i);
            FloatVector y1 = load(y, y1At + i);
            FloatVector y2 = load(y, y2At + i);
            FloatVector y3 = load(y, y3At + i);
            FloatVector f0 = load(f, f0At + i);
            g00 = y0.fma(f0, g00);
            g10 = y1.fma(f0, g10);
            g20 = y2.fma(f0, g20);
            g30 = y3.fma(f0, g30);
            FloatVector f1 = load(f, f1At + i);
            g01 = y0.fma(f1, g01);
            g11 = y1.fma(f1, g11);
            g21 = y2.fma(f1, g21);
            g31 = y3.fma(f1, g31);
            FloatVector f2 = load(f, f2At + i);
            g02 = y0.fma(f2, g02);
            g12 = y1.fma(f2, g12);
            g22 = y2.fma(f2, g22);
            g32 = y3.fma(f2, g32);
            FloatVector f3 = load(f, f3At + i);
            g03 = y0.fma(f3, g03);
            g13 = y1.fma(f3, g13);
            g23 = y2.fma(f3, g23);
            g33 = y3.fma(f3, g33);
        }
        zero.add(g00).intoArray(lanes, lane);
        zero.add(g01).intoArray(lanes, DEALT + lane);
        zero.add(g02).intoArray(lanes, 2 * DEALT + lane);
        zero.add(g03).intoArray(lanes, 3 * DEALT + lane);
        zero.add(g10).intoArray(lanes, 4 * DEALT + lane);
        zero.add(g11).intoArray(lanes, 5 * DEALT + lane);
        zero.add(g12).intoArray(lanes, 6 * DEALT + lane);
        zero.add(g13).intoArray(lanes, 7 * DEALT + lane);
        zero.add(g20).intoArray(lanes, 8 * DEALT + lane);
        zero.add(g21).intoArray(lanes, 9 * DEALT + lane);
        zero.add(g22).intoArray(lanes, 10 * DEALT + lane);
        zero.add(g23).intoArray(lanes, 11 * DEALT + lane);
        zero.add(g30).intoArray(lanes, 12 * DEALT + lane);
        zero.add(g31).intoArray(lanes, 13 * DEALT + lane);
        zero.add(g32).intoArray(lanes, 14 * DEALT + lane);
        zero.add(g33).intoArray(lanes, 15 * DEALT + lane);
    }

    static void eight(float[] f, int[] columns, float[] y, int row, int length, float[] lanes, int lane) {
        int at0 = columns[0] + lane;
        int at1 = columns[1] + lane;
        int at2 = columns[2] + lane;
        int at3 = columns[3] + lane;
        int at4 = columns[4] + lane;
        int at5 = columns[5] + lane;
        int at6 = columns[6] + lane;
        int at7 = columns[7] + lane;
        int at = row + lane;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        FloatVector g2 = zero;
        FloatVector g3 = zero;
        FloatVector g4 = zero;
        FloatVector g5 = zero;
        FloatVector g6 = zero;
        FloatVector g7 = zero;
        for (int i = 0; i < length; i += DEALT) {
            FloatVector factor = load(y, at + i);
            g0 = factor.fma(load(f, at0 + i), g0);
            g1 = factor.fma(load(f, at1 + i), g1);
            g2 = factor.fma(load(f, at2 + i), g2);
            g3 = factor.fma(load(f, at3 + i), g3);
            g4 = factor.fma(load(f, at4 + i), g4);
            g5 = factor.fma(load(f, at5 + i), g5);
            g6 = factor.fma(load(f, at6 + i), g6);
            g7 = factor.fma(load(f, at7 + i), g7);
        }
        zero.add(g0).intoArray(lanes, lane);
        zero.add(g1).intoArray(lanes, DEALT + lane);
        zero.add(g2).intoArray(lanes, 2 * DEALT + lane);
        zero.add(g3).intoArray(lanes, 3 * DEALT + lane);
        zero.add(g4).intoArray(lanes, 4 * DEALT + lane);
        zero.add(g5).intoArray(lanes, 5 * DEALT + lane);
        zero.add(g6).intoArray(lanes, 6 * DEALT + lane);
        zero.add(g7).intoArray(lanes, 7 * DEALT + lane);
    }
}
