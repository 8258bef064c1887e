package org.isotrope.autodiff.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Variable;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.time.DivergedException;
import org.isotrope.kernels.time.RungeKutta;
import org.isotrope.kernels.time.Tableau;
import org.jspecify.annotations.Nullable;

/**
 * The solution of {@code du/dt = f(t, u; θ)} at given frame times, with the exact discrete adjoint of the steps that
 * were made, and the exact derivative along a direction.
 *
 * <p>How many states are stored is for {@link Checkpoints} to say, all of them unless told otherwise; the reverse pass
 * computes what is missing, and the stages of one step at a time, anew. Adaptive step sizes are taken as they came out
 * and not differentiated; since their number is not known in advance, an adaptive run that does not store everything
 * makes its steps once more when it goes back.
 */
public final class Trajectory {
    private record Step(double t, double h, int frameAfter) {}

    private final TapedSystem system;
    private final Tableau tableau;
    private final RungeKutta runge;
    private final long[] parameters;
    private final List<Step> steps = new ArrayList<>();
    private final @Nullable Field[] frames;
    private @Nullable Reversal run;
    private @Nullable ReverseStep reverse;
    private List<? extends @Nullable Field> seeds = List.of();

    private Trajectory(TapedSystem system, Tableau tableau, Field initial, double[] times) {
        if (times.length == 0) {
            throw new IllegalArgumentException("frame times are none; there had to be at least one");
        }
        for (int frame = 1; frame < times.length; frame++) {
            if (!(times[frame] > times[frame - 1])) {
                throw new IllegalArgumentException("frame time " + frame + " is " + times[frame]
                        + "; it had to be above " + times[frame - 1]);
            }
        }
        this.system = system;
        this.tableau = tableau;
        this.runge = new RungeKutta(tableau, initial);
        this.parameters = system.fingerprints();
        this.frames = new Field[times.length];
        frames[0] = Fields.automatic().copy(initial);
    }

    /**
     * Solves with equal steps between frames, storing every state.
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
        return fixed(system, tableau, initial, times, stepsBetween, Checkpoints.everything());
    }

    /**
     * Solves with equal steps between frames.
     *
     * @param system right-hand side
     * @param tableau the method
     * @param initial state at the first frame
     * @param times frame times, increasing, the first one that of the initial state
     * @param stepsBetween steps from one frame to the next, at least 1
     * @param checkpoints which states to store
     * @return the trajectory
     * @throws DivergedException if a value becomes NaN or infinite; the exception keeps the last good state
     * @throws IllegalArgumentException if the checkpoints do not suffice, saying the minimum
     */
    public static Trajectory fixed(
            TapedSystem system,
            Tableau tableau,
            Field initial,
            double[] times,
            int stepsBetween,
            Checkpoints checkpoints) {
        if (stepsBetween < 1) {
            throw new IllegalArgumentException("steps are " + stepsBetween + "; they had to be at least 1");
        }
        Trajectory trajectory = new Trajectory(system, tableau, initial, times);
        for (int frame = 1; frame < times.length; frame++) {
            double from = times[frame - 1];
            double h = (times[frame] - from) / stepsBetween;
            for (int n = 0; n < stepsBetween; n++) {
                trajectory.steps.add(new Step(from + n * h, h, n + 1 == stepsBetween ? frame : -1));
            }
        }
        if (!trajectory.steps.isEmpty()) {
            trajectory.run = new Reversal(trajectory.new Steps(), initial, checkpoints);
        }
        return trajectory;
    }

    /**
     * Solves with steps as large as tolerances allow, storing every state; every frame time ends a step.
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
        return adaptive(system, tableau, initial, times, relative, absolute, Checkpoints.everything());
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
     * @param checkpoints which states to store
     * @return the trajectory
     * @throws DivergedException if a value becomes NaN or infinite; the exception keeps the last good state
     * @throws IllegalArgumentException if the checkpoints do not suffice, saying the minimum
     */
    public static Trajectory adaptive(
            TapedSystem system,
            Tableau tableau,
            Field initial,
            double[] times,
            double relative,
            double absolute,
            Checkpoints checkpoints) {
        Trajectory trajectory = new Trajectory(system, tableau, initial, times);
        List<Field> states = new ArrayList<>();
        Field u = Fields.automatic().copy(initial);
        Field last = Fields.automatic().copy(initial);
        double[] reached = {times[0]};
        for (int frame = 1; frame < times.length; frame++) {
            double end = times[frame];
            int number = frame;
            trajectory.runge.integrate(system, u, times[frame - 1], end, relative, absolute, (t, h, state) -> {
                DivergedException.requireFinite("u", state, trajectory.steps.size() + 1, t, reached[0], last);
                last.copyFrom(state);
                if (checkpoints.keepsEverything()) {
                    states.add(Fields.automatic().copy(state));
                }
                trajectory.steps.add(new Step(reached[0], h, t == end ? number : -1));
                reached[0] = t;
            });
            trajectory.frames[frame] = Fields.automatic().copy(u);
        }
        if (!trajectory.steps.isEmpty()) {
            trajectory.run = new Reversal(trajectory.new Steps(), initial, checkpoints, states);
        }
        return trajectory;
    }

