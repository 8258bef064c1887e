package org.isotrope.kernels.solve;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;

/** See {@link LinearSolver#biCgStab}. */
final class BiCgStab extends PreparedSolver {
    /** Cosine of shadow and residual below which the method starts again with another shadow. */
    private static final double TINY = 1e-14;

    private final Field shadow = field();
    private final Field p = field();
    private final Field v = field();
    private final Field t = field();
    private final Field pScratch = field();
    private final Field sScratch = field();

    BiCgStab(LinearSolver settings, LinearOperator operator, Precision precision) {
        super(settings, operator, precision);
    }

    @Override
    Cycle cycle(Field x, Field r, double size) {
        shadow.copyFrom(r);
        p.copyFrom(r);
        double shadowNorm = size;
        double norm = size;
        double rho = size * size;
        boolean moved = false;
        while (true) {
            Field pHat = precondition(p, pScratch);
            apply(pHat, v);
            double denominator = Arithmetic.dot(shadow, v);
            if (!(Math.abs(denominator) > TINY * shadowNorm * norm(v))) {
                return moved ? Cycle.RESTARTED : Cycle.BREAKDOWN;
            }
            double alpha = rho / denominator;
            Arithmetic.addScaled(-alpha, v, r);
            Arithmetic.addScaled(alpha, pHat, x);
            moved = true;
            norm = norm(r);
            if (norm <= target()) {
                count(norm);
                return Cycle.CLAIMED;
            }
            Field sHat = precondition(r, sScratch);
            apply(sHat, t);
            double tt = Arithmetic.dot(t, t);
            double omega = Arithmetic.dot(t, r) / tt;
            if (!(Math.abs(omega) > 0) || Double.isInfinite(omega)) {
                // a skew operator has no stabilising part
                count(norm);
                return Cycle.BREAKDOWN;
            }
            Arithmetic.addScaled(omega, sHat, x);
            Arithmetic.addScaled(-omega, t, r);
            norm = norm(r);
            boolean more = count(norm);
            if (norm <= target()) {
                return Cycle.CLAIMED;
            }
            if (!more) {
                return Cycle.LIMIT;
            }
            double next = Arithmetic.dot(shadow, r);
            if (!(Math.abs(next) > TINY * shadowNorm * norm)) {
                return Double.isFinite(next) ? Cycle.RESTARTED : Cycle.BREAKDOWN;
            }
            double beta = next / rho * (alpha / omega);
            Arithmetic.addScaled(-omega, v, p);
            Arithmetic.combine(beta, p, r, p);
            rho = next;
        }
    }
}
