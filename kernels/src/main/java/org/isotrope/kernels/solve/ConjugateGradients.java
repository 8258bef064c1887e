package org.isotrope.kernels.solve;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;

/** See {@link LinearSolver#conjugateGradients}. */
final class ConjugateGradients extends PreparedSolver {
    private final Field p = field();
    private final Field q = field();
    private final Field scratch = field();

    ConjugateGradients(LinearSolver settings, LinearOperator operator, Precision precision) {
        super(settings, operator, precision);
    }

    @Override
    Cycle cycle(Field x, Field r, double size) {
        Field z = precondition(r, scratch);
        p.copyFrom(z);
        double rz = Arithmetic.dot(r, z);
        while (true) {
            apply(p, q);
            double curvature = Arithmetic.dot(p, q);
            // also false for NaN
            if (!(curvature > 0 && rz > 0)) {
                return Cycle.BREAKDOWN;
            }
            double alpha = rz / curvature;
            Arithmetic.addScaled(alpha, p, x);
            Arithmetic.addScaled(-alpha, q, r);
            double norm = norm(r);
            boolean more = count(norm);
            if (norm <= target()) {
                return Cycle.CLAIMED;
            }
            if (!more) {
                return Cycle.LIMIT;
            }
            z = precondition(r, scratch);
            double next = Arithmetic.dot(r, z);
            Arithmetic.combine(next / rz, p, z, p);
            rz = next;
        }
    }
}
