package org.isotrope.autodiff;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A differentiable function of one number, to be applied to every stored value of a field.
 *
 * @param value the function
 * @param derivative its derivative
 * @param second its second derivative, needed for Hessian-vector products alone
 */
public record PointwiseFunction(
        DoubleUnaryOperator value, DoubleUnaryOperator derivative, DoubleUnaryOperator second) {
    /** {@code x²}. */
    public static final PointwiseFunction SQUARE = new PointwiseFunction(x -> x * x, x -> 2 * x, x -> 2);

    /** {@code eˣ}. */
    public static final PointwiseFunction EXP = new PointwiseFunction(Math::exp, Math::exp, Math::exp);

    /** {@code tanh x}. */
    public static final PointwiseFunction TANH = new PointwiseFunction(
            Math::tanh,
            x -> 1 - Math.tanh(x) * Math.tanh(x),
            x -> -2 * Math.tanh(x) * (1 - Math.tanh(x) * Math.tanh(x)));

    /** {@code sin x}. */
    public static final PointwiseFunction SIN = new PointwiseFunction(Math::sin, Math::cos, x -> -Math.sin(x));

    /** {@code |x|}, with derivative 0 at 0 and second derivative 0 everywhere. */
    public static final PointwiseFunction ABS = new PointwiseFunction(Math::abs, Math::signum, x -> 0);

    /** {@code max(x, 0)}, with derivative ½ at 0 and second derivative 0 everywhere. */
    public static final PointwiseFunction POSITIVE_PART =
            new PointwiseFunction(x -> Math.max(x, 0), x -> (1 + Math.signum(x)) / 2, x -> 0);

    /** {@code min(x, 0)}, with derivative ½ at 0 and second derivative 0 everywhere. */
    public static final PointwiseFunction NEGATIVE_PART =
            new PointwiseFunction(x -> Math.min(x, 0), x -> (1 - Math.signum(x)) / 2, x -> 0);

    /**
     * A function without a second derivative: Hessian-vector products through it fail.
     *
     * @param value the function
     * @param derivative its derivative
     */
    public PointwiseFunction(DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
        this(value, derivative, x -> {
            throw new IllegalStateException("pointwise function has no second derivative;"
                    + " it had to be given one for Hessian-vector products");
        });
    }

    /**
     * A function written in dual numbers, which give its derivatives; slower than derivatives by formula.
     *
     * @param formula the function
     * @return the function with both derivatives
     */
    public static PointwiseFunction of(UnaryOperator<Dual> formula) {
        return new PointwiseFunction(
                x -> formula.apply(Dual.constant(x)).value(),
                x -> formula.apply(Dual.variable(x)).first(),
                x -> formula.apply(Dual.variable(x)).mixed());
    }

    /**
     * {@code √(x + ε²)}, the smooth length of which x is the square.
     *
     * @param epsilon ε, positive
     * @return the function
     */
    public static PointwiseFunction smoothRoot(double epsilon) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + "; it had to be positive and finite");
        }
        double square = epsilon * epsilon;
        return new PointwiseFunction(
                x -> Math.sqrt(x + square),
                x -> 0.5 / Math.sqrt(x + square),
                x -> -0.25 / ((x + square) * Math.sqrt(x + square)));
    }
}
