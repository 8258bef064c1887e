package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.elementwise.Update;
import org.isotrope.kernels.engine.steps.Recursion;
import org.isotrope.kernels.engine.steps.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Steps in time that apply an operator and then compute node by node,
 * {@code u_{n+1} = c A u_n + a u_n + b u_{n−1} + p(u_n) + s}: the coefficients a, b, c and the source s are numbers or
 * fields, p is a cubic. Where A runs by sweeps and the fields outgrow the third-level cache, several steps share each journey
 * through memory.
 *
 * <p>Explicit diffusion and advection with a source are {@code of(identity.plus(rate.times(dt))).plusSource(dt s)};
 * diffusion {@code u' = κ(x) Δu} is {@code of(laplacian.times(dt)).times(κ).plusNow(1)}; the wave equation
 * {@code u″ + γ u' = c² Δu} by central differences in time is, with {@code d = 1 + γ dt/2},
 * {@code of(laplacian.times(dt * dt)).times(c²/d).plusNow(2/d).plusBefore((γ dt/2 − 1)/d)}; and {@code u' = Δu + u − u³}
 * is {@code of(laplacian.times(dt)).plusCubic(0, 1 + dt, 0, −dt)}. Terms with numbers that can be part of A are faster there.
 *
 * <p>Values are computed in one fixed order: A u as by its plan; times c; then {@code fma}s of a and {@code u_n}, and of b
 * and {@code u_{n−1}}; the cubic by Horner's rule and its sum; at last + s. The bits are those of whole applications and
 * {@link Arithmetic} one after another, for any number of threads.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class Recurrence {
    /** A number or a field that a state is multiplied by. */
    private record Factor(double number, @Nullable Constant field) {
        static final Factor NONE = new Factor(0, null);

        boolean isPresent() {
            return field != null || number != 0;
        }

        @Override
        public String toString() {
            return field != null ? "field" : Double.toString(number);
        }
    }

    private final LinearOperator operator;
    private final @Nullable Constant coefficient;
    private final Factor now;
    private final Factor before;
    private final double[] cubic;
    private final @Nullable Constant source;
    private final boolean transposed;

    private Recurrence(LinearOperator operator, @Nullable Constant coefficient, Factor now, Factor before, double[] cubic,
            @Nullable Constant source, boolean transposed) {
        this.operator = operator;
        this.coefficient = coefficient;
        this.now = now;
        this.before = before;
        this.cubic = cubic;
        this.source = source;
        this.transposed = transposed;
    }

    /**
     * The recurrence {@code u_{n+1} = A u_n}, to which terms are added.
     *
     * @param operator A, from a space to itself
     * @return the recurrence
     */
    public static Recurrence of(LinearOperator operator) {
        requireRepeatable(operator);
        return new Recurrence(operator, null, Factor.NONE, Factor.NONE, new double[4], null, false);
    }

    /**
     * With a coefficient before the operator, {@code c(x) A u_n}, in place of one given before.
     *
     * @param c in the space of states, or scalar for all components alike; copied, and rounded for plans of lower precision
     * @return a new recurrence
     */
    public Recurrence times(Field c) {
        return new Recurrence(operator, constant(c, "c"), now, before, cubic, source, forward());
    }

    /**
     * With a multiple of the state, {@code a u_n}, in place of one given before.
     *
     * @param a finite; 0 for none
     * @return a new recurrence
     */
    public Recurrence plusNow(double a) {
        return new Recurrence(operator, coefficient, number(a, "a"), before, cubic, source, forward());
    }

    /**
     * With a multiple of the state that varies, {@code a(x) u_n}, in place of one given before.
     *
     * @param a in the space of states, or scalar for all components alike; copied, and rounded for plans of lower precision
     * @return a new recurrence
     */
    public Recurrence plusNow(Field a) {
        return new Recurrence(operator, coefficient, new Factor(0, constant(a, "a")), before, cubic, source, forward());
    }

    /**
     * With a multiple of the state one step earlier, {@code b u_{n−1}}, in place of one given before.
     *
     * @param b finite; 0 for none
     * @return a new recurrence, of two levels unless b is 0
     */
    public Recurrence plusBefore(double b) {
        return new Recurrence(operator, coefficient, now, number(b, "b"), cubic, source, forward());
    }

    /**
     * With a multiple of the state one step earlier that varies, {@code b(x) u_{n−1}}, in place of one given before.
     *
     * @param b in the space of states, or scalar for all components alike; copied, and rounded for plans of lower precision
     * @return a new recurrence, of two levels
     */
    public Recurrence plusBefore(Field b) {
        return new Recurrence(operator, coefficient, now, new Factor(0, constant(b, "b")), cubic, source, forward());
    }

    /**
     * With a cubic of each stored value of the state, {@code a₀ + a₁ u_n + a₂ u_n² + a₃ u_n³}, in place of one given before.
     *
     * @param a0 finite
     * @param a1 finite
     * @param a2 finite
     * @param a3 finite
     * @return a new recurrence, which is not linear
     */
    public Recurrence plusCubic(double a0, double a1, double a2, double a3) {
        double[] a = {a0, a1, a2, a3};
        for (int k = 0; k < a.length; k++) {
            number(a[k], "a" + k);
        }
        return new Recurrence(operator, coefficient, now, before, a, source, forward());
    }

    /**
     * With a source that does not change in time, in place of one given before.
     *
     * @param s what a step adds, in the space of states, or scalar for all components alike; copied, and rounded for plans
     *     of lower precision
     * @return a new recurrence, which is not linear
     */
    public Recurrence plusSource(Field s) {
        return new Recurrence(operator, coefficient, now, before, cubic, constant(s, "s"), forward());
    }

    static void requireRepeatable(LinearOperator operator) {
        if (!operator.domain().equals(operator.range())) {
            throw new IllegalArgumentException("operator maps from " + operator.domain() + "\nto " + operator.range()
                    + "\nit had to map a space to itself to be applied again");
        }
    }

    private boolean forward() {
        if (transposed) {
            throw new IllegalStateException("recurrence is an adjoint; terms had to be added before it was made");
        }
        return false;
    }

    private static Factor number(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; it had to be finite");
        }
        return new Factor(value, null);
    }

    private Constant constant(Field field, String name) {
        boolean scalar = field.type().equals(FieldType.SCALAR);
        new Space(space().grid(), scalar ? FieldType.SCALAR : space().type()).require(field, name);
        return new Constant(Fields.automatic().copy(field));
    }

    /**
     * What states are.
     *
     * @return grid and type of states
     */
    public Space space() {
        return operator.domain();
    }

    /**
     * How many states a step reads.
     *
     * @return 2 with a multiple of the state one step earlier, else 1
     */
    public int levels() {
        return before.isPresent() ? 2 : 1;
    }

    /**
     * Whether states of sums are sums of states: there is neither a source nor a cubic.
     *
     * @return true for linear recurrences
     */
    public boolean isLinear() {
        return source == null && Arrays.stream(cubic).allMatch(a -> a == 0);
    }

    /** Whether steps are the operator and nothing else. */
    boolean isPower() {
        return coefficient == null && !now.isPresent() && !before.isPresent() && isLinear();
    }

    /**
     * The recurrence whose steps are the transpose of steps of this one. With one level, {@code p_{n+1} = Aᵀ c p_n + a p_n};
     * with two it takes the places of (u_n, u_{n−1}) by pairs (p_n, q_n),
     * {@code p_{n+1} = Aᵀ c p_n + a p_n + q_n}, {@code q_{n+1} = b p_n}.
     *
     * @return a recurrence of as many levels; its adjoint is this one
     * @throws IllegalStateException if the recurrence is not linear
     */
    public Recurrence adjoint() {
        if (!isLinear()) {
            throw new IllegalStateException("recurrence has a " + (source != null ? "source" : "cubic")
                    + "; it had to be linear to have an adjoint");
        }
        return new Recurrence(operator.adjoint(), coefficient, now, before, cubic, source, !transposed);
    }

    /**
     * A number of steps as an operator.
     *
     * @param steps at least 1
     * @return {@code u_0 ↦ u_steps}
     * @throws IllegalStateException if the recurrence has two levels or is not linear
     */
    public LinearOperator power(int steps) {
        requireSteps(steps);
        if (levels() > 1 || !isLinear()) {
            throw new IllegalStateException("recurrence " + this
                    + " is not linear in one state; it had to be for its steps to be an operator");
        }
        return new RecurrencePower(this, steps);
    }

    private static void requireSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps are " + steps + "; they had to be at least 1");
        }
    }

    /**
     * Prepares a number of steps.
     *
     * @param steps at least 1
     * @param precision of the states
     * @param execution how to run
     * @return the plan
     */
    public RecurrencePlan plan(int steps, Precision precision, Execution execution) {
        return plan(steps, precision, execution, Stepping.CHOSEN);
    }

    /** The same with so many stages to a wave. */
    RecurrencePlan plan(int steps, Precision precision, Execution execution, int depth) {
        requireSteps(steps);
        List<States.Place> fixed = new ArrayList<>();
        List<Update> updates = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        int read = Recursion.NOW;
        if (transposed && coefficient != null) {
            read = States.place(fixed, States.Place.SCRATCH);
            int c = States.place(fixed, States.Place.of(coefficient.in(precision)));
            stages.add(new Stage(Stage.NOTHING, Stage.NOTHING, List.of(Update.multiply(c, Recursion.NOW, read))));
        } else if (coefficient != null) {
            int c = States.place(fixed, States.Place.of(coefficient.in(precision)));
            updates.add(Update.multiply(c, Recursion.NEXT, Recursion.NEXT));
        }
        add(now, Recursion.NOW, precision, fixed, updates);
        if (transposed && levels() == 2) {
            // the caller's second state, which only its own node reads
            int carried = States.place(fixed, States.Place.RESULT);
            updates.add(Update.combine(1, carried, Recursion.NEXT, Recursion.NEXT));
            if (before.field == null) {
                updates.add(Update.scale(before.number, Recursion.NOW, carried));
            } else {
                int b = States.place(fixed, States.Place.of(before.field.in(precision)));
                updates.add(Update.multiply(b, Recursion.NOW, carried));
            }
        } else {
            add(before, Recursion.BEFORE, precision, fixed, updates);
        }
        if (Arrays.stream(cubic).anyMatch(a -> a != 0)) {
            updates.add(Update.addCubic(cubic, Recursion.NOW, Recursion.NEXT));
        }
        if (source != null) {
            int s = States.place(fixed, States.Place.of(source.in(precision)));
            updates.add(Update.combine(1, s, Recursion.NEXT, Recursion.NEXT));
        }
        stages.add(new Stage(read, Recursion.NEXT, updates));
        Recursion recursion = new Recursion(transposed ? 1 : levels(), fixed.size(), stages);
        Stepping stepping = Stepping.of(operator, recursion, precision, execution, depth);
        return new RecurrencePlan(this, steps, precision, recursion, fixed, stepping);
    }

    /** Adds a multiple of a state to the next one. */
    private static void add(
            Factor factor, int state, Precision precision, List<States.Place> fixed, List<Update> updates) {
        if (factor.field != null) {
            int place = States.place(fixed, States.Place.of(factor.field.in(precision)));
            updates.add(Update.addProduct(place, state, Recursion.NEXT));
        } else if (factor.isPresent()) {
            updates.add(Update.combine(factor.number, state, Recursion.NEXT, Recursion.NEXT));
        }
    }

    /**
     * What a step computes, and how the operator is applied.
     *
     * @return several lines for a person to read
     */
    public String explain() {
        return this + ", A:\n" + operator.explain().indent(2).stripTrailing();
    }

    /**
     * The formula of a step.
     *
     * @return for example {@code u' = c A u + 2.0 u − 1.0 u₋₁}
     */
    @Override
    public String toString() {
        if (transposed) {
            return "p' = " + (coefficient != null ? "A c p" : "A p") + term(now, "p")
                    + (levels() == 2 ? " + q, q' = " + before + " p" : "") + " (adjoint)";
        }
        StringBuilder text = new StringBuilder(coefficient != null ? "u' = c A u" : "u' = A u");
        text.append(term(now, "u")).append(term(before, "u₋₁"));
        for (int k = 0; k < cubic.length; k++) {
            if (cubic[k] != 0) {
                text.append(" + ").append(cubic[k]).append(new String[] {"", " u", " u²", " u³"}[k]);
            }
        }
        return text.append(source != null ? " + s" : "").toString();
    }

    private static String term(Factor factor, String state) {
        return factor.isPresent() ? " + " + factor + " " + state : "";
    }
}
