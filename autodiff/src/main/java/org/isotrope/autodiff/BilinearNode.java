package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.jspecify.annotations.Nullable;

/** {@code y = f(a, b)}, {@code ā += f₁ᵀ(ȳ, b)}, {@code b̄ += f₂ᵀ(a, ȳ)}. */
final class BilinearNode implements Node {
    private final BilinearOperator map;
    private final BilinearOperator inFirst;
    private final BilinearOperator inSecond;
    private final FieldVariable a;
    private final FieldVariable b;
    private final FieldVariable y;
    private final @Nullable Field toA;
    private final @Nullable Field toB;
    private @Nullable Field toY;

    BilinearNode(BilinearOperator map, FieldVariable a, FieldVariable b, FieldVariable y) {
        this.map = map;
        this.inFirst = map.adjointInFirst();
        this.inSecond = map.adjointInSecond();
        this.a = a;
        this.b = b;
        this.y = y;
        this.toA = a.isDifferentiable() ? Fields.automatic().like(a.value()) : null;
        this.toB = b.isDifferentiable() ? Fields.automatic().like(b.value()) : null;
    }

    @Override
    public void forward() {
        map.apply(a.value(), b.value(), y.value());
    }

    @Override
    public void backward() {
        addToFirst(y.gradient(), b.value(), false);
        addToSecond(a.value(), y.gradient(), false);
    }

    @Override
    public void tangent() {
        Field tangent = y.clearTangent();
        if (toY == null) {
            toY = Fields.automatic().like(y.value());
        }
        if (toA != null) {
            map.apply(a.tangent(), b.value(), toY);
            Arithmetic.addScaled(1, toY, tangent);
        }
        if (toB != null) {
            map.apply(a.value(), b.tangent(), toY);
            Arithmetic.addScaled(1, toY, tangent);
        }
    }

    @Override
    public void backwardTangent() {
        addToFirst(y.gradientTangent(), b.value(), true);
        addToSecond(a.value(), y.gradientTangent(), true);
        if (toA != null && toB != null) {
            addToFirst(y.gradient(), b.tangent(), true);
            addToSecond(a.tangent(), y.gradient(), true);
        }
    }

    private void addToFirst(Field cotangent, Field second, boolean ofTangent) {
        if (toA != null) {
            inFirst.apply(cotangent, second, toA);
            Arithmetic.addScaled(1, toA, ofTangent ? a.gradientTangent() : a.gradient());
        }
    }

    private void addToSecond(Field first, Field cotangent, boolean ofTangent) {
        if (toB != null) {
            inSecond.apply(first, cotangent, toB);
            Arithmetic.addScaled(1, toB, ofTangent ? b.gradientTangent() : b.gradient());
        }
    }
}
