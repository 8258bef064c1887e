package org.isotrope.autodiff.optimise;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * The last few steps and gradient changes, and the product of the inverse Hessian they stand for with a vector:
 * J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., Algorithm 7.4 (two loops) with the initial scaling of
 * eq. 7.20.
 */
final class LbfgsMemory {

    private static final double EPSILON = Math.ulp(1.0);

    /** {@code y·s} is kept, so that a product over all parameters need not form it again. */
    private record Pair(double[] s, double[] y, double curvature) {
    }

    private final int capacity;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    LbfgsMemory(int capacity) {
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    void clear() {
        pairs.clear();
    }

    /** Takes in a step, unless its curvature is not safely positive; then the estimate would lose definiteness. */
    void add(double[] s, double[] y) {
        double curvature = Vectors.dot(s, y);
        if (!(curvature > EPSILON * Vectors.norm(s) * Vectors.norm(y))) {
            return;
        }
        if (pairs.size() == capacity) {
            pairs.removeFirst();
        }
        pairs.addLast(new Pair(s, y, curvature));
    }

    /**
     * Writes {@code -H g} to {@code directionOut}. With {@code free} given, H is built from the free entries alone and
     * the other entries get the scaled steepest descent, which makes H diagonal in them.
     */
    void direction(double[] gradient, boolean @Nullable [] free, double[] directionOut) {
        int n = gradient.length;
        for (int i = 0; i < n; i++) {
            directionOut[i] = free == null || free[i] ? -gradient[i] : 0;
        }
        var weights = new double[pairs.size()];
        var curvatures = new double[pairs.size()];
        double scale = 1;
        boolean scaled = false;
        int k = pairs.size();
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext();) {
            Pair pair = newestFirst.next();
            k--;
            curvatures[k] = curvature(pair, free);
            if (curvatures[k] > 0) {
                weights[k] = dot(pair.s(), directionOut, free) / curvatures[k];
                addScaled(-weights[k], pair.y(), directionOut, free);
                if (!scaled) {
                    scale = curvatures[k] / dot(pair.y(), pair.y(), free);
                    scaled = true;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            directionOut[i] *= scale;
        }
        for (Pair pair : pairs) {
            if (curvatures[k] > 0) {
                double beta = dot(pair.y(), directionOut, free) / curvatures[k];
                addScaled(weights[k] - beta, pair.s(), directionOut, free);
            }
            k++;
        }
        for (int i = 0; free != null && i < n; i++) {
            if (!free[i]) {
                directionOut[i] = -scale * gradient[i];
            }
        }
    }

    /** {@code y·s} over the free entries, or 0 if it is not safely positive. */
    private static double curvature(Pair pair, boolean @Nullable [] free) {
        if (free == null) {
            return pair.curvature();
        }
        double curvature = dot(pair.s(), pair.y(), free);
        double limit = EPSILON * Math.sqrt(dot(pair.s(), pair.s(), free)) * Math.sqrt(dot(pair.y(), pair.y(), free));
        return curvature > limit ? curvature : 0;
    }

    private static double dot(double[] a, double[] b, boolean @Nullable [] free) {
        if (free == null) {
            return Vectors.dot(a, b);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            if (free[i]) {
                sum = Math.fma(a[i], b[i], sum);
            }
        }
        return sum;
    }

    private static void addScaled(double alpha, double[] x, double[] y, boolean @Nullable [] free) {
        if (free == null) {
            Vectors.addScaled(alpha, x, y);
            return;
        }
        for (int i = 0; i < x.length; i++) {
            if (free[i]) {
                y[i] = Math.fma(alpha, x[i], y[i]);
            }
        }
    }
}
