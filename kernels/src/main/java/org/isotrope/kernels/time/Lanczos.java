package org.isotrope.kernels.time;

import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;

/**
 * The extreme eigenvalues of a symmetric operator by Lanczos' recurrence from a random field. Without
 * reorthogonalisation, which would only spare copies of eigenvalues that are already found.
 */
final class Lanczos {
    private Lanczos() {}

    /** The smallest and the largest eigenvalue of the tridiagonal projection, which lie inside the spectrum. */
    static double[] extremes(Field model, int iterations, LinearOperator.Action operator) {
        Fields fields = Fields.automatic();
        Field before = fields.like(model);
        Field at = fields.like(model);
        Field next = fields.like(model);
        Random random = new Random(1);
        for (long i = 0; i < at.count(); i++) {
            at.setFlat(i, random.nextGaussian());
        }
        Arithmetic.scale(1 / Math.sqrt(Arithmetic.dot(at, at)), at, at);
        double[] diagonal = new double[iterations];
        double[] beside = new double[iterations + 1];
        int size = 0;
        double scale = 0;
        while (size < iterations) {
            operator.apply(at, next);
            diagonal[size] = Arithmetic.dot(at, next);
            Arithmetic.addScaled(-diagonal[size], at, next);
            Arithmetic.addScaled(-beside[size], before, next);
            size++;
            double length = Math.sqrt(Arithmetic.dot(next, next));
            scale = Math.max(scale, Math.abs(diagonal[size - 1]) + length);
            if (!(length > 1e-13 * scale)) {
                // the space is invariant
                break;
            }
            beside[size] = length;
            Field free = before;
            before = at;
            at = next;
            next = free;
            Arithmetic.scale(1 / length, at, at);
        }
        return new double[] {eigenvalue(diagonal, beside, size, 1), eigenvalue(diagonal, beside, size, size)};
    }

    /** The k-th smallest eigenvalue by bisection on Sturm's count. */
    private static double eigenvalue(double[] diagonal, double[] beside, int size, int k) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double radius = (i > 0 ? beside[i] : 0) + (i + 1 < size ? beside[i + 1] : 0);
            low = Math.min(low, diagonal[i] - radius);
            high = Math.max(high, diagonal[i] + radius);
        }
        for (int round = 0; round < 100 && low < high; round++) {
            double middle = 0.5 * (low + high);
            int below = 0;
            double pivot = 1;
            for (int i = 0; i < size; i++) {
                double off = i > 0 ? beside[i] : 0;
                pivot = diagonal[i] - middle - (i > 0 ? off * off / pivot : 0);
                if (pivot == 0) {
                    pivot = -Double.MIN_NORMAL;
                }
                below += pivot < 0 ? 1 : 0;
            }
            if (below >= k) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
