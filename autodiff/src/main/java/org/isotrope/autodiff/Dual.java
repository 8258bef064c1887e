package org.isotrope.autodiff;

import java.util.function.DoubleUnaryOperator;

/**
 * A number with exact derivatives: {@code value + first ε + other δ + mixed εδ} with {@code ε² = δ² = 0}, a hyper-dual
 * number. Carried through a formula, {@code first} and {@code other} are its derivatives along two directions and
 * {@code mixed} is the second derivative along both; with {@link #variable}, where the two directions are one, the
 * first and second derivative of a function of one number.
 *
 * <p>Source: J. Fike, J. Alonso, "The development of hyper-dual numbers for exact second-derivative calculations", AIAA
 * 2011-886.
 *
 * @param value the number
 * @param first derivative along the first direction
 * @param other derivative along the other direction
 * @param mixed second derivative along both
 */
public record Dual(double value, double first, double other, double mixed) {
    /**
     * A number that does not depend on anything.
     *
     * @param value the number
     * @return without derivatives
     */
    public static Dual constant(double value) {
        return new Dual(value, 0, 0, 0);
    }

    /**
     * The number to differentiate in.
     *
     * @param value the number
     * @return with derivative 1 along both directions
     */
    public static Dual variable(double value) {
        return new Dual(value, 1, 1, 0);
    }

    /**
     * A function of this number, by the chain rule.
     *
     * @param f the function at {@link #value}
     * @param df its derivative there
     * @param ddf its second derivative there
     * @return the function with its derivatives
     */
    public Dual chain(double f, double df, double ddf) {
        return new Dual(f, df * first, df * other, df * mixed + ddf * first * other);
    }

    /**
     * A function of this number, by the chain rule.
     *
     * @param f the function
     * @param df its derivative
     * @param ddf its second derivative
     * @return the function with its derivatives
     */
    public Dual map(DoubleUnaryOperator f, DoubleUnaryOperator df, DoubleUnaryOperator ddf) {
        return chain(f.applyAsDouble(value), df.applyAsDouble(value), ddf.applyAsDouble(value));
    }

    /**
     * The sum.
     *
     * @param b addend
     * @return this + b
     */
    public Dual plus(Dual b) {
        return new Dual(value + b.value, first + b.first, other + b.other, mixed + b.mixed);
    }

    /**
     * The sum with a constant.
     *
     * @param b addend
     * @return this + b
     */
    public Dual plus(double b) {
        return new Dual(value + b, first, other, mixed);
    }

    /**
     * The difference.
     *
     * @param b subtrahend
     * @return this − b
     */
    public Dual minus(Dual b) {
        return new Dual(value - b.value, first - b.first, other - b.other, mixed - b.mixed);
    }

    /**
     * The difference to a constant.
     *
     * @param b subtrahend
     * @return this − b
     */
    public Dual minus(double b) {
        return plus(-b);
    }

    /**
     * The product.
     *
     * @param b factor
     * @return this · b
     */
    public Dual times(Dual b) {
        return new Dual(
                value * b.value,
                first * b.value + value * b.first,
                other * b.value + value * b.other,
                mixed * b.value + first * b.other + other * b.first + value * b.mixed);
    }

    /**
     * The product with a constant.
     *
     * @param b factor
     * @return this · b
     */
    public Dual times(double b) {
        return new Dual(value * b, first * b, other * b, mixed * b);
    }

    /**
     * The quotient.
     *
     * @param b divisor
     * @return this / b
     */
    public Dual dividedBy(Dual b) {
        return times(b.reciprocal());
    }

    /**
     * The quotient by a constant.
     *
     * @param b divisor
     * @return this / b
     */
    public Dual dividedBy(double b) {
        return new Dual(value / b, first / b, other / b, mixed / b);
    }

    /**
     * The reciprocal.
     *
     * @return 1 / this
     */
    public Dual reciprocal() {
        double inverse = 1 / value;
        return chain(inverse, -inverse * inverse, 2 * inverse * inverse * inverse);
    }

    /**
     * The negative.
     *
     * @return −this
     */
    public Dual negate() {
        return times(-1);
    }

    /**
     * A constant power.
     *
     * @param exponent p
     * @return this^p
     */
    public Dual pow(double exponent) {
        // a vanishing factor must not meet the infinity of 0 to a negative power
        double df = exponent == 0 ? 0 : exponent * Math.pow(value, exponent - 1);
        double ddf = exponent == 0 || exponent == 1 ? 0 : exponent * (exponent - 1) * Math.pow(value, exponent - 2);
        return chain(Math.pow(value, exponent), df, ddf);
    }

    /**
     * The square root.
     *
     * @return √this
     */
    public Dual sqrt() {
        double root = Math.sqrt(value);
        return chain(root, 0.5 / root, -0.25 / (root * value));
    }

    /**
     * The exponential.
     *
     * @return e to the power of this
     */
    public Dual exp() {
        double f = Math.exp(value);
        return chain(f, f, f);
    }

    /**
     * The natural logarithm.
     *
     * @return ln this
     */
    public Dual log() {
        return chain(Math.log(value), 1 / value, -1 / (value * value));
    }

    /**
     * The sine.
     *
     * @return sin this
     */
    public Dual sin() {
        double sine = Math.sin(value);
        return chain(sine, Math.cos(value), -sine);
    }

    /**
     * The cosine.
     *
     * @return cos this
     */
    public Dual cos() {
        double cosine = Math.cos(value);
        return chain(cosine, -Math.sin(value), -cosine);
    }

    /**
     * The hyperbolic tangent.
     *
     * @return tanh this
     */
    public Dual tanh() {
        double f = Math.tanh(value);
        double slope = 1 - f * f;
        return chain(f, slope, -2 * f * slope);
    }

    /**
     * The arc tangent.
     *
     * @return arctan this
     */
    public Dual atan() {
        double slope = 1 / (1 + value * value);
        return chain(Math.atan(value), slope, -2 * value * slope * slope);
    }

    /**
     * The magnitude, with derivative 0 at 0.
     *
     * @return |this|
     */
    public Dual abs() {
        return chain(Math.abs(value), Math.signum(value), 0);
    }
}
