package org.isotrope.kernels.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;

/**
 * Steps an {@link OdeSystem} by an explicit Runge–Kutta method. Holds one field a stage; not safe for concurrent use.
 */
public final class RungeKutta {
    /** Told after every accepted step. */
    @FunctionalInterface
    public interface Observer {
        /**
         * One step has been made.
         *
         * @param t time reached
         * @param h size of the step
         * @param u state there, valid until the next step
         */
        void stepped(double t, double h, Field u);
    }

    private static final double SAFETY = 0.9;

    private final Tableau tableau;
    private final Field[] rates;
    private final Field stage;
    private final Field next;

    /**
     * Allocates the stages.
     *
     * @param tableau the method
     * @param model a field of the space and precision of the states
     */
    public RungeKutta(Tableau tableau, Field model) {
        this.tableau = tableau;
        this.rates = new Field[tableau.stages()];
        Fields fields = Fields.automatic();
        for (int i = 0; i < rates.length; i++) {
            rates[i] = fields.like(model);
        }
        this.stage = fields.like(model);
        this.next = fields.like(model);
    }

    /**
     * Makes one step.
     *
     * @param system right-hand side
     * @param t time before
     * @param h size of the step
     * @param u state before, not changed
     * @param result state after, apart from u
     */
    public void step(OdeSystem system, double t, double h, Field u, Field result) {
        for (int i = 0; i < rates.length; i++) {
            stageState(i, h, u, stage);
            system.rate(t + tableau.c(i) * h, stage, rates[i]);
        }
        result.copyFrom(u);
        for (int i = 0; i < rates.length; i++) {
            add(h * tableau.b(i), rates[i], result);
        }
    }

    /**
     * This method bound to a right-hand side.
     *
     * @param system right-hand side
     * @return a stepper that works in the memory of this object
     */
    public Stepper of(OdeSystem system) {
        return (t, h, u, result) -> step(system, t, h, u, result);
    }

    private void stageState(int i, double h, Field u, Field result) {
        result.copyFrom(u);
        for (int j = 0; j < i; j++) {
            add(h * tableau.a(i, j), rates[j], result);
        }
    }

    private static void add(double factor, Field x, Field y) {
        if (factor != 0) {
            Arithmetic.addScaled(factor, x, y);
        }
    }

    /**
     * Makes equal steps from one time to another.
     *
     * @param system right-hand side
     * @param u state at {@code from}; holds the state at {@code to} afterwards
     * @param from first time
     * @param to last time
     * @param steps number of steps, at least 1
     * @param observer told after every step
     */
    public void integrate(OdeSystem system, Field u, double from, double to, int steps, Observer observer) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps are " + steps + "; they had to be at least 1");
        }
        double h = (to - from) / steps;
        for (int n = 0; n < steps; n++) {
            step(system, from + n * h, h, u, next);
            u.copyFrom(next);
            observer.stepped(n + 1 == steps ? to : from + (n + 1) * h, h, u);
        }
    }

    /**
     * Makes equal steps of {@code u' = A u} that nobody watches, by {@link Tableau#steps}: the bits of {@link
     * #integrate(OdeSystem, Field, double, double, int, Observer)} with a standard plan of A, from less memory traffic.
     *
     * @param rate A, from the space of the states to itself
     * @param u state at {@code from}; holds the state at {@code to} afterwards
     * @param from first time
     * @param to last time
     * @param steps number of steps, at least 1
     */
    public void integrate(LinearOperator rate, Field u, double from, double to, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps are " + steps + "; they had to be at least 1");
        }
        tableau.steps(rate, (to - from) / steps, steps, u.precision(), Execution.standard()).apply(u, next);
        u.copyFrom(next);
    }

    /**
     * Makes steps as large as a tolerance allows, by a proportional–integral controller on the embedded error estimate;
     * the error of a step is the root mean square of {@code e_i / (absolute + relative · max(|u_i|, |u'_i|))}.
     *
     * <p>Source: E. Hairer, S. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, II.4; the controller of
     * K. Gustafsson as there in volume II, IV.2.
     *
     * @param system right-hand side
     * @param u state at {@code from}; holds the state at {@code to} afterwards
     * @param from first time
     * @param to last time, above {@code from}
     * @param relative relative tolerance, positive
     * @param absolute absolute tolerance, positive
     * @param observer told after every accepted step
     * @throws ArithmeticException if the step size underflows, naming the time
     */
    public void integrate(
            OdeSystem system, Field u, double from, double to, double relative, double absolute, Observer observer) {
        if (!(to > from)) {
            throw new IllegalArgumentException("last time is " + to + "; it had to be above " + from);
        }
        if (!(relative > 0 && absolute > 0)) {
            throw new IllegalArgumentException("tolerances are " + relative + " and " + absolute
                    + "; they had to be positive");
        }
        double t = from;
        double h = firstStep(system, u, from, to, relative, absolute);
        double previous = 1;
        while (t < to) {
            boolean last = t + h >= to;
            double size = last ? to - t : h;
            if (t + size == t) {
                throw new ArithmeticException("step size fell to " + size + " at time " + t
                        + "; the solution had to stay smooth");
            }
            step(system, t, size, u, next);
            double error = Math.max(error(size, u, relative, absolute), 1e-10);
            double exponent = 1.0 / tableau.order();
            if (error <= 1) {
                t = last ? to : t + size;
                u.copyFrom(next);
                observer.stepped(t, size, u);
                double factor = SAFETY * Math.pow(error, -0.7 * exponent) * Math.pow(previous, 0.4 * exponent);
                h = size * Math.clamp(factor, 0.2, 5);
                previous = error;
            } else {
                // an error that is not a number shrinks the step as far as one rejection may
                h = size * (error > 1 ? Math.clamp(SAFETY * Math.pow(error, -exponent), 0.1, 1) : 0.1);
            }
        }
    }

    private double firstStep(OdeSystem system, Field u, double from, double to, double relative, double absolute) {
        system.rate(from, u, rates[0]);
        double state = norm(u, u, relative, absolute);
        double rate = norm(rates[0], u, relative, absolute);
        double guess = rate > 1e-10 && state > 1e-10 ? 0.01 * state / rate : 1e-6 * (to - from);
        return Math.min(guess, to - from);
    }

    private double error(double h, Field u, double relative, double absolute) {
        stage.segment().fill((byte) 0);
        for (int i = 0; i < rates.length; i++) {
            add(h * tableau.e(i), rates[i], stage);
        }
        double squares = 0;
        long count = u.count();
        for (long i = 0; i < count; i++) {
            double size = Math.max(Math.abs(u.getFlat(i)), Math.abs(next.getFlat(i)));
            double scaled = stage.getFlat(i) / (absolute + relative * size);
            squares += scaled * scaled;
        }
        return Math.sqrt(squares / count);
    }

    private static double norm(Field x, Field u, double relative, double absolute) {
        double squares = 0;
        long count = x.count();
        for (long i = 0; i < count; i++) {
            double scaled = x.getFlat(i) / (absolute + relative * Math.abs(u.getFlat(i)));
            squares += scaled * scaled;
        }
        return Math.sqrt(squares / count);
    }
}
