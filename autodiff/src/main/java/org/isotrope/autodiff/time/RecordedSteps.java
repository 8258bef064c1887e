package org.isotrope.autodiff.time;

import java.util.Arrays;
import java.util.List;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.ParametricOperator;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.Variable;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.time.Tableau;

/**
 * Time steps as steps of a tape, next to whatever else it holds: differentiable in the state and in every variable that
 * the right-hand side uses, twice if asked for.
 *
 * <p>The tape keeps the rates of all stages of all steps. For long runs there is {@link Trajectory}, which keeps few.
 */
public final class RecordedSteps {
    private RecordedSteps() {}

    /**
     * Records equal explicit steps.
     *
     * @param tape the tape
     * @param system records the rate of change; may use other variables of the tape
     * @param tableau the method
     * @param u state at the beginning
     * @param start time there
     * @param h length of a step
     * @param steps number of steps, at least 1
     * @return the state at {@code start + steps h}
     */
    public static FieldVariable explicit(
            Tape tape, TapedSystem.Recording system, Tableau tableau, FieldVariable u, double start, double h,
            int steps) {
        requirePositive(steps);
        FieldVariable state = u;
        for (int n = 0; n < steps; n++) {
            FieldVariable[] rates = new FieldVariable[ReverseStep.used(tableau)];
            for (int i = 0; i < rates.length; i++) {
                int stage = i;
                FieldVariable at = sum(tape, state, rates, i, j -> h * tableau.a(stage, j));
                ArrayVariable time = tape.constant(start + (n + tableau.c(i)) * h);
                rates[i] = system.rate(tape, time, at);
            }
            state = sum(tape, state, rates, rates.length, j -> h * tableau.b(j));
        }
        return state;
    }

    @FunctionalInterface
    private interface Weight {
        double of(int j);
    }

    /** {@code u + Σ_{j < count} w_j k_j}. */
    private static FieldVariable sum(Tape tape, FieldVariable u, FieldVariable[] rates, int count, Weight weight) {
        double[] weights = new double[count + 1];
        FieldVariable[] terms = new FieldVariable[count + 1];
        weights[0] = 1;
        terms[0] = u;
        int used = 1;
        for (int j = 0; j < count; j++) {
            if (weight.of(j) != 0) {
                weights[used] = weight.of(j);
                terms[used++] = rates[j];
            }
        }
        return used == 1 ? u
                : tape.combine(tape.constant(Arrays.copyOf(weights, used)), Arrays.copyOf(terms, used));
    }

    /**
     * Records equal steps of the method of Crank and Nicolson for {@code du/dt = A(θ) u}: each solves
     * {@code (1 − h A/2) u′ = (1 + h A/2) u}, and its reverse is one solve with the adjoint.
     *
     * @param tape the tape
     * @param solver the method and its tolerances
     * @param operator records {@code A(θ) u}, linear in u
     * @param u state at the beginning
     * @param h length of a step
     * @param steps number of steps, at least 1
     * @param parameters θ
     * @return the state after all steps
     * @throws ArithmeticException if the solver does not converge, with its report
     */
    public static FieldVariable crankNicolson(
            Tape tape, LinearSolver solver, ParametricOperator.Recording operator, FieldVariable u, double h,
            int steps, Variable... parameters) {
        requirePositive(steps);
        FieldVariable state = u;
        for (int n = 0; n < steps; n++) {
            FieldVariable right = moved(tape, operator, state, List.of(parameters), 0.5 * h);
            state = tape.solve(solver,
                    (inner, x, inside) -> moved(inner, operator, x, inside, -0.5 * h), right, parameters);
        }
        return state;
    }

    private static FieldVariable moved(
            Tape tape, ParametricOperator.Recording operator, FieldVariable u, List<Variable> parameters, double h) {
        return tape.combine(tape.constant(1, h), u, operator.apply(tape, u, parameters));
    }

    private static void requirePositive(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("number of steps is " + steps + "; it had to be at least 1");
        }
    }
}
