package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.Nullable;

/**
 * Adam: steepest descent with running means of the gradient and of its square (D. P. Kingma, J. Ba, "Adam: a method
 * for stochastic optimization", ICLR 2015, Algorithm 1).
 *
 * <p>With the gradient {@code g} at step {@code t = 1, 2, ...} and all operations entry by entry,
 * <pre>
 * m = β₁ m + (1 - β₁) g          v = β₂ v + (1 - β₂) g²
 * x = x - α(t) · (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>The objective is evaluated once an iteration and may differ from call to call, as it does when each call takes
 * another batch. Values need not decrease, and the result holds the <em>last</em> parameters. A value or gradient that
 * is not finite ends the run with {@link StopReason#NOT_FINITE} at the parameters before it. With bounds, every step
 * is followed by projection.
 */
public final class Adam implements Optimiser {

    private static final Adam DEFAULTS = new Adam(LearningRate.constant(1e-3), 0.9, 0.999, 1e-8,
        new Stopping(1e-8, 0, 0, 1000, Integer.MAX_VALUE), null);

    private final LearningRate learningRate;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final Stopping stopping;
    private final @Nullable Bounds bounds;

    private Adam(LearningRate learningRate, double beta1, double beta2, double epsilon, Stopping stopping,
                 @Nullable Bounds bounds) {
        this.learningRate = learningRate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.stopping = stopping;
        this.bounds = bounds;
    }

    /**
     * The published settings: α = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8; 1000 iterations, or until no gradient entry
     * exceeds 1e-8.
     *
     * @return the default optimiser
     */
    public static Adam defaults() {
        return DEFAULTS;
    }

    /**
     * With a constant learning rate.
     *
     * @param rate α, about the largest move of a parameter in one step
     * @return the changed copy
     * @throws IllegalArgumentException if {@code rate} is not positive and finite
     */
    public Adam learningRate(double rate) {
        return learningRate(LearningRate.constant(Vectors.requirePositive("learningRate", rate)));
    }

    /**
     * With a learning rate that depends on the step.
     *
     * @param schedule α as a function of the step, counted from 1
     * @return the changed copy
     */
    public Adam learningRate(LearningRate schedule) {
        return new Adam(schedule, beta1, beta2, epsilon, stopping, bounds);
    }

    /**
     * With other decay rates of the running means.
     *
     * @param first β₁, of the gradient
     * @param second β₂, of the squared gradient
     * @return the changed copy
     * @throws IllegalArgumentException if one is outside {@code [0, 1)}
     */
    public Adam betas(double first, double second) {
        requireBeta("first", first);
        requireBeta("second", second);
        return new Adam(learningRate, first, second, epsilon, stopping, bounds);
    }

    private static void requireBeta(String name, double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("beta " + name + " was " + beta
                + " but had to be at least 0 and less than 1.");
        }
    }

    /**
     * With another ε.
     *
     * @param value what is added to the root of the mean square
     * @return the changed copy
     * @throws IllegalArgumentException if {@code value} is not positive and finite
     */
    public Adam epsilon(double value) {
        return new Adam(learningRate, beta1, beta2, Vectors.requirePositive("epsilon", value), stopping, bounds);
    }

    /**
     * With other stopping criteria.
     *
     * @param criteria the new criteria
     * @return the changed copy
     */
    public Adam stopping(Stopping criteria) {
        return new Adam(learningRate, beta1, beta2, epsilon, criteria, bounds);
    }

    /**
     * With another limit on the number of iterations.
     *
     * @param limit the largest number of iterations
     * @return the changed copy
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Adam maxIterations(int limit) {
        return stopping(stopping.withMaxIterations(limit));
    }

    /**
     * With bounds, kept by projection after every step.
     *
     * @param box the limits of every parameter
     * @return the changed copy
     */
    public Adam bounds(Bounds box) {
        return new Adam(learningRate, beta1, beta2, epsilon, stopping, box);
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
        var gradient = new double[x.length];
        double value = counted.valueAtStart(x, gradient);
        var mean = new double[x.length];
        var meanSquare = new double[x.length];
        var next = new double[x.length];
        var nextGradient = new double[x.length];

        var reason = run.begin(x, value, gradient, gradientNorm(x, gradient), counted.count());
        for (int step = 1; reason == null; step++) {
            double rate = learningRate.at(step);
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException("learning rate of step " + step + " was " + rate
                    + " but had to be finite and not negative.");
            }
            double correction1 = 1 - Math.pow(beta1, step);
            double correction2 = 1 - Math.pow(beta2, step);
            for (int i = 0; i < x.length; i++) {
                double g = gradient[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                meanSquare[i] = beta2 * meanSquare[i] + (1 - beta2) * g * g;
                next[i] = x[i] - rate * (mean[i] / correction1)
                    / (Math.sqrt(meanSquare[i] / correction2) + epsilon);
            }
            if (bounds != null) {
                bounds.project(next);
            }
            value = counted.value(next, nextGradient);
            if (Double.isInfinite(value)) {
                reason = StopReason.NOT_FINITE;
            } else {
                double stepNorm = Vectors.distance(next, x);
                System.arraycopy(next, 0, x, 0, x.length);
                System.arraycopy(nextGradient, 0, gradient, 0, x.length);
                reason = run.accept(x, value, gradient, gradientNorm(x, gradient), stepNorm, counted.count());
            }
        }
        return run.end(x, counted.count(), reason);
    }

    private double gradientNorm(double[] x, double[] gradient) {
        return bounds == null ? Vectors.maxNorm(gradient) : bounds.projectedGradientNorm(x, gradient);
    }

    @Override
    public String toString() {
        return "Adam[beta1=" + beta1 + ", beta2=" + beta2 + ", epsilon=" + epsilon + ", " + stopping
            + (bounds == null ? "" : ", " + bounds) + "]";
    }
}
