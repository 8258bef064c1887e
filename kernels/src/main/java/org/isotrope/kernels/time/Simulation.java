package org.isotrope.kernels.time;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;

/**
 * A run of equal steps that is watched: trackers see every state, and a number that is not finite ends the run with the
 * last good state in hand. Once trackers allow it, a step allocates nothing. Not safe for concurrent use.
 */
public final class Simulation {
    private final Stepper stepper;
    private final String name;
    private final List<Tracker> trackers = new ArrayList<>();
    private Field state;
    private Field next;
    private double time;
    private int steps;

    /**
     * Prepares a run.
     *
     * @param stepper makes the steps
     * @param name of the field, for messages
     * @param initial first state; copied
     */
    public Simulation(Stepper stepper, String name, Field initial) {
        this.stepper = stepper;
        this.name = name;
        this.state = Fields.automatic().copy(initial);
        this.next = Fields.automatic().like(initial);
    }

    /**
     * Adds a tracker.
     *
     * @param tracker told of every state from the next run on
     * @return this simulation
     */
    public Simulation track(Tracker tracker) {
        trackers.add(tracker);
        return this;
    }

    /**
     * Makes equal steps from one time to another, or until a tracker ends the run.
     *
     * @param from first time
     * @param to last time
     * @param count number of steps, at least 1
     * @return whether the last time was reached
     * @throws DivergedException if a value becomes NaN or infinite
     */
    public boolean run(double from, double to, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("number of steps is " + count + "; it had to be at least 1");
        }
        time = from;
        steps = 0;
        requireFinite(state, 0, from);
        boolean more = goesOn();
        double h = (to - from) / count;
        while (more && steps < count) {
            double t = from + steps * h;
            stepper.step(t, h, state, next);
            requireFinite(next, steps + 1, steps + 1 == count ? to : from + (steps + 1) * h);
            Field before = state;
            state = next;
            next = before;
            steps++;
            time = steps == count ? to : from + steps * h;
            more = goesOn();
        }
        return steps == count;
    }

    private boolean goesOn() {
        boolean more = true;
        for (int k = 0; k < trackers.size(); k++) {
            // all are told, even after one of them has ended the run
            more &= trackers.get(k).goesOn(steps, time, state);
        }
        return more;
    }

    private void requireFinite(Field field, int step, double t) {
        DivergedException.requireFinite(name, field, step, t, time, state);
    }

    /**
     * The state reached.
     *
     * @return the field itself, overwritten when the run goes on
     */
    public Field state() {
        return state;
    }

    /**
     * The time reached.
     *
     * @return that of the state
     */
    public double time() {
        return time;
    }

    /**
     * Number of steps made by the last run.
     *
     * @return at most as many as were asked for
     */
    public int steps() {
        return steps;
    }
}
