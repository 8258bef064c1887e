package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** {@code y = a / b}, {@code ā += ȳ / b}, {@code b̄ −= y ȳ / b}, stored value by stored value. */
record QuotientNode(FieldVariable a, FieldVariable b, FieldVariable y, Field scratch) implements Node {
    QuotientNode(FieldVariable a, FieldVariable b, FieldVariable y) {
        this(a, b, y, Fields.automatic().like(y.value()));
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
}
