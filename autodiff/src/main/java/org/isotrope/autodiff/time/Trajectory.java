package org.isotrope.autodiff.time;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Variable;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.time.RungeKutta;
import org.isotrope.kernels.time.Tableau;
import org.jspecify.annotations.Nullable;

/**
 * The solution of {@code du/dt = f(t, u; θ)} at given frame times, with the exact discrete adjoint of the steps that were
 * made.
 *
 * <p>Every step's state is stored; the reverse pass computes the stages of one step at a time anew. Adaptive step sizes
 * are taken as they came out and not differentiated.
 */
public final class Trajectory {
    private record Step(double t, double h, Field before, int frameAfter) {}

    private final TapedSystem system;
    private final Tableau tableau;
    private final List<Step> steps = new ArrayList<>();
    private final Field[] frames;

    private Trajectory(TapedSystem system, Tableau tableau, int frames) {
        this.system = system;
        this.tableau = tableau;
        this.frames = new Field[frames];
    }

    /**
     * Solves with equal steps between frames.
     *
     * @param system right-hand side
     * @param tableau the method
     * @param initial state at the first frame
     * @param times frame times, increasing, the first one that of the initial state
     * @param stepsBetween steps from one frame to the next, at least 1
     * @return the trajectory
     */
    public static Trajectory fixed(
            TapedSystem system, Tableau tableau, Field initial, double[] times, int stepsBetween) {
        return solve(system, tableau, initial, times, (runge, u, from, to, observer) ->
                runge.integrate(system, u, from, to, stepsBetween, observer));
    }

    /**
     * Solves with steps as large as tolerances allow; every frame time ends a step.
     *
     * @param system right-hand side
     * @param tableau a method with an error estimate
     * @param initial state at the first frame
     * @param times frame times, increasing, the first one that of the initial state
     * @param relative relative tolerance, positive
     * @param absolute absolute tolerance, positive
     * @return the trajectory
     */
    public static Trajectory adaptive(
            TapedSystem system, Tableau tableau, Field initial, double[] times, double relative, double absolute) {
        return solve(system, tableau, initial, times, (runge, u, from, to, observer) ->
                runge.integrate(system, u, from, to, relative, absolute, observer));
    }

    @FunctionalInterface
    private interface Solver {
        void solve(RungeKutta runge, Field u, double from, double to, RungeKutta.Observer observer);
    }

    private static Trajectory solve(
            TapedSystem system, Tableau tableau, Field initial, double[] times, Solver solver) {
        if (times.length == 0) {
            throw new IllegalArgumentException("frame times are none; there had to be at least one");
        }
        Fields fields = Fields.automatic();
        Trajectory trajectory = new Trajectory(system, tableau, times.length);
        RungeKutta runge = new RungeKutta(tableau, initial);
        trajectory.frames[0] = fields.copy(initial);
        Field u = fields.copy(initial);
        Field[] before = {fields.copy(initial)};
        double[] reached = {times[0]};
        for (int frame = 1; frame < times.length; frame++) {
            if (!(times[frame] > times[frame - 1])) {
                throw new IllegalArgumentException("frame time " + frame + " is " + times[frame]
                        + "; it had to be above " + times[frame - 1]);
            }
            double end = times[frame];
            int number = frame;
            solver.solve(runge, u, times[frame - 1], end, (t, h, state) -> {
                trajectory.steps.add(new Step(reached[0], h, before[0], t == end ? number : -1));
                before[0] = fields.copy(state);
                reached[0] = t;
            });
            trajectory.frames[frame] = before[0];
        }
        return trajectory;
    }

    /**
     * Number of frames.
     *
     * @return as many as there are frame times
     */
    public int frames() {
        return frames.length;
    }

    /**
     * Number of steps made.
     *
     * @return over all frames
     */
    public int steps() {
        return steps.size();
    }

    /**
     * State at a frame time.
     *
     * @param frame 0 for the initial state
     * @return the field, not to be changed
     */
    public Field frame(int frame) {
        return frames[frame];
    }

    /**
     * Gradients of {@code Σ_k ⟨adjoint_k, u(t_k)⟩}.
     *
     * @param initial gradient in the initial state
     * @param parameters gradients in the system's parameters, in their order: for arrays a {@code double[]}, for fields a
     *     {@link Field}
     */
    public record Gradient(Field initial, List<Object> parameters) {
        /**
         * Gradient in an array parameter.
         *
         * @param parameter position among the system's parameters
         * @return one derivative an entry
         */
        public double[] array(int parameter) {
            return (double[]) parameters.get(parameter);
        }

        /**
         * Gradient in a field parameter.
         *
         * @param parameter position among the system's parameters
         * @return a field of its space
         */
        public Field field(int parameter) {
            return (Field) parameters.get(parameter);
        }
    }

    /**
     * Goes back through all steps.
     *
     * @param adjoints one field a frame, or null where the frame does not count
     * @return the gradients
     */
    public Gradient backward(List<? extends @Nullable Field> adjoints) {
        if (adjoints.size() != frames.length) {
            throw new IllegalArgumentException("adjoints are " + adjoints.size() + "; there had to be " + frames.length
                    + ", one for each frame");
        }
        Fields fields = Fields.automatic();
        Field state = fields.like(frames[0]);
        List<Object> totals = new ArrayList<>();
        for (Variable parameter : system.parameters()) {
            totals.add(switch (parameter) {
                case ArrayVariable array -> new double[array.size()];
                case FieldVariable field -> fields.like(field.value());
            });
        }
        ReverseStep reverse = new ReverseStep(system, tableau, state, totals);
        for (int n = steps.size() - 1; n >= 0; n--) {
            Step step = steps.get(n);
            if (step.frameAfter >= 0) {
                addSeed(adjoints.get(step.frameAfter), state);
            }
            reverse.run(step.t, step.h, step.before, state);
        }
        addSeed(adjoints.getFirst(), state);
        return new Gradient(state, totals);
    }

    private static void addSeed(@Nullable Field seed, Field state) {
        if (seed != null) {
            Arithmetic.addScaled(1, seed, state);
        }
    }
}
