package org.isotrope.autodiff.optimise;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** The record of one run: its history, and whether it has to end. */
final class Run {

    private final Stopping stopping;
    private final IterationCallback callback;
    private double[] history = new double[64];
    private int iterations;
    private double value;
    private double gradientNorm;

    Run(Stopping stopping, IterationCallback callback) {
        this.stopping = stopping;
        this.callback = callback;
    }

    /** Records the start; the reason to end there, or null. */
    @Nullable StopReason begin(double[] x, double startValue, double[] gradient, double norm, int evaluations) {
        history[0] = startValue;
        value = startValue;
        gradientNorm = norm;
        if (!proceed(x, gradient, 0, evaluations)) {
            return StopReason.CALLBACK;
        }
        return gradientNorm <= stopping.gradientNorm() ? StopReason.GRADIENT_NORM : limit(evaluations);
    }

    /** Records an accepted step of the given Euclidean length to {@code x}; the reason to end there, or null. */
    @Nullable StopReason accept(double[] x, double newValue, double[] gradient, double norm, double stepNorm,
                                int evaluations) {
        double change = Math.abs(newValue - value);
        double magnitude = Math.max(Math.abs(newValue), Math.abs(value));
        iterations++;
        if (iterations == history.length) {
            history = Arrays.copyOf(history, 2 * history.length);
        }
        history[iterations] = newValue;
        value = newValue;
        gradientNorm = norm;
        if (!proceed(x, gradient, stepNorm, evaluations)) {
            return StopReason.CALLBACK;
        }
        if (gradientNorm <= stopping.gradientNorm()) {
            return StopReason.GRADIENT_NORM;
        }
        if (stopping.relativeDecrease() > 0 && change <= stopping.relativeDecrease() * magnitude) {
            return StopReason.RELATIVE_DECREASE;
        }
        if (stopping.stepSize() > 0 && stepNorm <= stopping.stepSize() * Vectors.norm(x)) {
            return StopReason.STEP_SIZE;
        }
        return limit(evaluations);
    }

    private boolean proceed(double[] x, double[] gradient, double stepNorm, int evaluations) {
        return callback == IterationCallback.NONE
            || callback.proceed(new Iteration(iterations, value, gradientNorm, stepNorm, evaluations, x, gradient));
    }

    private @Nullable StopReason limit(int evaluations) {
        if (iterations >= stopping.maxIterations()) {
            return StopReason.ITERATION_LIMIT;
        }
        return evaluations >= stopping.maxEvaluations() ? StopReason.EVALUATION_LIMIT : null;
    }

    Result end(double[] x, int evaluations, StopReason reason) {
        return new Result(x, value, gradientNorm, iterations, evaluations, reason,
            Arrays.copyOf(history, iterations + 1));
    }
}
