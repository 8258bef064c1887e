package org.isotrope.kernels;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A differential operator with constant coefficients, as a polynomial in the derivatives {@code ∂_a} along axes:
 * {@code Σ c_e ∂_0^e0 ∂_1^e1 ∂_2^e2}. Immutable.
 */
final class DerivativePolynomial {
    private final int dimension;
    /** By exponents. */
    private final SortedMap<int[], Double> terms;

    private DerivativePolynomial(int dimension, SortedMap<int[], Double> terms) {
        this.dimension = dimension;
        this.terms = terms;
    }

    /** Takes one monomial after the other. */
    interface Visitor {
        /**
         * One monomial.
         *
         * @param exponents order of the derivative along each axis
         * @param coefficient not 0
         */
        void visit(int[] exponents, double coefficient);
    }

    private static SortedMap<int[], Double> empty() {
        return new TreeMap<>(Arrays::compare);
    }

    static DerivativePolynomial zero(int dimension) {
        return new DerivativePolynomial(dimension, empty());
    }

    static DerivativePolynomial constant(int dimension, double value) {
        SortedMap<int[], Double> terms = empty();
        terms.put(new int[dimension], value);
        return new DerivativePolynomial(dimension, terms);
    }

    /** {@code ∂_a^m}. */
    static DerivativePolynomial along(int dimension, int a, int m) {
        SortedMap<int[], Double> terms = empty();
        int[] exponents = new int[dimension];
        exponents[a] = m;
        terms.put(exponents, 1.0);
        return new DerivativePolynomial(dimension, terms);
    }

    DerivativePolynomial plus(DerivativePolynomial other) {
        SortedMap<int[], Double> sum = empty();
        sum.putAll(terms);
        other.terms.forEach((exponents, value) -> sum.merge(exponents, value, Double::sum));
        return new DerivativePolynomial(dimension, sum);
    }

    DerivativePolynomial times(double factor) {
        SortedMap<int[], Double> scaled = empty();
        terms.forEach((exponents, value) -> scaled.put(exponents, factor * value));
        return new DerivativePolynomial(dimension, scaled);
    }

    DerivativePolynomial times(DerivativePolynomial other) {
        SortedMap<int[], Double> product = empty();
        terms.forEach((mine, value) -> other.terms.forEach((theirs, factor) -> {
            int[] exponents = new int[dimension];
            for (int a = 0; a < dimension; a++) {
                exponents[a] = mine[a] + theirs[a];
            }
            product.merge(exponents, value * factor, Double::sum);
        }));
        return new DerivativePolynomial(dimension, product);
    }

    void forEach(Visitor visitor) {
        terms.forEach((exponents, value) -> {
            if (value != 0) {
                visitor.visit(exponents.clone(), value);
            }
        });
    }

    /** The highest derivative along any axis. */
    int highest() {
        int highest = 0;
        for (int[] exponents : terms.keySet()) {
            for (int exponent : exponents) {
                highest = Math.max(highest, exponent);
            }
        }
        return highest;
    }
}
