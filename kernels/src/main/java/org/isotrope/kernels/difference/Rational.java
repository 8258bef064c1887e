package org.isotrope.kernels.difference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** A fraction of integers in lowest terms with a positive denominator. */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    static final Rational ZERO = of(0);
    static final Rational ONE = of(1);

    /** Integers of so many bits are doubles, whose quotient is rounded once. */
    private static final int EXACT_BITS = 53;

    /** Digits kept before the last rounding: enough that rounding twice is rounding once for any fraction met here. */
    private static final MathContext DIGITS = new MathContext(60);

    Rational {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("denominator is 0; it had to be nonzero");
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational minus(Rational other) {
        return plus(other.negate());
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational over(Rational other) {
        return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    /** This to a power of at least 0; the power 0 of anything, also of zero, is 1. */
    Rational power(int exponent) {
        return new Rational(numerator.pow(exponent), denominator.pow(exponent));
    }

    int signum() {
        return numerator.signum();
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    /** The nearest double. */
    double toDouble() {
        if (numerator.bitLength() <= EXACT_BITS && denominator.bitLength() <= EXACT_BITS) {
            return numerator.doubleValue() / denominator.doubleValue();
        }
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), DIGITS).doubleValue();
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** For example {@code -5/2}, or {@code 3}. */
    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
    }
}
