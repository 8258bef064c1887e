package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.Nullable;

/**
 * A line search for the strong Wolfe conditions
 * <pre>
 * φ(α) &lt;= φ(0) + c₁ α φ'(0)        |φ'(α)| &lt;= c₂ |φ'(0)|
 * </pre>
 * where {@code φ(α) = f(x + α d)}: J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., Algorithms 3.5
 * (bracket) and 3.6 (zoom), with cubic interpolation by eq. 3.59.
 *
 * <p>Safeguards: interpolated steps keep a tenth of the bracket away from its ends; a bracket that two steps have not
 * shrunk by a third is bisected; undefined points are stepped back from by bisection, and never passed again.
 */
final class StrongWolfeLineSearch {

    private static final int MAX_TRIALS = 60;

    private final CountedObjective objective;
    private final double c1;
    private final double c2;

    StrongWolfeLineSearch(CountedObjective objective, double c1, double c2) {
        this.objective = objective;
        this.c1 = c1;
        this.c2 = c2;
    }

    /**
     * Searches from {@code origin}, whose step is 0 and whose slope is negative.
     *
     * @return a point where the conditions hold; failing that, within the allowed number of trials, one with
     *     sufficient decrease; null if there is none either
     */
    @Nullable Trial search(Trial origin, double[] direction, double firstStep) {
        Trial previous = origin;
        double step = firstStep;
        double undefined = Double.POSITIVE_INFINITY;
        for (int trials = 0; trials < MAX_TRIALS && !objective.exhausted(); trials++) {
            Trial trial = evaluate(origin, direction, step);
            if (!trial.isFinite()) {
                undefined = step;
                step = 0.5 * (previous.step() + step);
                if (step == previous.step()) {
                    break;
                }
                continue;
            }
            if (isAcceptable(origin, trial)) {
                return trial;
            }
            if (!decreasesEnough(origin, trial) || trial.value() >= previous.value() && previous != origin) {
                return zoom(origin, direction, previous, trial);
            }
            if (trial.slope() >= 0) {
                return zoom(origin, direction, trial, previous);
            }
            step = Math.min(expand(previous, trial), 0.5 * (trial.step() + undefined));
            previous = trial;
        }
        return lowered(origin, previous);
    }

    /** Algorithm 3.6; {@code low} has the smaller value, and its slope points towards {@code high}. */
    private @Nullable Trial zoom(Trial origin, double[] direction, Trial low, Trial high) {
        double widthBefore = Double.POSITIVE_INFINITY;
        double widthBeforeThat = Double.POSITIVE_INFINITY;
        for (int trials = 0; trials < MAX_TRIALS && !objective.exhausted(); trials++) {
            double width = Math.abs(high.step() - low.step());
            if (width <= 2 * Math.ulp(Math.max(high.step(), low.step()))) {
                break;
            }
            boolean slow = width > 2.0 / 3.0 * widthBeforeThat;
            widthBeforeThat = widthBefore;
            widthBefore = width;
            double step = slow ? 0.5 * (low.step() + high.step()) : interpolate(low, high);
            Trial trial = evaluate(origin, direction, step);
            if (trial.isFinite() && isAcceptable(origin, trial)) {
                return trial;
            }
            if (!trial.isFinite() || !decreasesEnough(origin, trial) || trial.value() >= low.value()) {
                high = trial;
            } else {
                if (trial.slope() * (high.step() - low.step()) >= 0) {
                    high = low;
                }
                low = trial;
            }
        }
        return lowered(origin, low);
    }

    private @Nullable Trial lowered(Trial origin, Trial best) {
        return best != origin && best.value() < origin.value() ? best : null;
    }

    private boolean isAcceptable(Trial origin, Trial trial) {
        return Math.abs(trial.slope()) <= -c2 * origin.slope() && decreasesEnough(origin, trial);
    }

    private boolean decreasesEnough(Trial origin, Trial trial) {
        return Trial.decreasesEnough(origin.value(), trial.value(), trial.step() * origin.slope(),
            trial.step() * trial.slope(), c1);
    }

    private Trial evaluate(Trial origin, double[] direction, double step) {
        double[] x = origin.x().clone();
        Vectors.addScaled(step, direction, x);
        var gradient = new double[x.length];
        // Steps can overshoot the range of double long before the objective could say so.
        double value = Vectors.allFinite(x) ? objective.value(x, gradient) : Double.POSITIVE_INFINITY;
        return new Trial(step, value, Vectors.dot(gradient, direction), x, gradient);
    }

    /** A longer step, where the cubic through both points has its minimum, but 1.1 to 9 intervals further. */
    private static double expand(Trial previous, Trial trial) {
        double interval = trial.step() - previous.step();
        double least = trial.step() + 1.1 * interval;
        double greatest = trial.step() + 9 * interval;
        double step = cubicMinimum(previous, trial);
        return step > trial.step() ? Math.min(Math.max(step, least), greatest) : greatest;
    }

    /** The minimum of the cubic through both points, at least a tenth of the bracket inside it; or the middle. */
    static double interpolate(Trial low, Trial high) {
        double from = Math.min(low.step(), high.step());
        double width = Math.abs(high.step() - low.step());
        double step = high.isFinite() ? cubicMinimum(low, high) : Double.NaN;
        if (Double.isNaN(step)) {
            return from + 0.5 * width;
        }
        return Math.min(Math.max(step, from + 0.1 * width), from + 0.9 * width);
    }

    /** Nocedal and Wright, eq. 3.59; NaN if the cubic has no minimum. */
    private static double cubicMinimum(Trial a, Trial b) {
        double d1 = a.slope() + b.slope() - 3 * (a.value() - b.value()) / (a.step() - b.step());
        double discriminant = d1 * d1 - a.slope() * b.slope();
        double d2 = Math.copySign(Math.sqrt(discriminant), b.step() - a.step());
        double step = b.step() - (b.step() - a.step()) * (b.slope() + d2 - d1) / (b.slope() - a.slope() + 2 * d2);
        return Double.isFinite(step) ? step : Double.NaN;
    }
}
