package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/**
 * Every coefficient to l = 6 against Wigner's formula (another sum than Racah's) in 40 digits, with the change of
 * basis as a plain complex sum of all its terms, rounded once.
 */
class ClebschGordanBitsTest {
    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal HALF_ROOT = new BigDecimal("0.5").sqrt(DIGITS);

    @Test
    void everyCoefficientIsTheNearestDouble() {
        int entries = 0;
        for (int l1 = 0; l1 <= 6; l1++) {
            for (int l2 = l1; l2 <= 6; l2++) {
                for (int l3 = l2 - l1; l3 <= Math.min(6, l1 + l2); l3++) {
                    entries += compare(l1, l2, l3);
                }
            }
        }
        assertThat(entries).isGreaterThan(5000);
    }

    private static int compare(int l1, int l2, int l3) {
        BigDecimal[][] complex = new BigDecimal[2 * l1 + 1][2 * l2 + 1];
        for (int m1 = -l1; m1 <= l1; m1++) {
            for (int m2 = -l2; m2 <= l2; m2++) {
                complex[l1 + m1][l2 + m2] = Math.abs(m1 + m2) > l3 ? BigDecimal.ZERO : wigner(l1, m1, l2, m2, l3);
            }
        }
        double[][][] dense = ClebschGordan.compute(
                        Irrep.spherical(l1, Parity.EVEN), Irrep.spherical(l2, Parity.EVEN),
                        Irrep.spherical(l3, Parity.EVEN))
                .dense();
        int entries = 0;
        for (int i = -l1; i <= l1; i++) {
            for (int j = -l2; j <= l2; j++) {
                for (int k = -l3; k <= l3; k++) {
                    double expected = real(complex, l1, i, l2, j, l3, k);
                    assertThat(dense[l1 + i][l2 + j][l3 + k]).isEqualTo(expected);
                    entries += expected == 0 ? 0 : 1;
                }
            }
        }
        return entries;
    }

    /** {@code Re Σ (−i)^{l1+l2−l3} q(μ1, i) q(μ2, j) conj(q(μ3, k)) ⟨μ1 μ2|μ3⟩}. */
    private static double real(BigDecimal[][] complex, int l1, int i, int l2, int j, int l3, int k) {
        BigDecimal re = BigDecimal.ZERO;
        BigDecimal im = BigDecimal.ZERO;
        for (int m1 = -l1; m1 <= l1; m1++) {
            for (int m2 = -l2; m2 <= l2; m2++) {
                int m3 = m1 + m2;
                if (Math.abs(m1) != Math.abs(i) || Math.abs(m2) != Math.abs(j) || Math.abs(m3) != Math.abs(k)) {
                    continue;
                }
                BigDecimal[] a = q(m1, i);
                BigDecimal[] b = q(m2, j);
                BigDecimal[] c = q(m3, k);
                BigDecimal[] product = times(times(a, b), new BigDecimal[] {c[0], c[1].negate()});
                for (int turn = 0; turn < Math.floorMod(l1 + l2 - l3, 4); turn++) {
                    product = new BigDecimal[] {product[1], product[0].negate()};
                }
                re = re.add(product[0].multiply(complex[l1 + m1][l2 + m2], DIGITS));
                im = im.add(product[1].multiply(complex[l1 + m1][l2 + m2], DIGITS));
            }
        }
        assertThat(im.abs().doubleValue()).isLessThan(1e-35);
        return re.abs().doubleValue() < 1e-35 ? 0 : re.doubleValue();
    }

    private static BigDecimal[] times(BigDecimal[] a, BigDecimal[] b) {
        return new BigDecimal[] {
            a[0].multiply(b[0], DIGITS).subtract(a[1].multiply(b[1], DIGITS)),
            a[0].multiply(b[1], DIGITS).add(a[1].multiply(b[0], DIGITS))
        };
    }

    /** Complex harmonic μ in terms of real harmonic m: {@code (−1)^μ (Y_μ + i Y_−μ)/√2}, {@code (Y_μ − i Y_−μ)/√2}. */
    private static BigDecimal[] q(int mu, int m) {
        if (mu == 0) {
            return new BigDecimal[] {BigDecimal.ONE, BigDecimal.ZERO};
        }
        boolean flip = mu > 0 ? mu % 2 != 0 : m < 0;
        BigDecimal size = flip ? HALF_ROOT.negate() : HALF_ROOT;
        return m > 0 ? new BigDecimal[] {size, BigDecimal.ZERO} : new BigDecimal[] {BigDecimal.ZERO, size};
    }

    /** {@code ⟨l1 m1 l2 m2|l3 m3⟩/√(2 l3 + 1)} by Wigner's formula. */
    private static BigDecimal wigner(int l1, int m1, int l2, int m2, int l3) {
        int m3 = m1 + m2;
        BigDecimal sum = BigDecimal.ZERO;
        for (int v = 0; v <= l3 + m3; v++) {
            if (l3 - l1 + l2 - v < 0 || v + l1 - l2 - m3 < 0 || l2 + l3 + m1 - v < 0 || l1 - m1 + v < 0) {
                continue;
            }
            BigDecimal term = factorial(l2 + l3 + m1 - v)
                    .multiply(factorial(l1 - m1 + v))
                    .divide(
                            factorial(v)
                                    .multiply(factorial(l3 - l1 + l2 - v))
                                    .multiply(factorial(l3 + m3 - v))
                                    .multiply(factorial(v + l1 - l2 - m3)),
                            DIGITS);
            sum = (v + l2 + m2) % 2 == 0 ? sum.add(term) : sum.subtract(term);
        }
        BigDecimal square = factorial(l3 + l1 - l2)
                .multiply(factorial(l3 - l1 + l2))
                .multiply(factorial(l1 + l2 - l3))
                .multiply(factorial(l3 + m3))
                .multiply(factorial(l3 - m3))
                .divide(
                        factorial(l1 + l2 + l3 + 1)
                                .multiply(factorial(l1 - m1))
                                .multiply(factorial(l1 + m1))
                                .multiply(factorial(l2 - m2))
                                .multiply(factorial(l2 + m2)),
                        DIGITS);
        return square.sqrt(DIGITS).multiply(sum, DIGITS);
    }

    private static BigDecimal factorial(int n) {
        BigInteger factorial = BigInteger.ONE;
        for (int k = 2; k <= n; k++) {
            factorial = factorial.multiply(BigInteger.valueOf(k));
        }
        return new BigDecimal(factorial);
    }

    @Test
    void rootsOfRatiosAreRoundedOnce() {
        for (long n = 1; n < 2000; n++) {
            assertThat(SquareRoot.ofRatio(BigInteger.valueOf(n), BigInteger.ONE)).isEqualTo(Math.sqrt(n));
            double expected = new BigDecimal(n).divide(new BigDecimal(7919), DIGITS).sqrt(DIGITS).doubleValue();
            assertThat(SquareRoot.ofRatio(BigInteger.valueOf(n), BigInteger.valueOf(7919))).isEqualTo(expected);
        }
        // halfway between two doubles, and just above
        BigInteger odd = BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE);
        BigInteger square = odd.multiply(odd);
        assertThat(SquareRoot.ofRatio(square, BigInteger.ONE)).isEqualTo(0x1p53);
        assertThat(SquareRoot.ofRatio(square.add(BigInteger.ONE), BigInteger.ONE)).isEqualTo(0x1p53 + 2);
        assertThat(SquareRoot.ofRatio(BigInteger.ZERO, BigInteger.TEN)).isZero();
    }
}
