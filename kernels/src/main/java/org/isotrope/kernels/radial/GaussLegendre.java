package org.isotrope.kernels.radial;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes and weights of Gauss–Legendre quadrature on (0, 1), by Newton's method on the three-term recurrence; exact for
 * polynomials up to degree {@code 2n − 1}.
 *
 * @param nodes increasing
 * @param weights they add up to 1
 */
record GaussLegendre(double[] nodes, double[] weights) {
    private static final Map<Integer, GaussLegendre> KNOWN = new ConcurrentHashMap<>();

    static GaussLegendre of(int points) {
        return KNOWN.computeIfAbsent(points, GaussLegendre::compute);
    }

    private static GaussLegendre compute(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int step = 0; step < 8; step++) {
                double before = 1;
                double value = x;
                for (int k = 2; k <= n; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
                    before = value;
                    value = next;
                }
                slope = n * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            nodes[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }
}
