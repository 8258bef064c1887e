package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Shells;

/**
 * A convolution with a radial kernel that is linear in the values of its radial functions on shells, and can be
 * differentiated in them: the layer that learning adjusts.
 */
public sealed interface ShellConvolution extends LinearOperator permits RadialOperator, TensorConvolution {
    /**
     * The shells of the kernel.
     *
     * @return all offsets by length
     */
    Shells shells();

    /**
     * The values of the radial functions, which are the parameters of this operator.
     *
     * @return one value a shell for each radial function in turn, fresh
     */
    double[] values();

    /**
     * The same operator with other values.
     *
     * @param newValues as many finite values as {@link #values} has
     * @return the new operator
     */
    ShellConvolution withValues(double... newValues);

    /**
     * The gradient of {@code ⟨ȳ, A f⟩}, the dot product of stored values, in the values of the radial functions.
     *
     * @param in f, of the domain
     * @param outAdjoint ȳ, of the range in the same precision
     * @return one derivative for each of {@link #values}, fresh
     */
    double[] shellGradient(Field in, Field outAdjoint);

    /**
     * Binds this convolution to a precision and an execution policy for values that change from one application to the
     * next.
     *
     * @param precision of the fields to come
     * @param execution how to run
     * @return a plan that begins with the values of this operator
     */
    ShellPlan shellPlan(Precision precision, Execution execution);
}
