package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.Nullable;

/**
 * A backtracking search along the projection arc {@code x(α) = P(x + α d)} for sufficient decrease
 * {@code f(x(α)) <= f(x) + c₁ g·(x(α) - x)}: D. P. Bertsekas, "Projected Newton methods for optimization problems with
 * simple constraints", SIAM J. Control Optim. 20 (1982) 221. Steps shrink to the minimum of the interpolating parabola,
 * but by a factor between 0.1 and 0.5; by 0.5 away from undefined points.
 */
final class ProjectedArcSearch {

    private static final int MAX_TRIALS = 60;

    private final CountedObjective objective;
    private final Bounds bounds;
    private final double c1;

    ProjectedArcSearch(CountedObjective objective, Bounds bounds, double c1) {
        this.objective = objective;
        this.bounds = bounds;
        this.c1 = c1;
    }

    /** A point with sufficient decrease, or null if there is none within the allowed number of trials. */
    @Nullable Trial search(Trial origin, double[] direction, double firstStep) {
        double step = firstStep;
        for (int trials = 0; trials < MAX_TRIALS && !objective.exhausted(); trials++) {
            double[] x = origin.x().clone();
            Vectors.addScaled(step, direction, x);
            bounds.project(x);
            double predicted = slopeAlong(origin.x(), x, origin.gradient());
            double value = Double.POSITIVE_INFINITY;
            if (predicted < 0) {
                var gradient = new double[x.length];
                value = objective.value(x, gradient);
                double slope = slopeAlong(origin.x(), x, gradient);
                if (value != Double.POSITIVE_INFINITY
                    && Trial.decreasesEnough(origin.value(), value, predicted, slope, c1)) {
                    return new Trial(step, value, slope / step, x, gradient);
                }
            }
            double shrink = -0.5 * predicted / (value - origin.value() - predicted);
            boolean usable = value != Double.POSITIVE_INFINITY && !Double.isNaN(shrink);
            step *= usable ? Math.min(Math.max(shrink, 0.1), 0.5) : 0.5;
        }
        return null;
    }

    private static double slopeAlong(double[] from, double[] to, double[] gradient) {
        double slope = 0;
        for (int i = 0; i < from.length; i++) {
            slope = Math.fma(gradient[i], to[i] - from[i], slope);
        }
        return slope;
    }
}
