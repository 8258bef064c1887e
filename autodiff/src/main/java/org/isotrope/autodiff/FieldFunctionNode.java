package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** {@code y = f(x)} for a function of the caller's own. */
record FieldFunctionNode(FieldFunction function, FieldVariable x, FieldVariable y, Field contribution)
        implements Node {
    FieldFunctionNode(FieldFunction function, FieldVariable x, FieldVariable y) {
        this(function, x, y, Fields.automatic().like(x.value()));
    }

    @Override
    public void forward() {
        function.value(x.value(), y.value());
    }

    @Override
    public void backward() {
        function.pullback(x.value(), y.gradient(), contribution);
        Arithmetic.addScaled(1, contribution, x.gradient());
    }

    @Override
    public void tangent() {
        function.pushforward(x.value(), x.tangent(), y.tangent());
    }

    @Override
    public void backwardTangent() {
        function.pullback(x.value(), y.gradientTangent(), contribution);
        Arithmetic.addScaled(1, contribution, x.gradientTangent());
        function.pullbackTangent(x.value(), x.tangent(), y.gradient(), contribution);
        Arithmetic.addScaled(1, contribution, x.gradientTangent());
    }
}
