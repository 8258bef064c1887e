package org.isotrope.autodiff;

import org.isotrope.grids.Field;

/** {@code y = f(x)}, {@code x̄ += f′(x) ȳ}, stored value by stored value. */
record PointwiseNode(PointwiseFunction function, FieldVariable x, FieldVariable y) implements Node {
    @Override
    public void forward() {
        Field from = x.value();
        Field to = y.value();
        long count = from.count();
        for (long i = 0; i < count; i++) {
            to.setFlat(i, function.value().applyAsDouble(from.getFlat(i)));
        }
    }

    @Override
    public void backward() {
        Field at = x.value();
        Field gradient = x.gradient();
        Field adjoint = y.gradient();
        long count = at.count();
        for (long i = 0; i < count; i++) {
            double slope = function.derivative().applyAsDouble(at.getFlat(i));
            gradient.setFlat(i, gradient.getFlat(i) + slope * adjoint.getFlat(i));
        }
    }

    @Override
    public void tangent() {
        Field at = x.value();
        Field from = x.tangent();
        Field to = y.tangent();
        long count = at.count();
        for (long i = 0; i < count; i++) {
            to.setFlat(i, function.derivative().applyAsDouble(at.getFlat(i)) * from.getFlat(i));
        }
    }

    @Override
    public void backwardTangent() {
        Field at = x.value();
        Field to = x.gradientTangent();
        long count = at.count();
        for (long i = 0; i < count; i++) {
            double value = at.getFlat(i);
            double sum = function.derivative().applyAsDouble(value) * y.gradientTangent().getFlat(i)
                    + function.second().applyAsDouble(value) * x.tangent().getFlat(i) * y.gradient().getFlat(i);
            to.setFlat(i, to.getFlat(i) + sum);
        }
    }
}
