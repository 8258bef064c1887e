package org.isotrope.kernels.time;

import org.isotrope.grids.Field;

/** A run met a number that is not finite; it keeps the last state that was. */
public final class DivergedException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    private final int step;
    private final double lastTime;
    private final transient Field lastState;

    DivergedException(String message, int step, double lastTime, Field lastState) {
        super(message);
        this.step = step;
        this.lastTime = lastTime;
        this.lastState = lastState;
    }

    /**
     * The step that failed.
     *
     * @return counted from 1
     */
    public int step() {
        return step;
    }

    /**
     * Time of the last good state.
     *
     * @return the time before the step that failed
     */
    public double lastTime() {
        return lastTime;
    }

    /**
     * The last state without NaN or infinity.
     *
     * @return the field, not a copy; null after deserialisation
     */
    public Field lastState() {
        return lastState;
    }
}
