package org.isotrope.kernels.time;

import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.kernels.Arithmetic;

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
     * Lets a state pass if all its values are finite.
     *
     * @param name of the field, for messages
     * @param field the state after a step
     * @param step which step, counted from 1; 0 for the initial state
     * @param time of the state
     * @param lastTime time of the state before
     * @param lastState the state before, kept in the exception
     * @throws DivergedException if a value is NaN or infinite, naming step, field and node
     */
    public static void requireFinite(
            String name, Field field, int step, double time, double lastTime, Field lastState) {
        if (Double.isFinite(Arithmetic.sum(field))) {
            return;
        }
        long size = field.grid().size();
        for (long i = 0; i < field.count(); i++) {
            double value = field.getFlat(i);
            if (!Double.isFinite(value)) {
                String where = (field.components() > 1 ? "component " + i / size + " of " : "") + "field " + name
                        + " at node " + Arrays.toString(field.grid().index(i % size));
                throw new DivergedException(where + " is " + value + " after step " + step + ", at time " + time
                        + "; it had to be finite: the last good state is that of time " + lastTime,
                        step, lastTime, lastState);
            }
        }
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
