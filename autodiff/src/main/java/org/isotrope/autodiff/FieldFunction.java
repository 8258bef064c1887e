package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/**
 * A differentiable map of the caller's own between fields, linear or not, by its value, its derivative along a
 * direction and the transpose of that. {@link FunctionCheck} tells whether the three agree.
 *
 * <p>All fields of one call have the precision of the tape and lie apart. A map that is not linear has no adjoint of
 * its own, only one {@linkplain #at at a state}.
 */
public interface FieldFunction {
    /**
     * What the function maps from.
     *
     * @return grid and type of arguments
     */
    Space domain();

    /**
     * What the function maps to.
     *
     * @return grid and type of results
     */
    Space range();

    /**
     * The value, {@code y = f(x)}.
     *
     * @param x argument, not to be changed
     * @param y result, to be overwritten entirely
     */
    void value(Field x, Field y);

    /**
     * The derivative along a direction, {@code ẏ = (∂f/∂x) ẋ}.
     *
     * @param x argument, not to be changed
     * @param xTangent ẋ, not to be changed
     * @param yTangent ẏ, to be overwritten entirely
     */
    void pushforward(Field x, Field xTangent, Field yTangent);

    /**
     * The transpose of the derivative, {@code x̄ = (∂f/∂x)ᵀ ȳ}.
     *
     * @param x argument, not to be changed
     * @param yAdjoint ȳ, not to be changed
     * @param xAdjoint x̄, to be overwritten entirely
     */
    void pullback(Field x, Field yAdjoint, Field xAdjoint);

    /**
     * The derivative of the pullback along ẋ at constant ȳ, {@code x̄̇ = (ẋ · ∂²f/∂x²)ᵀ ȳ}. Only Hessian-vector
     * products ask for it.
     *
     * @param x argument, not to be changed
     * @param xTangent ẋ, not to be changed
     * @param yAdjoint ȳ, not to be changed
     * @param xAdjointTangent x̄̇, to be overwritten entirely
     * @throws IllegalStateException unless overridden
     */
    default void pullbackTangent(Field x, Field xTangent, Field yAdjoint, Field xAdjointTangent) {
        throw new IllegalStateException("function " + this + " has no second derivatives;"
                + " it had to override pullbackTangent for Hessian-vector products");
    }

    /**
     * The Jacobian at a state, with its adjoint.
     *
     * @param state where to linearise; copied
     * @return the operator {@code ẋ ↦ (∂f/∂x) ẋ}
     */
    default LinearOperator at(Field state) {
        domain().require(state, "state");
        Field copy = Fields.automatic().copy(state);
        return LinearOperator.of(domain(), range(),
                (in, out) -> pushforward(copy, in, out),
                (in, out) -> pullback(copy, in, out));
    }

    /**
     * Refused: the Jacobian of a function that is not linear, and so its adjoint, depends on where it is taken.
     *
     * @return never
     * @throws IllegalStateException always, saying what to ask for instead
     */
    default LinearOperator adjoint() {
        throw new IllegalStateException("adjoint of function " + this + " was asked for without a state;"
                + " it had to be asked for as at(state).adjoint()");
    }
}
