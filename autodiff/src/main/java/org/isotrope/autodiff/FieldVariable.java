package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Space;
import org.jspecify.annotations.Nullable;

/**
 * A field on a tape. The value of an input or constant may be overwritten by the caller before {@link Tape#forward()};
 * that of any other variable belongs to the tape and is only to be read.
 */
public final class FieldVariable implements Variable {
    private final Tape tape;
    private final Field value;
    private final @Nullable Field gradient;
    private final boolean given;
    private @Nullable Field tangent;
    private @Nullable Field gradientTangent;
    private boolean used;
    private long remembered;

    FieldVariable(Tape tape, Field value, boolean differentiable, boolean given) {
        this.tape = tape;
        this.value = value;
        this.gradient = differentiable ? Fields.automatic().like(value) : null;
        this.given = given;
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
     * The current value.
     *
     * @return the field itself, not a copy
     */
    public Field value() {
        return value;
    }

    /**
     * Grid and type.
     *
     * @return the space of the value
     */
    public Space space() {
        return new Space(value.grid(), value.type());
    }

    /**
     * The gradient from the last {@code backward}, under the plain dot product of stored values.
     *
     * @return the field itself, of the same space and precision as the value
     * @throws IllegalStateException if this is a constant
     */
    public Field gradient() {
        if (gradient == null) {
            throw constant("gradient");
        }
        return gradient;
    }

    /**
     * The derivative of the value along a direction. For an input it is the direction: the caller writes it, at first
     * it is zero. For any other variable it is the result of the last {@link Tape#tangent}.
     *
     * @return the field itself, of the same space and precision as the value
     * @throws IllegalStateException if this is a constant
     */
    public Field tangent() {
        if (tangent == null) {
            if (gradient == null) {
                throw constant("tangent");
            }
            tangent = Fields.automatic().like(value);
        }
        return tangent;
    }

    /**
     * The derivative of the gradient along the direction that the tangents of the inputs give: the Hessian times that
     * direction, from the last {@link Tape#hessianProduct}.
     *
     * @return the field itself, of the same space and precision as the value
     * @throws IllegalStateException if this is a constant
     */
    public Field gradientTangent() {
        if (gradientTangent == null) {
            if (gradient == null) {
                throw constant("gradient");
            }
            gradientTangent = Fields.automatic().like(value);
        }
        return gradientTangent;
    }

    @Override
    public long fingerprint() {
        return Fingerprint.of(value.segment());
    }

    private static IllegalStateException constant(String what) {
        return new IllegalStateException("variable is constant and has no " + what
                + "; it had to depend on an input");
    }

    Field clearTangent() {
        Field field = tangent();
        field.segment().fill((byte) 0);
        return field;
    }

    void clearGradient() {
        if (gradient != null) {
            gradient.segment().fill((byte) 0);
        }
    }

    void clearGradientTangent() {
        if (gradient != null) {
            gradientTangent().segment().fill((byte) 0);
        }
    }

    /** Whether the caller may write the value. */
    boolean isGiven() {
        return given;
    }

    /** Notes that a step now depends on the value. */
    void use(boolean guarded) {
        if (given && !used) {
            used = true;
            if (guarded) {
                remember();
            }
        }
    }

    /** Takes the value as it is now for the one that results are computed from. */
    void remember() {
        if (used) {
            remembered = fingerprint();
        }
    }

    boolean hasChanged() {
        return used && fingerprint() != remembered;
    }
}
