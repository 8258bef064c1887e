package org.isotrope.autodiff.optimise;

/** An objective that counts its evaluations and turns whatever is not finite into positive infinity. */
final class CountedObjective {

    private final Objective objective;
    private final int limit;
    private int count;

    CountedObjective(Objective objective, int limit) {
        this.objective = objective;
        this.limit = limit;
    }

    /** The value, or positive infinity if it or an entry of the gradient is NaN or infinite. */
    double value(double[] x, double[] gradientOut) {
        count++;
        double value = objective.value(x, gradientOut);
        return Double.isFinite(value) && Vectors.allFinite(gradientOut) ? value : Double.POSITIVE_INFINITY;
    }

    /** The value at the start of a run, where stepping back is impossible. */
    double valueAtStart(double[] x, double[] gradientOut) {
        count++;
        double value = objective.value(x, gradientOut);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("objective at start was " + value + " but had to be finite.");
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(gradientOut[i])) {
                throw new IllegalArgumentException("gradient[" + i + "] at start was " + gradientOut[i]
                    + " but had to be finite.");
            }
        }
        return value;
    }

    int count() {
        return count;
    }

    boolean exhausted() {
        return count >= limit;
    }
}
