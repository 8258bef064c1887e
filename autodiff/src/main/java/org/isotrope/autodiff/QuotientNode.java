package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** {@code y = a / b}; with {@code s = ȳ / b}, {@code ā += s}, {@code b̄ −= y s}, stored value by stored value. */
record QuotientNode(FieldVariable a, FieldVariable b, FieldVariable y, Field scratch, Field other) implements Node {
    QuotientNode(FieldVariable a, FieldVariable b, FieldVariable y) {
        this(a, b, y, Fields.automatic().like(y.value()), Fields.automatic().like(y.value()));
    }

    @Override
    public void forward() {
        Arithmetic.divide(a.value(), b.value(), y.value());
    }

    @Override
    public void backward() {
        Arithmetic.divide(y.gradient(), b.value(), scratch);
        Tape.accumulate(a, 1, scratch);
        if (b.isDifferentiable()) {
            Arithmetic.multiply(y.value(), scratch, scratch);
            Tape.accumulate(b, -1, scratch);
        }
    }

    /** {@code ẏ = (ȧ − y ḃ) / b}. */
    @Override
    public void tangent() {
        Field tangent = y.clearTangent();
        if (b.isDifferentiable()) {
            Arithmetic.multiply(y.value(), b.tangent(), scratch);
            Arithmetic.addScaled(-1, scratch, tangent);
        }
        if (a.isDifferentiable()) {
            Arithmetic.addScaled(1, a.tangent(), tangent);
        }
        Arithmetic.divide(tangent, b.value(), tangent);
    }

    /** {@code ṡ = (ȳ̇ − s ḃ) / b}, {@code ā̇ += ṡ}, {@code b̄̇ −= ẏ s + y ṡ}. */
    @Override
    public void backwardTangent() {
        Arithmetic.divide(y.gradient(), b.value(), scratch);
        if (b.isDifferentiable()) {
            Arithmetic.multiply(scratch, b.tangent(), other);
            Arithmetic.combine(-1, other, y.gradientTangent(), other);
        } else {
            other.copyFrom(y.gradientTangent());
        }
        Arithmetic.divide(other, b.value(), other);
        if (a.isDifferentiable()) {
            Arithmetic.addScaled(1, other, a.gradientTangent());
        }
        if (b.isDifferentiable()) {
            Arithmetic.multiply(y.tangent(), scratch, scratch);
            Arithmetic.addProduct(y.value(), other, scratch);
            Arithmetic.addScaled(-1, scratch, b.gradientTangent());
        }
    }
}
