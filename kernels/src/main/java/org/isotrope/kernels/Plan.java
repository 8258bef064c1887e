package org.isotrope.kernels;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;

/**
 * An operator bound to a precision and an execution policy: made once, applied often. Applying allocates nothing and
 * several threads may apply one plan at the same time, each to fields of its own.
 */
public interface Plan {
    /**
     * Applies the operator.
     *
     * @param in a field of the operator's domain in this plan's precision
     * @param out a field of the operator's range in this plan's precision, apart from {@code in}; overwritten
     * @throws IllegalArgumentException if a field is of another grid, type or precision, or the two overlap; nothing is
     *     written then
     * @throws IllegalStateException if a field's memory is closed, or the executor of the plan has been shut down; nothing
     *     is written then
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is noticed between tiles of
     *     stencils; {@code out} is incomplete then, and the thread stays interrupted
     */
    void apply(Field in, Field out);

    /**
     * The precision of the fields.
     *
     * @return the precision
     */
    Precision precision();

    /**
     * What was chosen, in a few words.
     *
     * @return one line
     */
    String explain();
}
