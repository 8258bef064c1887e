package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Space;
import org.jspecify.annotations.Nullable;

/**
 * A field on a tape. The value of an input may be overwritten by the caller before {@link Tape#forward()}; that of any
 * other variable belongs to the tape.
 */
public final class FieldVariable implements Variable {
    private final Tape tape;
    private final Field value;
    private final @Nullable Field gradient;

    FieldVariable(Tape tape, Field value, boolean differentiable) {
        this.tape = tape;
        this.value = value;
        this.gradient = differentiable ? Fields.automatic().like(value) : null;
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
            throw new IllegalStateException("variable is constant and has no gradient; it had to depend on an input");
        }
        return gradient;
    }

    void clearGradient() {
        if (gradient != null) {
            gradient.segment().fill((byte) 0);
        }
    }
}
