package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.transport.WenoDifference;

/** Weighted differences, with their derivatives. */
record WenoFunction(WenoDifference difference) implements FieldFunction {
    @Override
    public Space domain() {
        return difference.domain();
    }

    @Override
    public Space range() {
        return difference.range();
    }

    @Override
    public void value(Field x, Field y) {
        difference.apply(x, y);
    }

    @Override
    public void pushforward(Field x, Field xTangent, Field yTangent) {
        difference.tangent(x, xTangent, yTangent);
    }

    @Override
    public void pullback(Field x, Field yAdjoint, Field xAdjoint) {
        difference.adjoint(x, yAdjoint, xAdjoint);
    }

    @Override
    public void pullbackTangent(Field x, Field xTangent, Field yAdjoint, Field xAdjointTangent) {
        difference.adjointTangent(x, xTangent, yAdjoint, xAdjointTangent);
    }
}
