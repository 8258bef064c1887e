package org.isotrope.autodiff;

import org.isotrope.grids.Field;

/** {@code y_k = x(node k)}, {@code x̄(node k) += ȳ_k}. */
record TraceNode(NodeList nodes, FieldVariable x, ArrayVariable y) implements Node {
    @Override
    public void forward() {
        read(nodes, x.value(), y.sharedValue());
    }

    @Override
    public void backward() {
        add(nodes, y.sharedGradient(), x.gradient());
    }

    @Override
    public void tangent() {
        read(nodes, x.tangent(), y.sharedTangent());
    }

    @Override
    public void backwardTangent() {
        add(nodes, y.sharedGradientTangent(), x.gradientTangent());
    }

    static void read(NodeList nodes, Field from, double[] to) {
        long size = from.grid().size();
        for (int i = 0; i < to.length; i++) {
            to[i] = from.getFlat(i / nodes.count() * size + nodes.flat(i % nodes.count()));
        }
    }

    static void write(NodeList nodes, double[] from, Field to) {
        long size = to.grid().size();
        for (int i = 0; i < from.length; i++) {
            to.setFlat(i / nodes.count() * size + nodes.flat(i % nodes.count()), from[i]);
        }
    }

    private static void add(NodeList nodes, double[] from, Field to) {
        long size = to.grid().size();
        for (int i = 0; i < from.length; i++) {
            long at = i / nodes.count() * size + nodes.flat(i % nodes.count());
            to.setFlat(at, to.getFlat(at) + from[i]);
        }
    }
}
