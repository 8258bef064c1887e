package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.difference.Fornberg;

/** Weights of finite differences are those of a Vandermonde system that is solved in exact fractions. */
class WeightLaws {
    /** A fraction in lowest terms. */
    private record Fraction(BigInteger top, BigInteger bottom) {
        static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
        static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

        Fraction {
            BigInteger common = top.gcd(bottom).multiply(BigInteger.valueOf(bottom.signum()));
            top = top.divide(common);
            bottom = bottom.divide(common);
        }

        static Fraction of(long top, long bottom) {
            return new Fraction(BigInteger.valueOf(top), BigInteger.valueOf(bottom));
        }

        Fraction minus(Fraction other) {
            return new Fraction(top.multiply(other.bottom).subtract(other.top.multiply(bottom)),
                    bottom.multiply(other.bottom));
        }

        Fraction times(Fraction other) {
            return new Fraction(top.multiply(other.top), bottom.multiply(other.bottom));
        }

        Fraction over(Fraction other) {
            return new Fraction(top.multiply(other.bottom), bottom.multiply(other.top));
        }

        double toDouble() {
            return new BigDecimal(top).divide(new BigDecimal(bottom), new MathContext(40))
                    .doubleValue();
        }

        @Override
        public String toString() {
            return bottom.equals(BigInteger.ONE) ? top.toString() : top + "/" + bottom;
        }
    }

    /** Solves {@code Σ_j w_j x_jᵏ = k!·[k = m]} for k below the number of nodes. */
    private static Fraction[] weights(Fraction[] x, int m) {
        int n = x.length;
        Fraction[][] rows = new Fraction[n][n + 1];
        Fraction factorial = Fraction.ONE;
        for (int k = 0; k < n; k++) {
            factorial = k > 1 ? factorial.times(Fraction.of(k, 1)) : factorial;
            for (int j = 0; j < n; j++) {
                rows[k][j] = k == 0 ? Fraction.ONE : rows[k - 1][j].times(x[j]);
            }
            rows[k][n] = k == m ? factorial : Fraction.ZERO;
        }
        for (int pivot = 0; pivot < n; pivot++) {
            int found = pivot;
            while (rows[found][pivot].top.signum() == 0) {
                found++;
            }
            Fraction[] row = rows[found];
            rows[found] = rows[pivot];
            rows[pivot] = row;
            for (int k = 0; k < n; k++) {
                if (k != pivot && rows[k][pivot].top.signum() != 0) {
                    Fraction factor = rows[k][pivot].over(row[pivot]);
                    for (int j = pivot; j <= n; j++) {
                        rows[k][j] = rows[k][j].minus(factor.times(row[j]));
                    }
                }
            }
        }
        Fraction[] weights = new Fraction[n];
        for (int j = 0; j < n; j++) {
            weights[j] = rows[j][n].over(rows[j][j]);
        }
        return weights;
    }

    private static int[] distinct(Random random, int count, int most) {
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < count) {
            chosen.add(random.nextInt(2 * most + 1) - most);
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    @Property(seed = "2108")
    void weightsAtOffsetsAreExactFractions(
            @ForAll @IntRange(min = 2, max = 7) int nodes, @ForAll @IntRange(min = 1, max = 4) int derivative,
            @ForAll long seed) {
        if (derivative >= nodes) {
            return;
        }
        int[] offsets = distinct(new Random(seed), nodes, 6);
        DifferenceWeights found = DifferenceWeights.of(derivative, offsets);
        Fraction[] x = new Fraction[nodes];
        for (int j = 0; j < nodes; j++) {
            x[j] = Fraction.of(offsets[j], 1);
        }
        Fraction[] expected = weights(x, derivative);
        for (int j = 0; j < nodes; j++) {
            int at = indexOf(found.offsets(), offsets[j]);
            if (at < 0) {
                assertThat(expected[j]).as("a weight that is left out").isEqualTo(Fraction.ZERO);
            } else {
                assertThat(found.fractions().get(at)).isEqualTo(expected[j].toString());
                assertThat(found.weights()[at]).isEqualTo(expected[j].toDouble());
            }
        }
    }

    private static int indexOf(int[] offsets, int offset) {
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] == offset) {
                return i;
            }
        }
        return -1;
    }

    /** Nodes at 64ths are doubles to the bit, so that the system is the same. */
    @Property(seed = "2108")
    void weightsOnAnyNodesAreThoseOfExactFractions(
            @ForAll @IntRange(min = 2, max = 7) int nodes, @ForAll @IntRange(min = 0, max = 3) int derivative,
            @ForAll long seed) {
        if (derivative >= nodes) {
            return;
        }
        Random random = new Random(seed);
        int[] places = distinct(random, nodes, 100);
        int at = random.nextInt(201) - 100;
        Fraction[] x = new Fraction[nodes];
        double[] coordinates = new double[nodes];
        for (int j = 0; j < nodes; j++) {
            x[j] = Fraction.of(places[j] - at, 64);
            coordinates[j] = places[j] / 64.0;
        }
        Fraction[] expected = weights(x, derivative);
        double largest = 0;
        for (Fraction weight : expected) {
            largest = Math.max(largest, Math.abs(weight.toDouble()));
        }
        double[] found = Fornberg.weights(at / 64.0, coordinates, derivative);
        for (int j = 0; j < nodes; j++) {
            assertThat(Math.abs(found[j] - expected[j].toDouble())).isLessThanOrEqualTo(1e-13 * largest);
        }
    }
}
