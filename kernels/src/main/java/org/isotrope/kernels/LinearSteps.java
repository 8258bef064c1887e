package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.elementwise.Update;
import org.isotrope.kernels.engine.steps.Recursion;
import org.isotrope.kernels.engine.steps.Stage;

/**
 * Steps of explicit Runge–Kutta methods for {@code u' = A u}, whose stages run as waves through the cache where A is a
 * stencil and the fields outgrow it, as the steps of a {@link Recurrence} do.
 *
 * <p>A stage's state starts as u and takes each rate as soon as there is one, in the order of the stages, by one {@code fma}
 * a value; so the bits are those of stages that are computed one after another.
 */
public final class LinearSteps implements Plan {
    private final Space space;
    private final int steps;
    private final Precision precision;
    private final Recursion recursion;
    private final Stepping stepping;
    private final States.Shelf shelf;

    private LinearSteps(
            Space space, int steps, Precision precision, Recursion recursion, List<States.Place> fixed,
            Stepping stepping) {
        this.space = space;
        this.steps = steps;
        this.precision = precision;
        this.recursion = recursion;
        this.stepping = stepping;
        this.shelf = new States.Shelf(space, precision, 1, fixed);
    }

    /**
     * Prepares a number of equal steps.
     *
     * @param rate A, from a space to itself
     * @param a how much of an earlier stage enters a later one: row i has i numbers
     * @param b weight of each stage in the step
     * @param h size of a step
     * @param steps at least 1
     * @param precision of the states
     * @param execution how to run
     * @return the plan; applying it makes all steps
     */
    public static LinearSteps rungeKutta(
            LinearOperator rate, double[][] a, double[] b, double h, int steps, Precision precision, Execution execution) {
        return rungeKutta(rate, a, b, h, steps, precision, execution, Stepping.CHOSEN);
    }

    /** The same with so many stages to a wave. */
    static LinearSteps rungeKutta(LinearOperator rate, double[][] a, double[] b, double h, int steps, Precision precision,
            Execution execution, int depth) {
        Recurrence.requireRepeatable(rate);
        if (steps < 1) {
            throw new IllegalArgumentException("steps are " + steps + "; they had to be at least 1");
        }
        if (!Double.isFinite(h)) {
            throw new IllegalArgumentException("h is " + h + "; it had to be finite");
        }
        if (b.length == 0 || a.length != b.length) {
            throw new IllegalArgumentException("stages are " + b.length + " by their weights and " + a.length
                    + " by their rows; they had to be as many, and at least 1");
        }
        List<States.Place> fixed = new ArrayList<>();
        int slope = States.place(fixed, States.Place.SCRATCH);
        int[] states = new int[b.length];
        boolean[] begun = new boolean[b.length];
        for (int i = 0; i < b.length; i++) {
            if (a[i].length != i) {
                throw new IllegalArgumentException("row " + i + " has " + a[i].length + " numbers; it had to have " + i);
            }
            boolean own = false;
            for (double part : a[i]) {
                own |= h * part != 0;
            }
            states[i] = own ? States.place(fixed, States.Place.SCRATCH) : Recursion.NOW;
        }
        List<Stage> stages = new ArrayList<>();
        boolean summed = false;
        for (int i = 0; i < b.length; i++) {
            List<Update> updates = new ArrayList<>();
            for (int later = i + 1; later < b.length; later++) {
                if (h * a[later][i] != 0) {
                    int from = begun[later] ? states[later] : Recursion.NOW;
                    updates.add(Update.combine(h * a[later][i], slope, from, states[later]));
                    begun[later] = true;
                }
            }
            if (h * b[i] != 0 || i == b.length - 1 && !summed) {
                updates.add(Update.combine(h * b[i], slope, summed ? Recursion.NEXT : Recursion.NOW, Recursion.NEXT));
                summed = true;
            }
            stages.add(new Stage(states[i], slope, updates));
        }
        Recursion recursion = new Recursion(1, fixed.size(), stages);
        return new LinearSteps(rate.domain(), steps, precision, recursion, fixed,
                Stepping.of(rate, recursion, precision, execution, depth));
    }

    /**
     * Makes the steps.
     *
     * @param in the first state
     * @param out apart from {@code in}; becomes the last state
     */
    @Override
    public void apply(Field in, Field out) {
        Fits.requirePrecision(precision, in);
        Fits.require(space, space, in, out);
        States states = shelf.take();
        try {
            states.state(0, out);
            stepping.run(in, null, states, steps);
        } finally {
            shelf.give(states);
        }
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String explain() {
        int stages = recursion.stages().size();
        return steps + " steps of " + stages + (stages == 1 ? " stage" : " stages")
                + stepping.waves(", ", " stages") + ", each by " + stepping.explain();
    }
}
