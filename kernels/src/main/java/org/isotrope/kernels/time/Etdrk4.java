package org.isotrope.kernels.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;

/**
 * The exponential time-differencing method of four stages and order 4 for {@code du/dt = L u + N(t, u)} with a stiff
 * linear part, which it treats exactly. {@code φ_k(h L)} are applied without a matrix ({@link PhiFunctions}), so L may
 * have any boundaries and any grid; where L is diagonal in Fourier space, transforms are faster.
 *
 * <p>With {@code F(w) = L u + w}, {@code a = u + h/2 φ₁(hL/2) F(N(u))}, {@code b = u + h/2 φ₁(hL/2) F(N(a))},
 * {@code c = a + h/2 φ₁(hL/2) (L a + 2 N(b) − N(u))}, and {@code u' = u + h φ₁ F(N(u)) + h φ₂ (−3 N(u) + 2 N(a) + 2
 * N(b) − N(c)) + 4 h φ₃ (N(u) − N(a) − N(b) + N(c))} with φ at {@code hL}.
 *
 * <p>Source: S. Cox, P. Matthews, J. Comput. Phys. 176 (2002) 430; A.-K. Kassam, L. Trefethen, SIAM J. Sci. Comput. 26
 * (2005) 1214, (2.3)–(2.6), here in terms of φ.
 */
public final class Etdrk4 implements Stepper {
    private final Plan linear;
    private final OdeSystem nonlinear;
    private final PhiFunctions phi;
    private final Field nu;
    private final Field na;
    private final Field nb;
    private final Field nc;
    private final Field a;
    private final Field work;
    private final Field lu;

    /**
     * Allocates the memory.
     *
     * @param linear L, with the same domain and range
     * @param nonlinear N
     * @param model a field of the space and precision of the states
     * @param dimension largest dimension of the Krylov spaces, see {@link PhiFunctions}
     * @param tolerance on each φ, relative to what it is applied to
     */
    public Etdrk4(LinearOperator linear, OdeSystem nonlinear, Field model, int dimension, double tolerance) {
        this.linear = linear.plan(model.precision(), Execution.standard());
        this.nonlinear = nonlinear;
        this.phi = new PhiFunctions(linear, model, dimension, tolerance);
        Fields fields = Fields.automatic();
        this.nu = fields.like(model);
        this.na = fields.like(model);
        this.nb = fields.like(model);
        this.nc = fields.like(model);
        this.a = fields.like(model);
        this.work = fields.like(model);
        this.lu = fields.like(model);
    }

    @Override
    public void step(double t, double h, Field u, Field result) {
        double half = 0.5 * h;
        linear.apply(u, lu);
        nonlinear.rate(t, u, nu);
        stage(half, u, lu, nu, a);
        nonlinear.rate(t + half, a, na);
        stage(half, u, lu, na, result);
        nonlinear.rate(t + half, result, nb);
        linear.apply(a, work);
        Arithmetic.addScaled(-1, nu, work);
        result.copyFrom(a);
        Arithmetic.addScaled(2, nb, work);
        phi.add(1, half, work, half, result);
        nonlinear.rate(t + h, result, nc);
        stage(h, u, lu, nu, result);
        Arithmetic.scale(-3, nu, work);
        Arithmetic.addScaled(2, na, work);
        Arithmetic.addScaled(2, nb, work);
        Arithmetic.addScaled(-1, nc, work);
        phi.add(2, h, work, h, result);
        Arithmetic.combine(-1, na, nu, work);
        Arithmetic.addScaled(-1, nb, work);
        Arithmetic.addScaled(1, nc, work);
        phi.add(3, h, work, 4 * h, result);
    }

    /** {@code y = u + h φ₁(h L) (L u + w)}. */
    private void stage(double h, Field u, Field image, Field w, Field y) {
        Arithmetic.combine(1, w, image, work);
        y.copyFrom(u);
        phi.add(1, h, work, h, y);
    }
}
