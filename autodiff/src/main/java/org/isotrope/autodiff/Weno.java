package org.isotrope.autodiff;

import org.isotrope.kernels.transport.WenoAdvection;

/**
 * WENO advection on a tape, differentiable in what is carried and in the velocity; the derivative in a component of the
 * velocity that is 0 is the mean of those on both sides.
 */
public final class Weno {
    private Weno() {}

    /**
     * {@code (u·∇) f}.
     *
     * @param scheme grid, type and boundaries
     * @param f what is carried
     * @param velocity vector
     * @return of the type of f
     */
    public static FieldVariable advect(WenoAdvection scheme, FieldVariable f, FieldVariable velocity) {
        Tape tape = f.tape();
        FieldVariable along = tape.apply(scheme.winds(), velocity);
        return tape.add(
                tape.apply(scheme.product(), tape.apply(new WenoFunction(scheme.slopes(1)), f),
                        tape.map(PointwiseFunction.POSITIVE_PART, along)),
                tape.apply(scheme.product(), tape.apply(new WenoFunction(scheme.slopes(-1)), f),
                        tape.map(PointwiseFunction.NEGATIVE_PART, along)));
    }

    /**
     * {@code ∇·(u f)} of a scalar, which adds up to nothing on periodic axes.
     *
     * @param scheme grid and boundaries
     * @param f scalar, what is carried
     * @param velocity vector
     * @return scalar
     */
    public static FieldVariable advectConservatively(WenoAdvection scheme, FieldVariable f, FieldVariable velocity) {
        Tape tape = f.tape();
        FieldVariable along = tape.apply(scheme.winds(), velocity);
        FieldVariable up = tape.apply(scheme.flux(), f, tape.map(PointwiseFunction.POSITIVE_PART, along));
        FieldVariable down = tape.apply(scheme.flux(), f, tape.map(PointwiseFunction.NEGATIVE_PART, along));
        return tape.add(tape.apply(new WenoFunction(scheme.divergence(1)), up),
                tape.apply(new WenoFunction(scheme.divergence(-1)), down));
    }
}
