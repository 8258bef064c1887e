package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;

/**
 * A linear map between fields, with its exact adjoint.
 *
 * <p>Operators are immutable and safe for concurrent use. They take fields of either precision. Besides those that
 * {@link Operators} makes, anything that can apply itself and its adjoint can be one ({@link #of}).
 */
public interface LinearOperator {
    /**
     * What the operator maps from.
     *
     * @return grid and type of inputs
     */
    Space domain();

    /**
     * What the operator maps to.
     *
     * @return grid and type of outputs
     */
    Space range();

    /**
     * Applies the operator.
     *
     * @param in a field of the domain
     * @param out a field of the range in the same precision, apart from {@code in}; overwritten
     * @throws IllegalArgumentException if grid, type or precision are wrong, or the two overlap; nothing is written then
     * @throws IllegalStateException if a field's memory is closed
     */
    void apply(Field in, Field out);

    /**
     * The transpose under the plain dot product of stored values: {@code Σ (A x) y = Σ x (Aᵀ y)}.
     *
     * @return an operator from the range to the domain
     */
    LinearOperator adjoint();

    /**
     * What this operator stands for: formula or stencil, order, cost, algorithm.
     *
     * @return several lines for a person to read
     */
    String explain();

    /**
     * Applies the operator to a new field.
     *
     * @param in a field of the domain
     * @return a fresh field in memory that the garbage collector frees
     */
    default Field apply(Field in) {
        domain().require(in, "in");
        Field out = Fields.automatic().precision(in.precision()).of(range().type(), range().grid());
        apply(in, out);
        return out;
    }

    /**
     * Binds the operator to a precision and an execution policy.
     *
     * @param precision of the fields to come
     * @param execution how to run
     * @return a plan
     */
    default Plan plan(Precision precision, Execution execution) {
        return new DirectPlan(this, precision);
    }

    /**
     * The sum of two operators; sums of stencils under the same boundaries become one stencil.
     *
     * @param other same domain and range
     * @return {@code x ↦ A x + B x}
     */
    default LinearOperator plus(LinearOperator other) {
        return Combination.of(1, this, 1, other);
    }

    /**
     * The difference of two operators.
     *
     * @param other same domain and range
     * @return {@code x ↦ A x − B x}
     */
    default LinearOperator minus(LinearOperator other) {
        return Combination.of(1, this, -1, other);
    }

    /**
     * This operator scaled.
     *
     * @param factor finite
     * @return {@code x ↦ c A x}
     */
    default LinearOperator times(double factor) {
        return Combination.scaled(factor, this);
    }

    /**
     * This operator followed by another. Two stencils that have the weights of one at every node, those next to walls
     * included, become that one where it is predicted to be cheaper than both and the field between them, and the
     * algorithm is chosen automatically. It rounds in another order; where no error is allowed the same choice is made on
     * every machine. Plans say whether they are merged or composed.
     *
     * @param next its domain is this operator's range
     * @return {@code x ↦ B (A x)}
     */
    default LinearOperator then(LinearOperator next) {
        return new Composition(this, next);
    }

    /**
     * This operator applied several times; the bits are those of one application after another, which are never merged.
     * Where the operator runs by sweeps and the fields outgrow the third-level cache, several steps share each journey
     * through memory.
     *
     * <p>Explicit diffusion by n steps is {@code Operators.identity(grid, SCALAR).plus(laplacian.times(D * dt)).power(n)};
     * steps with coefficients that vary, sources or two time levels are those of a {@link Recurrence}.
     *
     * @param exponent how often, at least 0; domain and range are the same
     * @return {@code x ↦ A A … A x}
     */
    default LinearOperator power(int exponent) {
        return Power.of(this, exponent);
    }

    /** Writes the image of a field into another. */
    @FunctionalInterface
    interface Action {
        /**
         * Applies the map.
         *
         * @param in a field of the domain, not to be changed
         * @param out a field of the range, to be overwritten entirely
         */
        void apply(Field in, Field out);
    }

    /**
     * An operator of the caller's own, by its action and that of its adjoint.
     *
     * @param domain what it maps from
     * @param range what it maps to
     * @param action {@code out = A in}; linear
     * @param adjoint {@code out = Aᵀ in}; that the two agree is the caller's promise
     * @return the operator
     */
    static LinearOperator of(Space domain, Space range, Action action, Action adjoint) {
        return new ActionOperator(domain, range, action, adjoint);
    }
}
