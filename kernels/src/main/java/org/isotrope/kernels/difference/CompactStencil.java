package org.isotrope.kernels.difference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of a compact scheme: {@code α Σ_n f⁽ᵐ⁾(x + n h) + f⁽ᵐ⁾(x) = h⁻ᵐ Σ_k w_k f(x + (first + k) h)} with the sum on
 * the left over the given neighbours.
 *
 * @param alpha {@code α}
 * @param neighbours offsets on the left side, among −1 and 1
 * @param first offset of the first weight
 * @param weights {@code w_k}
 */
record CompactStencil(Rational alpha, int[] neighbours, int first, Rational[] weights) {

    /**
     * The row, {@code α} among the unknowns, that is exact for every polynomial of degree up to {@code m + p − 1}. The
     * conditions have to determine it.
     */
    static CompactStencil of(int derivative, int accuracy, int[] neighbours, int first, int count) {
        Rational[] solution = LinearSystem.solve(
                conditions(derivative, accuracy, neighbours, first, count), count + 1).unique();
        return new CompactStencil(solution[count], neighbours, first, Arrays.copyOf(solution, count));
    }

    /** The same with {@code α} given. */
    static CompactStencil of(int derivative, int accuracy, int[] neighbours, Rational alpha, int first, int count) {
        List<Rational[]> conditions = conditions(derivative, accuracy, neighbours, first, count);
        Rational[] given = new Rational[count + 2];
        Arrays.fill(given, Rational.ZERO);
        given[count] = Rational.ONE;
        given[count + 1] = alpha;
        conditions.add(given);
        Rational[] solution = LinearSystem.solve(conditions, count + 1).unique();
        return new CompactStencil(alpha, neighbours, first, Arrays.copyOf(solution, count));
    }

    /** Both sides for {@code x^degree / degree!}; the unknowns are the weights and then {@code α}. */
    private static List<Rational[]> conditions(int derivative, int accuracy, int[] neighbours, int first, int count) {
        List<Rational[]> conditions = new ArrayList<>();
        for (int degree = 0; degree < derivative + accuracy; degree++) {
            Rational[] condition = new Rational[count + 2];
            Rational factorial = factorial(degree);
            for (int k = 0; k < count; k++) {
                condition[k] = Rational.of(first + k).power(degree).over(factorial);
            }
            condition[count] = Rational.ZERO;
            int rest = degree - derivative;
            for (int neighbour : neighbours) {
                if (rest >= 0) {
                    condition[count] = condition[count].minus(
                            Rational.of(neighbour).power(rest).over(factorial(rest)));
                }
            }
            condition[count + 1] = rest == 0 ? Rational.ONE : Rational.ZERO;
            conditions.add(condition);
        }
        return conditions;
    }

    /** The same row seen from the other end of the axis. */
    CompactStencil mirrored(int derivative) {
        int count = weights.length;
        Rational[] reversed = new Rational[count];
        for (int k = 0; k < count; k++) {
            reversed[k] = derivative % 2 == 0 ? weights[count - 1 - k] : weights[count - 1 - k].negate();
        }
        return new CompactStencil(alpha, Arrays.stream(neighbours).map(offset -> -offset).toArray(),
                1 - first - count, reversed);
    }

    private static Rational factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new Rational(product, BigInteger.ONE);
    }
}
