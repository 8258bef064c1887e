package org.isotrope.kernels.difference;

/**
 * An unevaluated sum of two doubles, about 32 digits: products by fma, sums after Knuth. Good to a few units of 2⁻¹⁰⁴
 * as long as nothing overflows or underflows, which callers see to by scaling.
 *
 * @param high the sum rounded to double
 * @param low what {@code high} misses
 * @see <a href="https://doi.org/10.1007/BF01397083">T. J. Dekker, A floating-point technique for extending the
 *     available precision, Numer. Math. 18 (1971) 224</a>
 */
record DoubleDouble(double high, double low) {
    static final DoubleDouble ZERO = new DoubleDouble(0, 0);
    static final DoubleDouble ONE = new DoubleDouble(1, 0);

    /** The exact difference of two doubles. */
    static DoubleDouble difference(double a, double b) {
        return sum(a, -b);
    }

    private static DoubleDouble sum(double a, double b) {
        double s = a + b;
        double virtual = s - a;
        return new DoubleDouble(s, (a - (s - virtual)) + (b - virtual));
    }

    /** Sum of two doubles the first of which is known to dominate. */
    private static DoubleDouble ordered(double a, double b) {
        double s = a + b;
        return new DoubleDouble(s, b - (s - a));
    }

    DoubleDouble plus(DoubleDouble other) {
        // the accurate variant: both low parts are summed with their own error, so cancellation loses nothing
        DoubleDouble s = sum(high, other.high);
        DoubleDouble t = sum(low, other.low);
        DoubleDouble u = ordered(s.high, s.low + t.high);
        return ordered(u.high, u.low + t.low);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(new DoubleDouble(-other.high, -other.low));
    }

    DoubleDouble times(DoubleDouble other) {
        double product = high * other.high;
        double rest = Math.fma(high, other.high, -product) + (high * other.low + low * other.high);
        return ordered(product, rest);
    }

    DoubleDouble times(double factor) {
        double product = high * factor;
        return ordered(product, Math.fma(high, factor, -product) + low * factor);
    }

    DoubleDouble over(DoubleDouble other) {
        double first = high / other.high;
        DoubleDouble rest = minus(other.times(first));
        double second = rest.high / other.high;
        rest = rest.minus(other.times(second));
        double third = rest.high / other.high;
        DoubleDouble quotient = ordered(first, second);
        return ordered(quotient.high, quotient.low + third);
    }

    DoubleDouble negate() {
        return new DoubleDouble(-high, -low);
    }
}
