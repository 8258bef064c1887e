package org.isotrope.kernels.tensor;

import java.math.BigInteger;

/** Square roots of rationals, rounded once. */
final class SquareRoot {
    private SquareRoot() {}

    /**
     * The double nearest to {@code √(p/q)}, ties to even. The root is taken to more than 58 bits, and one more bit says
     * whether anything was cut off, so that the one rounding is the right one.
     */
    static double ofRatio(BigInteger p, BigInteger q) {
        if (p.signum() == 0) {
            return 0;
        }
        int shift = Math.max(0, 60 - (p.bitLength() - q.bitLength()) / 2);
        BigInteger[] quotient = p.shiftLeft(2 * shift).divideAndRemainder(q);
        BigInteger[] root = quotient[0].sqrtAndRemainder();
        boolean exact = root[1].signum() == 0 && quotient[1].signum() == 0;
        BigInteger withSticky = root[0].shiftLeft(1).or(exact ? BigInteger.ZERO : BigInteger.ONE);
        return Math.scalb(withSticky.doubleValue(), -shift - 1);
    }
}
