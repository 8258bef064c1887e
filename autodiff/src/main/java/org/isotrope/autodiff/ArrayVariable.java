package org.isotrope.autodiff;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A short array of {@code double} numbers on a tape: coefficients, radial parameters, or a loss, which is an array of
 * one. The value of an input may be set by the caller before {@link Tape#forward()}.
 */
public final class ArrayVariable implements Variable {
    private final Tape tape;
    private final double[] value;
    private final double @Nullable [] gradient;
    private final boolean input;
    private double @Nullable [] tangent;
    private double @Nullable [] gradientTangent;
    private boolean used;
    private boolean stale;

    ArrayVariable(Tape tape, double[] value, boolean differentiable, boolean input) {
        this.tape = tape;
        this.value = value;
        this.gradient = differentiable ? new double[value.length] : null;
        this.input = input;
    }

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public boolean isDifferentiable() {
        return gradient != null;
    }

    /**
     * Number of entries.
     *
     * @return at least 1
     */
    public int size() {
        return value.length;
    }

    /**
     * One entry of the current value.
     *
     * @param i index
     * @return the number
     */
    public double value(int i) {
        return value[i];
    }

    /**
     * The current value of an array of one.
     *
     * @return the number
     */
    public double value() {
        if (value.length != 1) {
            throw new IllegalStateException("variable has " + value.length + " entries; it had to have one");
        }
        return value[0];
    }

    /**
     * The current value.
     *
     * @return a fresh copy
     */
    public double[] values() {
        return value.clone();
    }

    /**
     * Sets an input; takes effect at the next {@link Tape#forward()}.
     *
     * @param values as many as there are entries
     */
    public void set(double... values) {
        if (!input) {
            throw new IllegalStateException("variable is computed by the tape; it had to be an input");
        }
        if (values.length != value.length) {
            throw new IllegalArgumentException("values are " + values.length + "; there had to be " + value.length);
        }
        System.arraycopy(values, 0, value, 0, values.length);
        stale = used;
    }

    /**
     * The gradient from the last {@code backward}.
     *
     * @return a fresh copy
     * @throws IllegalStateException if this is a constant
     */
    public double[] gradient() {
        return sharedGradient().clone();
    }

    /**
     * One entry of the gradient from the last {@code backward}.
     *
     * @param i index
     * @return the derivative in entry i
     * @throws IllegalStateException if this is a constant
     */
    public double gradient(int i) {
        return sharedGradient()[i];
    }

    /**
     * The derivative of the value along a direction, of an input the direction itself.
     *
     * @return a fresh copy
     * @throws IllegalStateException if this is a constant
     */
    public double[] tangent() {
        return sharedTangent().clone();
    }

    /**
     * Sets the direction of an input for the next {@link Tape#tangent} or {@link Tape#hessianProduct}; at first it is
     * zero.
     *
     * @param direction as many as there are entries
     * @throws IllegalStateException if this is no input to differentiate in
     */
    public void setTangent(double... direction) {
        if (!input) {
            throw new IllegalStateException("variable is computed by the tape; it had to be an input");
        }
        if (direction.length != value.length) {
            throw new IllegalArgumentException("direction has " + direction.length + " entries; it had to have "
                    + value.length);
        }
        System.arraycopy(direction, 0, sharedTangent(), 0, direction.length);
    }

    /**
     * The derivative of the gradient along the direction that the tangents of the inputs give: the Hessian times that
     * direction, from the last {@link Tape#hessianProduct}.
     *
     * @return a fresh copy
     * @throws IllegalStateException if this is a constant
     */
    public double[] gradientTangent() {
        return sharedGradientTangent().clone();
    }

    double[] sharedTangent() {
        if (tangent == null) {
            tangent = new double[sharedGradient().length];
        }
        return tangent;
    }

    double[] sharedGradientTangent() {
        if (gradientTangent == null) {
            gradientTangent = new double[sharedGradient().length];
        }
        return gradientTangent;
    }

    /** Notes that a step now depends on the value. */
    void use() {
        used = true;
    }

    /** Notes that the steps have been computed from the value as it is. */
    void remember() {
        stale = false;
    }

    boolean hasChanged() {
        return stale;
    }

    @Override
    public long fingerprint() {
        return Arrays.hashCode(value);
    }

    double[] sharedValue() {
        return value;
    }

    double[] sharedGradient() {
        if (gradient == null) {
            throw new IllegalStateException("variable is constant and has no gradient; it had to depend on an input");
        }
        return gradient;
    }

    void clearGradient() {
        if (gradient != null) {
            Arrays.fill(gradient, 0);
        }
    }

    void clearGradientTangent() {
        if (gradient != null) {
            Arrays.fill(sharedGradientTangent(), 0);
        }
    }
}
