package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.Nullable;

/**
 * Nonlinear least squares, {@code min ½ Σ r_i(x)²}, by damped Gauss–Newton steps, for small numbers of parameters.
 *
 * <p>A step {@code δ} minimises {@code ‖J δ + r‖² + μ ‖D δ‖²}, where {@code D} holds the largest column norms of the
 * Jacobian seen so far (J. J. Moré, "The Levenberg–Marquardt algorithm", 1978), so that the method does not depend on
 * the units of the parameters. It is solved by orthogonal triangularisation, not by normal equations. The damping
 * {@code μ} follows the gain ratio {@code ϱ} of actual to predicted decrease (K. Madsen, H. B. Nielsen, O. Tingleff,
 * "Methods for non-linear least squares problems", 2nd ed. 2004, Algorithm 3.16): after a step with {@code ϱ > 0},
 * {@code μ} is multiplied by {@code max(1/3, 1 - (2ϱ - 1)³)}; otherwise the step is refused, and {@code μ} is
 * multiplied by 2, 4, 8, ... Steps to where a residual is NaN or infinite are refused in the same way.
 *
 * <p>With bounds, parameters at a limit that descent would push them through are left out of the step, the point is
 * projected, and the gain ratio is that of the projected step.
 *
 * <p>In the {@link Result}, the value is {@code ½ Σ r_i²}, an iteration is an accepted step, and evaluations are those
 * of the residuals; the Jacobian is evaluated once an iteration. When no damping leads to a lower value, the run ends
 * with {@link StopReason#RELATIVE_DECREASE} if the first of the refused steps promised a decrease of at most 1e-10 of
 * the value (rounding in the residuals hides decreases that small), and else with {@link StopReason#NO_DESCENT}.
 */
public final class LevenbergMarquardt {

    private static final double FALLBACK_DAMPING = 1e-6;
    private static final double MAX_DAMPING = 1e60;
    private static final double HIDDEN_DECREASE = 1e-10;
    private static final double EPSILON = Math.ulp(1.0);

    private static final Stopping STOPPING = new Stopping(0, 1e-15, 1e-13, 500, Integer.MAX_VALUE);

    private final double damping;
    private final Stopping stopping;
    private final @Nullable Bounds bounds;

    private LevenbergMarquardt(double damping, Stopping stopping, @Nullable Bounds bounds) {
        this.damping = damping;
        this.stopping = stopping;
        this.bounds = bounds;
    }

    /**
     * An initial damping of 1e-3; at most 500 iterations, until the value changes by less than 1e-15 or the parameters
     * by less than 1e-13 of their magnitude.
     *
     * @return the default method
     */
    public static LevenbergMarquardt defaults() {
        return new LevenbergMarquardt(1e-3, STOPPING, null);
    }

    /**
     * The Gauss–Newton method: no damping for as long as full steps lower the value, and Marquardt's from the first
     * step on that does not or that the Jacobian does not determine.
     *
     * @return the method without initial damping
     */
    public static LevenbergMarquardt gaussNewton() {
        return new LevenbergMarquardt(0, STOPPING, null);
    }

    /**
     * With another initial damping.
     *
     * @param initial the first {@code μ}, relative to the squared column norms of the Jacobian; large if the start is
     *     far from the solution
     * @return the changed copy
     * @throws IllegalArgumentException if {@code initial} is not positive and finite
     */
    public LevenbergMarquardt damping(double initial) {
        return new LevenbergMarquardt(Vectors.requirePositive("damping", initial), stopping, bounds);
    }

    /**
     * With other stopping criteria.
     *
     * @param criteria the new criteria
     * @return the changed copy
     */
    public LevenbergMarquardt stopping(Stopping criteria) {
        return new LevenbergMarquardt(damping, criteria, bounds);
    }

    /**
     * With bounds. A start outside of them is projected first.
     *
     * @param box the limits of every parameter
     * @return the changed copy
     */
    public LevenbergMarquardt bounds(Bounds box) {
        return new LevenbergMarquardt(damping, stopping, box);
    }

    /**
     * The stopping criteria of this method.
     *
     * @return the criteria
     */
    public Stopping stopping() {
        return stopping;
    }

    /**
     * Minimises without a callback.
     *
     * @param residuals the residuals and their Jacobian
     * @param start the first parameters; not changed
     * @return where and why the run ended
     * @throws IllegalArgumentException if {@code start} is empty or not finite, or if a residual or its derivative is
     *     not finite there
     */
    public Result minimise(Residuals residuals, double[] start) {
        return minimise(residuals, start, IterationCallback.NONE);
    }

