package org.isotrope.kernels.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;

/**
 * {@code φ_k(h L) v} of a linear operator, without a matrix: {@code φ_0 = exp}, {@code φ_k(z) = (φ_{k−1}(z) −
 * 1/(k−1)!)/z}.
 *
 * <p>Arnoldi's method projects L on a Krylov space, whose small matrix is exponentiated densely. The space grows until
 * the error estimate {@code ‖v‖ h l_{m+1,m} |(φ_{k+1})_{m1}|} is at most the tolerance times ‖v‖. The dimension needed
 * grows with the square root of {@code h ‖L‖} for diffusion and with {@code h ‖L‖} for advection. Not safe for
 * concurrent use.
 *
 * <p>Source: Y. Saad, SIAM J. Numer. Anal. 29 (1992) 209; M. Hochbruck, Ch. Lubich, SIAM J. Numer. Anal. 34 (1997)
 * 1911.
 */
public final class PhiFunctions {
    /** The error is estimated every so many dimensions. */
    private static final int CHECK = 4;

    private final Plan operator;
    private final double tolerance;
    private final Field[] basis;
    private final double[][] h;
    private int dimension;

    /**
     * Allocates the Krylov space.
     *
     * @param operator L, with the same domain and range
     * @param model a field of the space and precision of v
     * @param dimension largest dimension of the space, which takes as many fields and one more
     * @param tolerance on the error, relative to ‖v‖, positive
     */
    public PhiFunctions(LinearOperator operator, Field model, int dimension, double tolerance) {
        if (dimension < 1) {
            throw new IllegalArgumentException("Krylov dimension is " + dimension + "; it had to be at least 1");
        }
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it had to be positive");
        }
        if (!operator.domain().equals(operator.range())) {
            throw new IllegalArgumentException("operator maps " + operator.domain() + "\nto " + operator.range()
                    + "\nit had to map a space to itself");
        }
        operator.domain().require(model, "model");
        this.operator = operator.plan(model.precision(), Execution.standard());
        this.tolerance = tolerance;
        this.basis = new Field[dimension + 1];
        for (int m = 0; m <= dimension; m++) {
            basis[m] = Fields.automatic().like(model);
        }
        this.h = new double[dimension + 1][dimension + 1];
    }

    /**
     * Adds {@code factor · φ_k(h L) v} to a field.
     *
     * @param k 0 or more
     * @param step h
     * @param v the field, not changed
     * @param factor the factor
     * @param result updated, apart from v
     * @throws ArithmeticException if the largest dimension does not reach the tolerance
     */
    public void add(int k, double step, Field v, double factor, Field result) {
        if (k < 0) {
            throw new IllegalArgumentException("k is " + k + "; it had to be at least 0");
        }
        double size = Math.sqrt(Arithmetic.dot(v, v));
        if (size == 0) {
            return;
        }
        if (!Double.isFinite(size)) {
            throw new ArithmeticException("field of a phi function has norm " + size + "; it had to be finite");
        }
        Arithmetic.scale(1 / size, v, basis[0]);
        double[] coefficients = project(k, step);
        for (int j = 0; j < dimension; j++) {
            Arithmetic.addScaled(factor * size * coefficients[j], basis[j], result);
        }
    }

    private double[] project(int k, double step) {
        int most = basis.length - 1;
        double error = Double.NaN;
        for (int m = 1; m <= most; m++) {
            double length = extend(m - 1);
            boolean invariant = length == 0;
            if (invariant || m % CHECK == 0 || m == most) {
                double[][] columns = DenseExponential.phi(h, m, step, k + 1);
                error = Math.abs(step) * length * Math.abs(columns[k + 1][m - 1]);
                if (invariant || error <= tolerance) {
                    dimension = m;
                    return columns[k];
                }
            }
        }
        throw new ArithmeticException("Krylov space of dimension " + most + " leaves an error of " + error
                + " for step " + step + "; it had to be at most " + tolerance
                + ": the step had to be smaller or the dimension larger");
    }

    /** Adds a basis vector; gives the length of what is new in it, 0 when the space is invariant. */
    private double extend(int m) {
        operator.apply(basis[m], basis[m + 1]);
        double before = Math.sqrt(Arithmetic.dot(basis[m + 1], basis[m + 1]));
        for (int j = 0; j <= m; j++) {
            h[j][m] = 0;
        }
        // twice is enough: once leaves the basis orthogonal only to the square root of rounding
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j <= m; j++) {
                double part = Arithmetic.dot(basis[j], basis[m + 1]);
                h[j][m] += part;
                Arithmetic.addScaled(-part, basis[j], basis[m + 1]);
            }
        }
        double length = Math.sqrt(Arithmetic.dot(basis[m + 1], basis[m + 1]));
        if (!(length > 1e-14 * before)) {
            return 0;
        }
        h[m + 1][m] = length;
        Arithmetic.scale(1 / length, basis[m + 1], basis[m + 1]);
        return length;
    }

    /**
     * Dimension of the Krylov space of the last application.
     *
     * @return as many applications of L were made
     */
    public int dimension() {
        return dimension;
    }
}