    private final class Steps implements StepSequence {
        @Override
        public int steps() {
            return steps.size();
        }

        @Override
        public void forward(int n, Field before, Field after) {
            Step step = steps.get(n);
            runge.step(system, step.t, step.h, before, after);
            DivergedException.requireFinite("u", after, n + 1, step.t + step.h, step.t, before);
            if (step.frameAfter >= 0 && frames[step.frameAfter] == null) {
                frames[step.frameAfter] = Fields.automatic().copy(after);
            }
        }

        @Override
        public void reverse(int n, Field before, Field adjoint) {
            Step step = steps.get(n);
            if (step.frameAfter >= 0) {
                addSeed(seeds.get(step.frameAfter), adjoint);
            }
            Objects.requireNonNull(reverse).run(step.t, step.h, before, adjoint);
        }
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
     * Number of forward steps made so far, those repeated to go back included.
     *
     * @return at least {@code steps()} for fixed steps; adaptive steps count only when they are repeated
     */
    public long forwardSteps() {
        return run == null ? 0 : run.forwardSteps();
    }

    /**
     * State at a frame time.
     *
     * @param frame 0 for the initial state
     * @return the field, not to be changed
     */
    public Field frame(int frame) {
        return Objects.requireNonNull(frames[frame]);
    }

    /**
     * Gradients of {@code Σ_k ⟨adjoint_k, u(t_k)⟩}.
     *
     * @param initial gradient in the initial state
     * @param parameters gradients in the system's parameters, in their order: for arrays a {@code double[]}, for fields
     *     a {@link Field}
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
     * @throws IllegalStateException if a parameter has been changed since the trajectory was computed
     */
    public Gradient backward(List<? extends @Nullable Field> adjoints) {
        if (adjoints.size() != frames.length) {
            throw new IllegalArgumentException("adjoints are " + adjoints.size() + "; there had to be " + frames.length
                    + ", one for each frame");
        }
        requireParameters();
        Fields fields = Fields.automatic();
        Field state = fields.like(frame(0));
        List<Object> totals = new ArrayList<>();
        for (Variable parameter : system.parameters()) {
            totals.add(switch (parameter) {
                case ArrayVariable array -> new double[array.size()];
                case FieldVariable field -> fields.like(field.value());
            });
        }
        if (run != null) {
            reverse = new ReverseStep(system, tableau, state, totals);
            seeds = adjoints;
            run.backward(state);
            seeds = List.of();
            reverse = null;
        }
        addSeed(adjoints.getFirst(), state);
        return new Gradient(state, totals);
    }

    /**
     * Derivatives of all frames along a direction, forward through the steps that were made: the direction of the
     * initial state is given, that of the parameters is their tangents, which the caller sets on the variables of
     * {@link TapedSystem#parameters} and which are zero at first.
     *
     * @param initialTangent derivative of the initial state
     * @return one field a frame
     * @throws IllegalStateException if a parameter has been changed since the trajectory was computed
     */
    public List<Field> tangent(Field initialTangent) {
        frame(0).requireSameSpace(initialTangent, "initialTangent");
        requireParameters();
        Fields fields = Fields.automatic();
        Field state = fields.copy(frame(0));
        Field direction = fields.copy(initialTangent);
        ForwardStep forward = new ForwardStep(system, tableau, state);
        List<Field> tangents = new ArrayList<>();
        tangents.add(fields.copy(direction));
        for (Step step : steps) {
            forward.run(step.t, step.h, state, direction);
            if (step.frameAfter >= 0) {
                tangents.add(fields.copy(direction));
            }
        }
        return tangents;
    }

    private void requireParameters() {
        int changed = Arrays.mismatch(parameters, system.fingerprints());
        if (changed >= 0) {
            throw new IllegalStateException("parameter " + changed + " has been changed since the trajectory was"
                    + " computed; it had to keep its value until it was differentiated, or the trajectory to be"
                    + " computed again");
        }
    }

    private static void addSeed(@Nullable Field seed, Field state) {
        if (seed != null) {
            Arithmetic.addScaled(1, seed, state);
        }
    }
}
