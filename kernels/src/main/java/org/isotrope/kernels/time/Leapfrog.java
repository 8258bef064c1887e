package org.isotrope.kernels.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/**
 * The leapfrog (explicit midpoint) two-step method {@code u_{n+1} = u_{n−1} + 2 h f(t_n, u_n)}, of order 2 and without
 * damping for oscillations with {@code |λ h| < 1}; unstable for any decay.
 *
 * <p>The state before is remembered from step to step. Where steps do not follow one another, because the time or the
 * size of the step is another than expected, the method starts anew with one step of Heun's.
 *
 * <p>Many steps for {@code f = A u} that nobody watches are {@code Recurrence.of(A.times(2 * h)).plusBefore(1)}, whose steps
 * share journeys through memory.
 *
 * <p>Source: E. Hairer, Ch. Lubich, G. Wanner, Geometric Numerical Integration, 2nd ed., XV.3.
 */
public final class Leapfrog implements Stepper {
    private final OdeSystem system;
    private final RungeKutta start;
    private final Field previous;
    private final Field rate;
    private double expected = Double.NaN;
    private double size = Double.NaN;

    /**
     * Allocates the memory.
     *
     * @param system right-hand side
     * @param model a field of the space and precision of the states
     */
    public Leapfrog(OdeSystem system, Field model) {
        this.system = system;
        this.start = new RungeKutta(Tableau.heun(), model);
        this.previous = Fields.automatic().like(model);
        this.rate = Fields.automatic().like(model);
    }

    @Override
    public void step(double t, double h, Field u, Field result) {
        // times that are computed as from + n h and as t + h differ by rounding
        if (h == size && Math.abs(t - expected) <= 1e-9 * Math.abs(h)) {
            system.rate(t, u, rate);
            Arithmetic.combine(2 * h, rate, previous, result);
        } else {
            start.step(system, t, h, u, result);
        }
        previous.copyFrom(u);
        expected = t + h;
        size = h;
    }
}
