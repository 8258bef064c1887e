package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.Nullable;

/**
 * The limited-memory BFGS method: J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., Algorithm 7.5.
 *
 * <p><b>Without bounds</b> every accepted step satisfies the strong Wolfe conditions (Algorithms 3.5 and 3.6). When the
 * line search finds no such point within its trials, a point that merely has a lower value is taken; when there is
 * none, the memory is dropped and steepest descent is tried, and if that fails too the run ends with
 * {@link StopReason#NO_DESCENT}. Points where the objective is NaN or infinite are stepped back from. Where two values
 * agree to ten units of rounding, sufficient decrease is judged by slopes instead (Hager and Zhang 2005).
 *
 * <p><b>With bounds</b> this is a projected quasi-Newton method in the manner of D. P. Bertsekas, SIAM J. Control
 * Optim. 20 (1982) 221: parameters at a limit that descent would push them through are set apart, the two loops run over the
 * others, and a backtracking search follows the projected path to sufficient decrease. It keeps every evaluated point
 * inside the box. It is simpler than L-BFGS-B: no generalised Cauchy point, and no curvature condition, so a step
 * without positive curvature is left out of the memory.
 */
public final class Lbfgs implements Optimiser {

    private static final double BINDING_MARGIN = 1e-8;

    private static final Lbfgs DEFAULTS = new Lbfgs(10, 1e-4, 0.9,
        new Stopping(1e-8, 1e-15, 1e-15, 1000, Integer.MAX_VALUE), null);

    private final int memory;
    private final double c1;
    private final double c2;
    private final Stopping stopping;
    private final @Nullable Bounds bounds;

    private Lbfgs(int memory, double c1, double c2, Stopping stopping, @Nullable Bounds bounds) {
        this.memory = memory;
        this.c1 = c1;
        this.c2 = c2;
        this.stopping = stopping;
        this.bounds = bounds;
    }

    /**
     * Ten steps of memory, {@code c₁ = 1e-4}, {@code c₂ = 0.9}; at most 1000 iterations, until no gradient entry
     * exceeds 1e-8 or neither value nor step changes by more than 1e-15 of its magnitude.
     *
     * @return the default optimiser
     */
    public static Lbfgs defaults() {
        return DEFAULTS;
    }

    /**
     * With another memory.
     *
     * @param steps how many steps the estimate of the inverse Hessian is made of
     * @return the changed copy
     * @throws IllegalArgumentException if {@code steps} is not positive
     */
    public Lbfgs memory(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("memory was " + steps + " but had to be positive.");
        }
        return new Lbfgs(steps, c1, c2, stopping, bounds);
    }

    /**
     * With other constants in the Wolfe conditions.
     *
     * @param decrease {@code c₁}, the part of the predicted decrease that a step has to achieve
     * @param curvature {@code c₂}, the part of the slope that may be left after a step
     * @return the changed copy
     * @throws IllegalArgumentException unless {@code 0 < decrease < curvature < 1} and {@code decrease < 0.5}
     */
    public Lbfgs wolfe(double decrease, double curvature) {
        if (!(decrease > 0 && decrease < curvature && curvature < 1 && decrease < 0.5)) {
            throw new IllegalArgumentException("Wolfe constants were " + decrease + " and " + curvature
                + " but had to satisfy 0 < decrease < curvature < 1 with decrease below 0.5.");
        }
        return new Lbfgs(memory, decrease, curvature, stopping, bounds);
    }

    /**
     * With other stopping criteria.
     *
     * @param criteria the new criteria
     * @return the changed copy
     */
    public Lbfgs stopping(Stopping criteria) {
        return new Lbfgs(memory, c1, c2, criteria, bounds);
    }

    /**
     * With another limit on the number of iterations.
     *
     * @param limit the largest number of iterations
     * @return the changed copy
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Lbfgs maxIterations(int limit) {
        return stopping(stopping.withMaxIterations(limit));
    }

    /**
     * With bounds. A start outside of them is projected first.
     *
     * @param box the limits of every parameter
     * @return the changed copy
     */
    public Lbfgs bounds(Bounds box) {
        return new Lbfgs(memory, c1, c2, stopping, box);
    }

    /**
     * The stopping criteria of this optimiser.
     *
     * @return the criteria
     */
    public Stopping stopping() {
        return stopping;
    }

    @Override
    public Result minimise(Objective objective, double[] start, IterationCallback callback) {
        double[] x = Vectors.requireFinite("start", start).clone();
        if (bounds != null) {
            bounds.requireSize(x.length);
            bounds.project(x);
        }
        var counted = new CountedObjective(objective, stopping.maxEvaluations());
        var run = new Run(stopping, callback);
        var history = new LbfgsMemory(memory);
        var gradient = new double[x.length];
        var current = new Trial(0, counted.valueAtStart(x, gradient), 0, x, gradient);

        var reason = run.begin(x, current.value(), gradient, gradientNorm(current), counted.count());
        while (reason == null) {
            boolean steepest = history.isEmpty();
            Trial next = step(counted, current, history);
            if (next != null) {
                double[] s = difference(next.x(), current.x());
                history.add(s, difference(next.gradient(), current.gradient()));
                current = next;
                reason = run.accept(next.x(), next.value(), next.gradient(), gradientNorm(next), Vectors.norm(s),
                    counted.count());
            } else if (counted.exhausted()) {
                reason = StopReason.EVALUATION_LIMIT;
            } else if (steepest) {
                reason = StopReason.NO_DESCENT;
            } else {
                history.clear();
            }
        }
        return run.end(current.x(), counted.count(), reason);
    }

    /** The next point, or null if the search along the direction of the memory found none. */
    private @Nullable Trial step(CountedObjective counted, Trial current, LbfgsMemory history) {
        double[] x = current.x();
        double[] gradient = current.gradient();
        boolean[] free = null;
        if (bounds != null) {
            free = new boolean[x.length];
            double margin = Math.min(BINDING_MARGIN, bounds.projectedGradientNorm(x, gradient));
            bounds.markFree(x, gradient, margin, free);
        }
        var direction = new double[x.length];
        history.direction(gradient, free, direction);
        double slope = Vectors.dot(gradient, direction);
        if (!(slope < 0) || Double.isInfinite(slope)) {
            return null;
        }
        double firstStep = history.isEmpty() ? Math.min(1, 1 / Vectors.norm(gradient)) : 1;
        var origin = new Trial(0, current.value(), slope, x, gradient);
        return bounds == null
            ? new StrongWolfeLineSearch(counted, c1, c2).search(origin, direction, firstStep)
            : new ProjectedArcSearch(counted, bounds, c1).search(origin, direction, firstStep);
    }

    private double gradientNorm(Trial point) {
        return bounds == null ? Vectors.maxNorm(point.gradient())
            : bounds.projectedGradientNorm(point.x(), point.gradient());
    }

    private static double[] difference(double[] a, double[] b) {
        var difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    @Override
    public String toString() {
        return "Lbfgs[memory=" + memory + ", c1=" + c1 + ", c2=" + c2 + ", " + stopping
            + (bounds == null ? "" : ", " + bounds) + "]";
    }
}
