package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.kernels.Arithmetic;

/** {@code y = a b}, {@code ā += b ȳ}, {@code b̄ += a ȳ}, stored value by stored value. */
record ProductNode(FieldVariable a, FieldVariable b, FieldVariable y) implements Node {
    @Override
    public void forward() {
        Arithmetic.multiply(a.value(), b.value(), y.value());
    }

    @Override
    public void backward() {
        if (a.isDifferentiable()) {
            Arithmetic.addProduct(b.value(), y.gradient(), a.gradient());
        }
        if (b.isDifferentiable()) {
            Arithmetic.addProduct(a.value(), y.gradient(), b.gradient());
        }
    }

    @Override
    public void tangent() {
        Field tangent = y.clearTangent();
        if (a.isDifferentiable()) {
            Arithmetic.addProduct(b.value(), a.tangent(), tangent);
        }
        if (b.isDifferentiable()) {
            Arithmetic.addProduct(a.value(), b.tangent(), tangent);
        }
    }

    @Override
    public void backwardTangent() {
        addTo(a, b);
        addTo(b, a);
    }

    private void addTo(FieldVariable factor, FieldVariable other) {
        if (factor.isDifferentiable()) {
            Arithmetic.addProduct(other.value(), y.gradientTangent(), factor.gradientTangent());
            if (other.isDifferentiable()) {
                Arithmetic.addProduct(other.tangent(), y.gradient(), factor.gradientTangent());
            }
        }
    }
}
