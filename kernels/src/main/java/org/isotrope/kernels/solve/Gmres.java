package org.isotrope.kernels.solve;

import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;

/** See {@link LinearSolver#gmres}. Modified Gram–Schmidt and Givens rotations. */
final class Gmres extends PreparedSolver {
    private final int restart;
    private final Field[] basis;
    private final Field scratch = field();
    /** Column by column, the upper triangle that the rotations leave. */
    private final double[][] h;
    private final double[] cosine;
    private final double[] sine;
    private final double[] g;

    Gmres(LinearSolver settings, LinearOperator operator, Precision precision, int restart) {
        super(settings, operator, precision);
        this.restart = restart;
        this.basis = new Field[restart + 1];
        for (int k = 0; k <= restart; k++) {
            basis[k] = field();
        }
        this.h = new double[restart][restart + 1];
        this.cosine = new double[restart];
        this.sine = new double[restart];
        this.g = new double[restart + 1];
    }

    @Override
    Cycle cycle(Field x, Field r, double size) {
        Arithmetic.scale(1 / size, r, basis[0]);
        g[0] = size;
        int k = 0;
        Cycle end = Cycle.RESTARTED;
        while (k < restart) {
            double[] column = h[k];
            apply(precondition(basis[k], scratch), basis[k + 1]);
            double before = norm(basis[k + 1]);
            for (int j = 0; j <= k; j++) {
                column[j] = Arithmetic.dot(basis[j], basis[k + 1]);
                Arithmetic.addScaled(-column[j], basis[j], basis[k + 1]);
            }
            double length = norm(basis[k + 1]);
            // below rounding the space is invariant and holds the solution
            boolean invariant = !(length > 1e-15 * before);
            if (!invariant) {
                Arithmetic.scale(1 / length, basis[k + 1], basis[k + 1]);
            }
            rotate(column, k, invariant ? 0 : length);
            k++;
            double norm = Math.abs(g[k]);
            boolean more = count(norm);
            if (norm <= target()) {
                end = Cycle.CLAIMED;
                break;
            }
            if (invariant) {
                end = Cycle.BREAKDOWN;
                break;
            }
            if (!more) {
                end = Cycle.LIMIT;
                break;
            }
        }
        return update(x, r, k) ? end : Cycle.BREAKDOWN;
    }

    private void rotate(double[] column, int k, double below) {
        for (int j = 0; j < k; j++) {
            double upper = cosine[j] * column[j] + sine[j] * column[j + 1];
            column[j + 1] = cosine[j] * column[j + 1] - sine[j] * column[j];
            column[j] = upper;
        }
        double length = Math.hypot(column[k], below);
        cosine[k] = length == 0 ? 1 : column[k] / length;
        sine[k] = length == 0 ? 0 : below / length;
        column[k] = length;
        g[k + 1] = -sine[k] * g[k];
        g[k] *= cosine[k];
    }

    /** Adds the best element of the Krylov space to x; false if the space maps into fewer dimensions. */
    private boolean update(Field x, Field r, int k) {
        for (int i = k - 1; i >= 0; i--) {
            double sum = g[i];
            for (int j = i + 1; j < k; j++) {
                sum -= h[j][i] * g[j];
            }
            if (h[i][i] == 0) {
                return false;
            }
            g[i] = sum / h[i][i];
        }
        r.segment().fill((byte) 0);
        for (int j = 0; j < k; j++) {
            Arithmetic.addScaled(g[j], basis[j], r);
        }
        Arithmetic.addScaled(1, precondition(r, scratch), x);
        return true;
    }
}
