package org.isotrope.kernels.time;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;
import java.util.function.Predicate;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** Trackers for common wishes; see also {@link Storage} and {@link Conservation}. */
public final class Trackers {
    private Trackers() {}

    /**
     * Looks at a state every so many steps.
     *
     * @param every number of steps, at least 1; the initial state is shown too
     * @param look told the state and its time
     * @return the tracker
     */
    public static Tracker every(int every, ObjDoubleConsumer<Field> look) {
        if (every < 1) {
            throw new IllegalArgumentException("steps between looks are " + every + "; they had to be at least 1");
        }
        return (step, t, u) -> {
            if (step % every == 0) {
                look.accept(u, t);
            }
            return true;
        };
    }

    /**
     * Reports progress, a line each tenth of the steps.
     *
     * @param count number of steps of the run, at least 1
     * @param lines takes the lines, for example {@code System.out::println}
     * @return the tracker
     */
    public static Tracker progress(int count, Consumer<String> lines) {
        if (count < 1) {
            throw new IllegalArgumentException("number of steps is " + count + "; it had to be at least 1");
        }
        int[] shown = {-1};
        return (step, t, u) -> {
            int tenth = (int) (10L * step / count);
            if (step == 0 || tenth > shown[0]) {
                shown[0] = tenth;
                lines.accept(String.format(Locale.ROOT, "%3d %%: step %d of %d, time %s", 100L * step / count, step,
                        count, t));
            }
            return true;
        };
    }

    /**
     * Ends the run when a condition holds.
     *
     * @param condition on a state
     * @return the tracker
     */
    public static Tracker until(Predicate<Field> condition) {
        return (step, t, u) -> !condition.test(u);
    }

    /**
     * Ends the run when the state has become steady: the root mean square of its rate of change, taken from one step to
     * the next, is at most a tolerance.
     *
     * @param tolerance in units of the field over those of time, at least 0
     * @return the tracker
     */
    public static Tracker untilSteady(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it had to be at least 0");
        }
        return new Steady(tolerance);
    }

    private static final class Steady implements Tracker {
        private final double tolerance;
        private Field[] memory = new Field[0];
        private double last;

        Steady(double tolerance) {
            this.tolerance = tolerance;
        }

        @Override
        public boolean goesOn(int step, double t, Field u) {
            if (memory.length == 0) {
                memory = new Field[] {Fields.automatic().like(u), Fields.automatic().like(u)};
            }
            boolean more = true;
            if (step > 0) {
                Arithmetic.combine(-1, memory[0], u, memory[1]);
                double rate = Math.sqrt(Arithmetic.dot(memory[1], memory[1]) / u.count()) / Math.abs(t - last);
                more = rate > tolerance;
            }
            memory[0].copyFrom(u);
            last = t;
            return more;
        }
    }
}
