package org.isotrope.kernels.time;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;

/** Keeps copies of states, one every so many steps. */
public final class Storage implements Tracker {
    private final int every;
    private final List<Double> times = new ArrayList<>();
    private final List<Field> states = new ArrayList<>();

    /**
     * An empty storage.
     *
     * @param every number of steps from one state to the next, at least 1; the initial state is kept too
     */
    public Storage(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("steps between stored states are " + every
                    + "; they had to be at least 1");
        }
        this.every = every;
    }

    @Override
    public boolean goesOn(int step, double t, Field u) {
        if (step % every == 0) {
            times.add(t);
            states.add(Fields.automatic().copy(u));
        }
        return true;
    }

    /**
     * The times of the states.
     *
     * @return in order
     */
    public List<Double> times() {
        return List.copyOf(times);
    }

    /**
     * The states.
     *
     * @return in order
     */
    public List<Field> states() {
        return List.copyOf(states);
    }
}
