package org.isotrope.autodiff;

import java.util.function.DoubleUnaryOperator;

/**
 * A differentiable function of one number, to be applied to every stored value of a field.
 *
 * @param value the function
 * @param derivative its derivative
 */
public record PointwiseFunction(DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    /** {@code x²}. */
    public static final PointwiseFunction SQUARE = new PointwiseFunction(x -> x * x, x -> 2 * x);

    /** {@code eˣ}. */
    public static final PointwiseFunction EXP = new PointwiseFunction(Math::exp, Math::exp);

    /** {@code tanh x}. */
    public static final PointwiseFunction TANH =
            new PointwiseFunction(Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x));

    /** {@code sin x}. */
    public static final PointwiseFunction SIN = new PointwiseFunction(Math::sin, Math::cos);

    /** {@code |x|}, with derivative 0 at 0. */
    public static final PointwiseFunction ABS = new PointwiseFunction(Math::abs, Math::signum);
}
