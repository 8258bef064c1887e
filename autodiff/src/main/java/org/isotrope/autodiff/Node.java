package org.isotrope.autodiff;

/** One step of a tape. */
interface Node {
    /** Computes the value of the result from those of the arguments. */
    void forward();

    /** Adds to the gradients of the arguments what that of the result contributes. */
    void backward();
}
