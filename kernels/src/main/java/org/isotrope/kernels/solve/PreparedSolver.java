package org.isotrope.kernels.solve;

import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Space;
import org.jspecify.annotations.Nullable;

/**
 * A solver bound to an operator and a precision, with its memory: made once, used often, allocating nothing. Not safe
 * for concurrent use.
 */
public abstract sealed class PreparedSolver permits BiCgStab, ConjugateGradients, Gmres {
    /** How a cycle of a method ended. */
    enum Cycle {
        /** The recurrence says that the residual is at its target. */
        CLAIMED,
        /** The method begins anew from the current x, as it always does. */
        RESTARTED,
        LIMIT,
        BREAKDOWN
    }

    private final LinearSolver settings;
    private final Space space;
    private final Precision precision;
    private final Plan operator;
    private final @Nullable Plan preconditioner;
    private final double[] history;
    private final Field residual;
    private int iterations;
    private double norm;
    private double target;
    private SolveReport.Outcome outcome = SolveReport.Outcome.CONVERGED;

    PreparedSolver(LinearSolver settings, LinearOperator operator, Precision precision) {
        this.settings = settings;
        this.space = operator.domain();
        this.precision = precision;
        this.operator = operator.plan(precision, Execution.standard());
        LinearOperator inverse = settings.preconditioner();
        this.preconditioner = inverse == null ? null : inverse.plan(precision, Execution.standard());
        this.history = new double[settings.maxIterations() + 1];
        this.residual = field();
    }

    final Field field() {
        return Fields.automatic().precision(precision).of(space.type(), space.grid());
    }

    final void apply(Field x, Field y) {
        operator.apply(x, y);
    }

    /** The preconditioned field, which is x itself when there is none. */
    final Field precondition(Field x, Field scratch) {
        if (preconditioner == null) {
            return x;
        }
        preconditioner.apply(x, scratch);
        return scratch;
    }

    /** Counts an iteration whose residual has this norm; false when there may be no more. */
    final boolean count(double newNorm) {
        iterations++;
        history[iterations] = newNorm;
        return iterations < settings.maxIterations();
    }

    final double target() {
        return target;
    }

    static double norm(Field x) {
        return Math.sqrt(Arithmetic.dot(x, x));
    }

    /**
     * Iterates from x, whose residual is given, until the recurrence has reached the target.
     *
     * @param x improved
     * @param r {@code b − A x}, of norm {@code size}; free to be overwritten
     */
    abstract Cycle cycle(Field x, Field r, double size);

    /**
     * Solves {@code A x = b}.
     *
     * @param b right-hand side
     * @param x first guess, which becomes the solution, apart from b
     * @return whether the residual fell to its target; {@link #report} says more
     */
    public boolean solve(Field b, Field x) {
        space.require(b, "b");
        space.require(x, "x");
        requirePrecision(b, "b");
        requirePrecision(x, "x");
        b.requireApart(x, "x");
        iterations = 0;
        double size = norm(b);
        if (size == 0) {
            x.segment().fill((byte) 0);
            norm = 0;
            target = 0;
            history[0] = 0;
            outcome = SolveReport.Outcome.CONVERGED;
            return true;
        }
        target = Math.max(settings.relative() * size, settings.absolute());
        outcome = iterate(b, x);
        return outcome == SolveReport.Outcome.CONVERGED;
    }

    private void requirePrecision(Field field, String name) {
        if (field.precision() != precision) {
            throw new IllegalArgumentException(name + " has precision " + field.precision() + "; it had to be "
                    + precision + ", for which this solver was prepared");
        }
    }

    private SolveReport.Outcome iterate(Field b, Field x) {
        double claimed = Double.POSITIVE_INFINITY;
        Cycle last = Cycle.RESTARTED;
        while (true) {
            apply(x, residual);
            Arithmetic.combine(-1, residual, b, residual);
            norm = norm(residual);
            if (iterations == 0) {
                history[0] = norm;
            }
            if (!Double.isFinite(norm)) {
                return SolveReport.Outcome.NOT_FINITE;
            }
            if (norm <= target) {
                return SolveReport.Outcome.CONVERGED;
            }
            if (last == Cycle.LIMIT) {
                return SolveReport.Outcome.ITERATIONS;
            }
            if (last == Cycle.BREAKDOWN) {
                return SolveReport.Outcome.BREAKDOWN;
            }
            if (last == Cycle.CLAIMED) {
                // the recurrence was too hopeful; unless starting again helps, rounding allows no more
                if (norm > 0.5 * claimed) {
                    return SolveReport.Outcome.STAGNATED;
                }
                claimed = norm;
            }
            last = iterations < settings.maxIterations() ? cycle(x, residual, norm) : Cycle.LIMIT;
        }
    }

    /**
     * How the last solve went.
     *
     * @return a fresh report
     */
    public SolveReport report() {
        return new SolveReport(outcome, iterations, norm, target, Arrays.copyOf(history, iterations + 1));
    }
}
