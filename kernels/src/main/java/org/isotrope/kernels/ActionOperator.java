package org.isotrope.kernels;

import org.isotrope.grids.Field;

/** See {@link LinearOperator#of}. */
record ActionOperator(Space domain, Space range, Action action, Action transposed) implements LinearOperator {
    @Override
    public void apply(Field in, Field out) {
        Fits.require(domain, range, in, out);
        action.apply(in, out);
    }

    @Override
    public LinearOperator adjoint() {
        return new ActionOperator(range, domain, transposed, action);
    }

    @Override
    public String explain() {
        return "operator given by its action, from " + domain.type() + " to " + range.type();
    }
}
