package org.isotrope.kernels.engine.gradient;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Signed sums of shifted runs of one array, {@code to[i] = ((from[a + i] + s from[b + i]) + t from[c + i]) + …}, in the
 * order in which they are named. Loops are compiled by themselves ({@link Apart}).
 */
final class FloatFlatSums {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private FloatFlatSums() {}

    private static FloatVector load(float[] array, int position) {
        return FloatVector.fromArray(SPECIES, array, position);
    }

    /**
     * Adds runs.
     *
     * @param from where they are
     * @param at where each begins
     * @param signs 1 or −1 each, that of the first 1
     * @param begin first of the runs
     * @param end behind the last, at least {@code begin + 2}
     * @param to takes the sums; where it is {@code from}, apart from the runs
     * @param first position of the first sum
     * @param length number of sums, a multiple of the vector length
     */
    static void add(
            float[] from, int[] at, float[] signs, int begin, int end, float[] to, int first, int length) {
        int k = begin + 2;
        if (k == end) {
            two(from, at[begin], from, at[k - 1], signs[k - 1], to, first, length, null);
        } else if (k + 1 == end) {
            three(from, at[begin], from, at[k - 1], signs[k - 1], at[k], signs[k], to, first, length, null);
        } else {
            four(from, at[begin], at[k - 1], signs[k - 1], at[k], signs[k], at[k + 1], signs[k + 1], to, first, length, null);
        }
        for (k = begin + 4; k + 1 < end; k += 2) {
            three(to, first, from, at[k], signs[k], at[k + 1], signs[k + 1], to, first, length, null);
        }
        if (k < end) {
            two(to, first, from, at[k], signs[k], to, first, length, null);
        }
    }

    static void two(float[] from, int a, float[] other, int b, float s, float[] to, int first, int length,
            @Nullable Apart apart) {
        FloatVector sign = FloatVector.broadcast(SPECIES, s);
        for (int i = 0; i < length; i += LANES) {
            load(other, b + i).fma(sign, load(from, a + i)).intoArray(to, first + i);
        }
    }

    private static void three(
            float[] from, int a, float[] other, int b, float s, int c, float t, float[] to, int first, int length,
            @Nullable Apart apart) {
        FloatVector sign = FloatVector.broadcast(SPECIES, s);
        FloatVector third = FloatVector.broadcast(SPECIES, t);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = load(other, b + i).fma(sign, load(from, a + i));
            load(other, c + i).fma(third, sum).intoArray(to, first + i);
        }
    }

    private static void four(
            float[] from, int a, int b, float s, int c, float t, int d, float u, float[] to, int first, int length,
            @Nullable Apart apart) {
        FloatVector sign = FloatVector.broadcast(SPECIES, s);
        FloatVector third = FloatVector.broadcast(SPECIES, t);
        FloatVector fourth = FloatVector.broadcast(SPECIES, u);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = load(from, b + i).fma(sign, load(from, a + i));
            sum = load(from, c + i).fma(third, sum);
            load(from, d + i).fma(fourth, sum).intoArray(to, first + i);
        }
    }
}
