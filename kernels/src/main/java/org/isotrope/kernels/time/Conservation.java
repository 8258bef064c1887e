package org.isotrope.kernels.time;

import java.util.function.ToDoubleFunction;
import org.isotrope.grids.Field;

/** Watches a quantity that should not change, and ends the run if it does. */
public final class Conservation implements Tracker {
    private final String name;
    private final ToDoubleFunction<Field> quantity;
    private final double tolerance;
    private double initial;
    private double drift;

    /**
     * Prepares to watch.
     *
     * @param name of the quantity, for messages
     * @param quantity its value for a state
     * @param tolerance largest change, relative to the initial value, or absolute if that is 0
     */
    public Conservation(String name, ToDoubleFunction<Field> quantity, double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance on " + name + " is " + tolerance
                    + "; it had to be at least 0");
        }
        this.name = name;
        this.quantity = quantity;
        this.tolerance = tolerance;
    }

    /**
     * Compares with the first state.
     *
     * @throws ArithmeticException if the change is beyond the tolerance, naming quantity, step and time
     */
    @Override
    public boolean goesOn(int step, double t, Field u) {
        double value = quantity.applyAsDouble(u);
        if (step == 0) {
            initial = value;
            drift = 0;
            return true;
        }
        double change = Math.abs(value - initial) / (initial == 0 ? 1 : Math.abs(initial));
        drift = Math.max(drift, change);
        if (!(change <= tolerance)) {
            throw new ArithmeticException(name + " went from " + initial + " to " + value + " by step " + step
                    + ", at time " + t + "; it had to stay within " + tolerance);
        }
        return true;
    }

    /**
     * The largest change so far.
     *
     * @return relative to the initial value, or absolute if that is 0
     */
    public double drift() {
        return drift;
    }
}
