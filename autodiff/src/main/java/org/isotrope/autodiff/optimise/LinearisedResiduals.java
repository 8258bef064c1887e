package org.isotrope.autodiff.optimise;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Residuals and their linear model at the current point of a {@link LevenbergMarquardt} run. */
final class LinearisedResiduals {

    private final Residuals source;
    private final double[] scale;
    private final double[] gradient;
    private final double[][] jacobian;
    private double[] x;
    private double[] residuals;
    private double[] trialResiduals;
    private double value;
    private int evaluations;
    private int[] free = new int[0];
    private StreamedQr triangle = StreamedQr.columns(1);

    LinearisedResiduals(Residuals source, double[] start) {
        this.source = source;
        int n = start.length;
        x = start;
        residuals = new double[source.count()];
        trialResiduals = new double[source.count()];
        jacobian = new double[source.count()][n];
        gradient = new double[n];
        scale = new double[n];
        value = evaluate(start);
        moveTo(start);
    }

    double[] x() {
        return x;
    }

    double value() {
        return value;
    }

    double[] gradient() {
        return gradient;
    }

    int evaluations() {
        return evaluations;
    }

    int count() {
        return residuals.length;
    }

    /** Half the sum of squares at {@code trial}; positive infinity if a residual is not finite or the sum overflows. */
    double evaluate(double[] trial) {
        evaluations++;
        source.residuals(trial, trialResiduals);
        double sum = 0.5 * Vectors.dot(trialResiduals, trialResiduals);
        return Double.isFinite(sum) ? sum : Double.POSITIVE_INFINITY;
    }

    /** Makes the point of the last evaluation the current one, and evaluates the Jacobian there. */
    void moveTo(double[] trial) {
        x = trial;
        double[] swap = residuals;
        residuals = trialResiduals;
        trialResiduals = swap;
        value = 0.5 * Vectors.dot(residuals, residuals);
        source.jacobian(x, jacobian);
        Arrays.fill(gradient, 0);
        var squares = new double[x.length];
        for (int i = 0; i < residuals.length; i++) {
            Vectors.addScaled(residuals[i], jacobian[i], gradient);
            for (int j = 0; j < squares.length; j++) {
                squares[j] = Math.fma(jacobian[i][j], jacobian[i][j], squares[j]);
            }
        }
        for (int j = 0; j < squares.length; j++) {
            scale[j] = Math.max(scale[j], Math.sqrt(squares[j]));
        }
    }

    boolean isFinite() {
        return Double.isFinite(value) && Vectors.allFinite(gradient) && Vectors.allFinite(scale);
    }

    void requireFinite() {
        for (int i = 0; i < residuals.length; i++) {
            if (!Double.isFinite(residuals[i])) {
                throw new IllegalArgumentException("residual " + i + " at start was " + residuals[i]
                    + " but had to be finite.");
            }
            for (int j = 0; j < x.length; j++) {
                if (!Double.isFinite(jacobian[i][j])) {
                    throw new IllegalArgumentException("jacobian[" + i + "][" + j + "] at start was "
                        + jacobian[i][j] + " but had to be finite.");
                }
            }
        }
        if (!isFinite()) {
            throw new IllegalArgumentException("sum of squares at start was " + value
                + " with a gradient of " + Vectors.maxNorm(gradient) + " but both had to be finite.");
        }
    }

    /** Triangularises {@code [J | -r]} over the free parameters, once for all dampings. */
    void linearise(boolean @Nullable [] isFree) {
        int n = 0;
        free = new int[x.length];
        for (int j = 0; j < x.length; j++) {
            if (isFree == null || isFree[j]) {
                free[n++] = j;
            }
        }
        free = Arrays.copyOf(free, n);
        if (n == 0) {
            return;
        }
        triangle = StreamedQr.columns(n);
        var row = new double[n];
        for (int i = 0; i < residuals.length; i++) {
            for (int k = 0; k < n; k++) {
                row[k] = jacobian[i][free[k]];
            }
            triangle.append(row, -residuals[i]);
        }
    }

    /** The end of the step with damping {@code mu}; null if the step is not determined. */
    double @Nullable [] stepTo(double mu) {
        var next = x.clone();
        int n = free.length;
        if (n == 0) {
            return next;
        }
        var damped = triangle;
        if (mu > 0) {
            damped = triangle.copy();
            var row = new double[n];
            for (int k = 0; k < n; k++) {
                Arrays.fill(row, 0);
                double d = scale[free[k]];
                row[k] = Math.sqrt(mu) * (d == 0 ? 1 : d);
                damped.append(row, 0);
            }
        }
        double[] step = damped.solveTriangle();
        if (step == null) {
            return null;
        }
        for (int k = 0; k < n; k++) {
            next[free[k]] += step[k];
        }
        return Vectors.allFinite(next) ? next : null;
    }

    /** {@code ½‖r‖² - ½‖r + J s‖²} for the step {@code s} to {@code trial}. */
    double predictedDecrease(double[] trial) {
        var step = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            step[j] = trial[j] - x[j];
        }
        double quadratic = 0;
        for (double[] row : jacobian) {
            double change = Vectors.dot(row, step);
            quadratic = Math.fma(change, change, quadratic);
        }
        return -Vectors.dot(gradient, step) - 0.5 * quadratic;
    }
}
