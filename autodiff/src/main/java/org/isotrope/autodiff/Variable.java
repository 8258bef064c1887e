package org.isotrope.autodiff;

/** Something that a tape computes or takes in, together with the gradient of what was last differentiated in it. */
public sealed interface Variable permits FieldVariable, ArrayVariable {
    /**
     * The tape.
     *
     * @return the tape that this variable belongs to
     */
    Tape tape();

    /**
     * Whether gradients are computed for this variable.
     *
     * @return false for constants and all that depends on constants alone
     */
    boolean isDifferentiable();

    /**
     * A hash of the current value, by which a change can be told.
     *
     * @return the same for the same bits
     */
    long fingerprint();
}
