package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A differential operator with constant coefficients, as a polynomial in the derivatives {@code ∂_a} along axes:
 * {@code Σ c_e ∂_0^e0 ∂_1^e1 ∂_2^e2}. Immutable.
 *
 * <p>This and what else makes the first operator of a program is written without streams and lambdas, each of which costs
 * a fresh JVM a millisecond or more.
 */
final class DerivativePolynomial {
    /**
     * One term.
     *
     * @param exponents order of the derivative along each axis, not to be changed
     * @param coefficient its factor
     */
    record Monomial(int[] exponents, double coefficient) {}

    private final int dimension;
    /** In increasing order of exponents, each once. */
    private final List<Monomial> terms;

    private DerivativePolynomial(int dimension, List<Monomial> terms) {
        this.dimension = dimension;
        this.terms = terms;
    }

    static DerivativePolynomial zero(int dimension) {
        return new DerivativePolynomial(dimension, List.of());
    }

    static DerivativePolynomial constant(int dimension, double value) {
        return new DerivativePolynomial(dimension, List.of(new Monomial(new int[dimension], value)));
    }

    /** {@code ∂_a^m}. */
    static DerivativePolynomial along(int dimension, int a, int m) {
        int[] exponents = new int[dimension];
        exponents[a] = m;
        return new DerivativePolynomial(dimension, List.of(new Monomial(exponents, 1)));
    }

    /** Adds a term to those in order. */
    private static void add(List<Monomial> sum, int[] exponents, double coefficient) {
        int place = 0;
        while (place < sum.size() && Arrays.compare(sum.get(place).exponents, exponents) < 0) {
            place++;
        }
        if (place < sum.size() && Arrays.equals(sum.get(place).exponents, exponents)) {
            sum.set(place, new Monomial(exponents, sum.get(place).coefficient + coefficient));
        } else {
            sum.add(place, new Monomial(exponents, coefficient));
        }
    }

    DerivativePolynomial plus(DerivativePolynomial other) {
        List<Monomial> sum = new ArrayList<>(terms);
        for (Monomial term : other.terms) {
            add(sum, term.exponents, term.coefficient);
        }
        return new DerivativePolynomial(dimension, sum);
    }

    DerivativePolynomial times(double factor) {
        List<Monomial> scaled = new ArrayList<>();
        for (Monomial term : terms) {
            scaled.add(new Monomial(term.exponents, factor * term.coefficient));
        }
        return new DerivativePolynomial(dimension, scaled);
    }

    DerivativePolynomial times(DerivativePolynomial other) {
        List<Monomial> product = new ArrayList<>();
        for (Monomial mine : terms) {
            for (Monomial theirs : other.terms) {
                int[] exponents = new int[dimension];
                for (int a = 0; a < dimension; a++) {
                    exponents[a] = mine.exponents[a] + theirs.exponents[a];
                }
                add(product, exponents, mine.coefficient * theirs.coefficient);
            }
        }
        return new DerivativePolynomial(dimension, product);
    }

    /** The terms that are not 0, in increasing order of exponents. */
    List<Monomial> terms() {
        List<Monomial> present = new ArrayList<>();
        for (Monomial term : terms) {
            if (term.coefficient != 0) {
                present.add(term);
            }
        }
        return present;
    }

    /** The highest derivative along any axis. */
    int highest() {
        int highest = 0;
        for (Monomial term : terms) {
            for (int exponent : term.exponents) {
                highest = Math.max(highest, exponent);
            }
        }
        return highest;
    }
}