    /**
     * Minimises, and asks the callback after every accepted step whether to go on.
     *
     * @param residuals the residuals and their Jacobian
     * @param start the first parameters; not changed
     * @param callback told about every accepted step; may end the run
     * @return where and why the run ended
     * @throws IllegalArgumentException if {@code start} is empty or not finite, or if a residual or its derivative is
     *     not finite there
     */
    public Result minimise(Residuals residuals, double[] start, IterationCallback callback) {
        double[] x = Vectors.requireFinite("start", start).clone();
        if (bounds != null) {
            bounds.requireSize(x.length);
            bounds.project(x);
        }
        var point = new LinearisedResiduals(residuals, x);
        point.requireFinite();
        var run = new Run(stopping, callback);
        double mu = damping;

        var reason = run.begin(x, point.value(), point.gradient(), gradientNorm(point), point.evaluations());
        while (reason == null) {
            point.linearise(free(point));
            double growth = 2;
            boolean accepted = false;
            Refusal first = null;
            while (!accepted && reason == null) {
                double[] trial = project(point.stepTo(mu));
                double predicted = trial == null ? 0 : point.predictedDecrease(trial);
                double trialValue = predicted > 0 ? point.evaluate(trial) : Double.POSITIVE_INFINITY;
                double actual = point.value() - trialValue;
                double stepNorm = trial == null ? Double.POSITIVE_INFINITY : Vectors.distance(trial, point.x());
                if (predicted > 0 && actual >= 0) {
                    accepted = true;
                    mu *= Math.max(1.0 / 3.0, 1 - Math.pow(2 * actual / predicted - 1, 3));
                    point.moveTo(trial);
                    reason = point.isFinite() ? run.accept(point.x(), point.value(), point.gradient(),
                        gradientNorm(point), stepNorm, point.evaluations()) : StopReason.NOT_FINITE;
                } else {
                    var refusal = new Refusal(predicted, actual, stepNorm, mu);
                    first = first == null ? refusal : first;
                    reason = afterRefusal(point, refusal, first);
                    mu = mu == 0 ? FALLBACK_DAMPING : mu * growth;
                    growth *= 2;
                }
            }
        }
        return run.end(point.x(), point.evaluations(), reason);
    }

    /** A step that was not taken; of infinite length if the Jacobian did not determine it. */
    private record Refusal(double predicted, double actual, double stepNorm, double damping) {

        boolean isDetermined() {
            return stepNorm != Double.POSITIVE_INFINITY;
        }
    }

    /** The reason to end after a refused step, or null to try more damping. */
    private @Nullable StopReason afterRefusal(LinearisedResiduals point, Refusal refusal, Refusal first) {
        double tolerance = stopping.relativeDecrease();
        double length = Vectors.norm(point.x());
        double rounding = Math.max(tolerance, point.count() * EPSILON);
        if (refusal.isDetermined() && refusal.predicted() <= tolerance * point.value()
            && Math.abs(refusal.actual()) <= rounding * point.value()) {
            return StopReason.RELATIVE_DECREASE;
        }
        // Steps that are short only because of the damping say nothing about the distance to the minimum.
        if (refusal == first && refusal.stepNorm() <= stopping.stepSize() * length) {
            return StopReason.STEP_SIZE;
        }
        if (point.evaluations() >= stopping.maxEvaluations()) {
            return StopReason.EVALUATION_LIMIT;
        }
        if (refusal.damping() > MAX_DAMPING || refusal.stepNorm() <= EPSILON * length) {
            boolean hidden = first.isDetermined() && first.predicted() <= HIDDEN_DECREASE * point.value();
            return hidden && tolerance > 0 ? StopReason.RELATIVE_DECREASE : StopReason.NO_DESCENT;
        }
        return null;
    }

    private double @Nullable [] project(double @Nullable [] x) {
        if (bounds != null && x != null) {
            bounds.project(x);
        }
        return x;
    }

    private boolean @Nullable [] free(LinearisedResiduals point) {
        if (bounds == null) {
            return null;
        }
        var free = new boolean[point.x().length];
        bounds.markFree(point.x(), point.gradient(), 0, free);
        return free;
    }

    private double gradientNorm(LinearisedResiduals point) {
        return bounds == null ? Vectors.maxNorm(point.gradient())
            : bounds.projectedGradientNorm(point.x(), point.gradient());
    }

    @Override
    public String toString() {
        return "LevenbergMarquardt[damping=" + damping + ", " + stopping + (bounds == null ? "" : ", " + bounds) + "]";
    }
}
