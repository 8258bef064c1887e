package org.isotrope.kernels.difference;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Exact derivatives of Lagrange polynomials on integer offsets, at a point that is a multiple of one half.
 */
final class Lagrange {
    private Lagrange() {
    }

    /**
     * The {@code m}-th derivative at the point of every Lagrange polynomial. In the variable {@code t = 2(x − s)} all
     * nodes are integers {@code d_k}; {@code Q_k(t) = Π_{j≠k} (t − d_j)} comes from {@code Π_j (t − d_j)} by synthetic
     * division, and {@code w_k = 2ᵐ m! [tᵐ]Q_k / Q_k(d_k)}.
     */
    static Rational[] derivative(int derivative, int doubledPoint, int[] offsets) {
        int n = offsets.length;
        BigInteger[] nodes = new BigInteger[n];
        BigInteger[] product = new BigInteger[n + 1];
        Arrays.fill(product, BigInteger.ZERO);
        product[0] = BigInteger.ONE;
        for (int k = 0; k < n; k++) {
            nodes[k] = BigInteger.valueOf(2L * offsets[k] - doubledPoint);
            for (int i = k + 1; i >= 0; i--) {
                BigInteger lower = i > 0 ? product[i - 1] : BigInteger.ZERO;
                product[i] = lower.subtract(nodes[k].multiply(product[i]));
            }
        }
        BigInteger factor = BigInteger.TWO.pow(derivative).multiply(factorial(derivative));
        Rational[] weights = new Rational[n];
        for (int k = 0; k < n; k++) {
            BigInteger coefficient = BigInteger.ZERO;
            BigInteger value = BigInteger.ZERO;
            BigInteger wanted = BigInteger.ZERO;
            for (int i = n - 1; i >= 0; i--) {
                coefficient = product[i + 1].add(nodes[k].multiply(coefficient));
                value = value.multiply(nodes[k]).add(coefficient);
                if (i == derivative) {
                    wanted = coefficient;
                }
            }
            weights[k] = new Rational(factor.multiply(wanted), value);
        }
        return weights;
    }

    /** {@code Σ_k w_k (o_k − s)ʲ / j!} for {@code j = degree}: 1 at the derivative, 0 wherever the stencil is exact. */
    static Rational moment(int degree, int doubledPoint, int[] offsets, Rational[] weights) {
        Rational sum = Rational.ZERO;
        for (int k = 0; k < offsets.length; k++) {
            Rational distance = Rational.of(2L * offsets[k] - doubledPoint, 2);
            sum = sum.plus(weights[k].times(distance.power(degree)));
        }
        return sum.over(new Rational(factorial(degree), BigInteger.ONE));
    }

    private static BigInteger factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return product;
    }
}
