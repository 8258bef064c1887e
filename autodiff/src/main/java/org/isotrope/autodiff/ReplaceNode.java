package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/**
 * {@code y} is {@code x} but for {@code y(node k) = v_k}; {@code x̄ += ȳ} but for the nodes, {@code v̄_k += ȳ(node k)}.
 */
record ReplaceNode(
        NodeList nodes, FieldVariable x, ArrayVariable values, FieldVariable y, Field contribution, double[] zeros,
        double[] traces) implements Node {
    ReplaceNode(NodeList nodes, FieldVariable x, ArrayVariable values, FieldVariable y) {
        this(nodes, x, values, y, Fields.automatic().like(x.value()), new double[values.size()],
                new double[values.size()]);
    }

    @Override
    public void forward() {
        y.value().copyFrom(x.value());
        TraceNode.write(nodes, values.sharedValue(), y.value());
    }

    @Override
    public void backward() {
        if (x.isDifferentiable()) {
            addOutside(y.gradient(), x.gradient());
        }
        if (values.isDifferentiable()) {
            addInside(y.gradient(), values.sharedGradient());
        }
    }

    @Override
    public void tangent() {
        if (x.isDifferentiable()) {
            y.tangent().copyFrom(x.tangent());
        } else {
            y.clearTangent();
        }
        TraceNode.write(nodes, values.isDifferentiable() ? values.sharedTangent() : zeros, y.tangent());
    }

    @Override
    public void backwardTangent() {
        if (x.isDifferentiable()) {
            addOutside(y.gradientTangent(), x.gradientTangent());
        }
        if (values.isDifferentiable()) {
            addInside(y.gradientTangent(), values.sharedGradientTangent());
        }
    }

    private void addOutside(Field from, Field to) {
        contribution.copyFrom(from);
        TraceNode.write(nodes, zeros, contribution);
        Arithmetic.addScaled(1, contribution, to);
    }

    private void addInside(Field from, double[] to) {
        TraceNode.read(nodes, from, traces);
        for (int i = 0; i < to.length; i++) {
            to[i] += traces[i];
        }
    }
}
