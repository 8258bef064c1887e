package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** {@code y = Σ x_i}, {@code x̄_i += ȳ}. */
record SumNode(FieldVariable x, ArrayVariable y, Field ones) implements Node {
    SumNode(FieldVariable x, ArrayVariable y) {
        this(x, y, Fields.automatic().like(x.value()).fill(1));
    }

    @Override
    public void forward() {
        y.sharedValue()[0] = Arithmetic.sum(x.value());
    }

    @Override
    public void backward() {
        Tape.accumulate(x, y.sharedGradient()[0], ones);
    }

    @Override
    public void tangent() {
        y.sharedTangent()[0] = Arithmetic.sum(x.tangent());
    }

    @Override
    public void backwardTangent() {
        Arithmetic.addScaled(y.sharedGradientTangent()[0], ones, x.gradientTangent());
    }
}
