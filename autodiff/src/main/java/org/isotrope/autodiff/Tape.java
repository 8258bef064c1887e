package org.isotrope.autodiff;

import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Space;

/**
 * A computation on fields of one precision, recorded once and differentiated in reverse.
 *
 * <p>Each method computes at once and remembers the step. After inputs have been changed, {@link #forward()} computes
 * everything anew in the same memory; {@code backward} then fills in the gradients of all variables that depend on
 * inputs, {@link #tangent} the derivatives of everything along one direction of the inputs, and {@link #hessianProduct}
 * the Hessian of a number times that direction. Gradients are taken under the plain dot product of stored values. Once
 * warm, {@code forward} and {@code backward} allocate nothing, as long as functions of the caller's own do not. Not
 * safe for concurrent use.
 *
 * <p>Who owns what: the memory of inputs and constants is the caller's, who may write to it at any time but has to run
 * {@code forward} before asking for derivatives again; a {@linkplain #guarded guard} finds a value that was changed in
 * between. All other values and all gradients belong to the tape and are only to be read.
 *
 * <p>More steps: {@link Losses}, {@link Penalties}, {@link Points} (interpolation and deposition), {@link Walls}
 * (values at walls and other nodes), {@link Weno} (sharp advection), {@link org.isotrope.autodiff.time.RecordedSteps}
 * (steps in time).
 */
public final class Tape extends TapeSteps {
    /**
     * An empty tape.
     *
     * @param precision of all its fields
     */
    public Tape(Precision precision) {
        super(precision);
    }

    @Override
    Tape tape() {
        return this;
    }

    // inputs

    /**
     * A field to differentiate in, over memory of the caller, without copying.
     *
     * @param value current and future value
     * @return the variable
     */
    public FieldVariable input(Field value) {
        return sweeps.input(new FieldVariable(this, requirePrecision(value), true, true));
    }

    /**
     * A field to differentiate in, initially zero.
     *
     * @param space grid and type
     * @return the variable
     */
    public FieldVariable input(Space space) {
        return input(fields.of(space.type(), space.grid()));
    }

    /**
     * A field that is not differentiated in, over memory of the caller, without copying.
     *
     * @param value current and future value
     * @return the variable
     */
    public FieldVariable constant(Field value) {
        return sweeps.keep(new FieldVariable(this, requirePrecision(value), false, true));
    }

    /**
     * Numbers to differentiate in.
     *
     * @param values their initial values, at least one
     * @return the variable
     */
    public ArrayVariable input(double... values) {
        requireSome(values);
        return sweeps.input(new ArrayVariable(this, values.clone(), true, true));
    }

    /**
     * Numbers that are not differentiated in.
     *
     * @param values their initial values, at least one
     * @return the variable, which may be set anew
     */
    public ArrayVariable constant(double... values) {
        requireSome(values);
        return sweeps.keep(new ArrayVariable(this, values.clone(), false, true));
    }

    private static void requireSome(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values are none; there had to be at least one");
        }
    }

    // running

    /** Computes everything anew from the current values of inputs and constants. */
    public void forward() {
        sweeps.forward();
    }

    /**
     * Fills in all gradients of a number.
     *
     * @param loss an array of one on this tape that depends on an input
     * @throws IllegalArgumentException if it has more entries or belongs to another tape
     * @throws IllegalStateException if an input or constant has been changed since the results were computed
     */
    public void backward(ArrayVariable loss) {
        requireNumber(loss);
        sweeps.requireUnchanged();
        sweeps.backward(loss);
    }

    /**
     * Fills in all gradients of {@code ⟨ȳ, y⟩}, the dot product of stored values.
     *
     * @param y a field on this tape that depends on an input
     * @param adjoint ȳ, of the same space and precision
     * @throws IllegalStateException if an input or constant has been changed since the results were computed
     */
    public void backward(FieldVariable y, Field adjoint) {
        requireMine(y);
        y.value().requireSameSpace(adjoint, "adjoint");
        sweeps.requireUnchanged();
        sweeps.backward(y, adjoint);
    }

    /**
     * Fills in the tangents of all variables from those of the inputs: the Jacobian of everything times that direction,
     * in one pass forward.
     *
     * @throws IllegalStateException if an input or constant has been changed since the results were computed
     */
    public void tangent() {
        sweeps.requireUnchanged();
        sweeps.tangent();
    }

    /** Sets the tangents of all inputs to zero. */
    public void clearTangents() {
        sweeps.clearTangents();
    }

    /**
     * Fills in tangents, gradients, and the derivatives of the gradients along the tangents of the inputs: for every
     * input, its part of the Hessian of the loss times that direction. Forward over reverse; exact.
     *
     * @param loss an array of one on this tape that depends on an input
     * @return the curvature {@code ẋᵀ H ẋ} along the direction, over all inputs
     * @throws IllegalStateException if an input or constant has been changed since the results were computed, or a
     *     function on the tape has no second derivative
     */
    public double hessianProduct(ArrayVariable loss) {
        requireNumber(loss);
        sweeps.requireUnchanged();
        sweeps.tangent();
        sweeps.backward(loss);
        return sweeps.backwardTangent();
    }

    /**
     * As {@link #hessianProduct}, for {@code ⟨ȳ, y⟩} with a ȳ that moves along as well.
     *
     * @param y a field on this tape that depends on an input
     * @param adjoint ȳ
     * @param adjointTangent ȳ̇, the derivative of ȳ along the direction
     */
    void backwardTangent(FieldVariable y, Field adjoint, Field adjointTangent) {
        sweeps.tangent();
        sweeps.backward(y, adjoint);
        sweeps.backwardTangent(y, adjointTangent);
    }

    /**
     * Says whether {@code backward}, {@code tangent} and {@code hessianProduct} check that no input or constant has
     * been changed in place since the results were computed from it, which would give wrong derivatives. They do unless
     * told otherwise; the check reads each input and constant once.
     *
     * @param on whether to check
     * @return this tape
     */
    public Tape guarded(boolean on) {
        sweeps.guard(on);
        return this;
    }

    /**
     * All inputs that are differentiated in.
     *
     * @return in the order in which they were declared
     */
    public List<Variable> inputs() {
        return sweeps.inputs();
    }

    /** All steps, in order. */
    List<Node> nodes() {
        return sweeps.nodes();
    }

    /**
     * The precision of all fields.
     *
     * @return the precision
     */
    public Precision precision() {
        return precision;
    }

    private Field requirePrecision(Field field) {
        field.requireOpen("value");
        if (field.precision() != precision) {
            throw new IllegalArgumentException("value has precision " + field.precision() + "; it had to be "
                    + precision + " like the tape");
        }
        return field;
    }

    private void requireNumber(ArrayVariable loss) {
        requireMine(loss);
        if (loss.size() != 1) {
            throw new IllegalArgumentException("loss has " + loss.size() + " entries; it had to be one number");
        }
    }

    /** Adds to the gradient of a variable unless it is constant. */
    static void accumulate(FieldVariable x, double factor, Field contribution) {
        if (x.isDifferentiable()) {
            Arithmetic.addScaled(factor, contribution, x.gradient());
        }
    }
}
