package org.isotrope.kernels.tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact coupling of real harmonics of three degrees.
 *
 * <p>A real coefficient is a sum of at most two complex ones, {@code (±μ₁, ±μ₂, ±μ₃)}, which differ in sign alone. So
 * its square is rational, found here in integers, and the root is rounded once: every entry is the double nearest to
 * the exact value, for every l.
 */
final class Coupling {
    private static final BigInteger[] FACTORIALS = factorials(3 * SphericalIrrep.MAX_L + 1);

    private final int l1;
    private final int l2;
    private final int l3;
    private final BigInteger denominator;

    private Coupling(int l1, int l2, int l3) {
        this.l1 = l1;
        this.l2 = l2;
        this.l3 = l3;
        this.denominator = factorial(l1 + l2 + l3 + 1)
                .multiply(factorial(l1 + l2 - l3))
                .multiply(factorial(l1 - l2 + l3))
                .multiply(factorial(l2 + l3 - l1));
    }

    /** The entries that are not zero, in the order of the dense tensor. */
    static List<ClebschGordan.Entry> entries(int l1, int l2, int l3) {
        Coupling coupling = new Coupling(l1, l2, l3);
        List<ClebschGordan.Entry> entries = new ArrayList<>();
        for (int i = -l1; i <= l1; i++) {
            for (int j = -l2; j <= l2; j++) {
                for (int k = -l3; k <= l3; k++) {
                    double value = coupling.value(i, j, k);
                    if (value != 0) {
                        entries.add(new ClebschGordan.Entry(l1 + i, l2 + j, l3 + k, value));
                    }
                }
            }
        }
        return entries;
    }

    private double value(int i, int j, int k) {
        int a = Math.abs(i);
        int b = Math.abs(j);
        int re = 0;
        int im = 0;
        BigInteger square = BigInteger.ZERO;
        for (int m1 = -a; m1 <= a; m1 += Math.max(1, 2 * a)) {
            for (int m2 = -b; m2 <= b; m2 += Math.max(1, 2 * b)) {
                if (Math.abs(m1 + m2) == Math.abs(k)) {
                    BigInteger sum = racahSum(m1, m2);
                    int quarterTurns = phase(m1, i) + phase(m2, j) - phase(m1 + m2, k) - (l1 + l2 - l3);
                    int sign = sum.signum() * ((quarterTurns & 2) == 0 ? 1 : -1);
                    re += (quarterTurns & 1) == 0 ? sign : 0;
                    im += (quarterTurns & 1) == 0 ? 0 : sign;
                    square = sum.multiply(sum).multiply(factorials(m1, m2));
                }
            }
        }
        if (im != 0) {
            throw new AssertionError(
                    "entry " + i + ", " + j + ", " + k + " of " + l1 + ", " + l2 + ", " + l3 + " is complex");
        }
        int halves = (i == 0 ? 0 : 1) + (j == 0 ? 0 : 1) + (k == 0 ? 0 : 1);
        BigInteger numerator = square.multiply(BigInteger.valueOf((long) re * re));
        return Integer.signum(re) * SquareRoot.ofRatio(numerator, denominator.shiftLeft(halves));
    }

    /**
     * Quarter turns of the factor between complex harmonic mu and real harmonic m, {@code |mu| = |m|}:
     * {@code Y_μ = (−1)^μ (Y_{+μ} + i Y_{−μ})/√2} and {@code Y_{−μ} = (Y_{+μ} − i Y_{−μ})/√2} for {@code μ > 0}.
     */
    private static int phase(int mu, int m) {
        if (mu == 0) {
            return 0;
        }
        return mu > 0 ? 2 * mu + (m > 0 ? 0 : 1) : m > 0 ? 0 : 3;
    }

    /** Racah's alternating sum as products of binomials, {@code a! b! c!} times the usual one. */
    private BigInteger racahSum(int m1, int m2) {
        BigInteger sum = BigInteger.ZERO;
        for (int k = 0; k <= l1 + l2 - l3; k++) {
            BigInteger term = binomial(l1 + l2 - l3, k)
                    .multiply(binomial(l1 - l2 + l3, l1 - m1 - k))
                    .multiply(binomial(l2 + l3 - l1, l2 + m2 - k));
            sum = (k & 1) == 0 ? sum.add(term) : sum.subtract(term);
        }
        return sum;
    }

    private BigInteger factorials(int m1, int m2) {
        int m3 = m1 + m2;
        return factorial(l1 + m1)
                .multiply(factorial(l1 - m1))
                .multiply(factorial(l2 + m2))
                .multiply(factorial(l2 - m2))
                .multiply(factorial(l3 + m3))
                .multiply(factorial(l3 - m3));
    }

    private static BigInteger binomial(int n, int k) {
        return k < 0 || k > n
                ? BigInteger.ZERO
                : factorial(n).divide(factorial(k).multiply(factorial(n - k)));
    }

    private static BigInteger factorial(int n) {
        return FACTORIALS[n];
    }

    private static BigInteger[] factorials(int count) {
        BigInteger[] factorials = new BigInteger[count + 1];
        factorials[0] = BigInteger.ONE;
        for (int n = 1; n <= count; n++) {
            factorials[n] = factorials[n - 1].multiply(BigInteger.valueOf(n));
        }
        return factorials;
    }
}
