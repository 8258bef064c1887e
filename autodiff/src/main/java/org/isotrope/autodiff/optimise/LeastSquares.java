package org.isotrope.autodiff.optimise;

import java.util.Arrays;

/**
 * Linear least squares, {@code min ‖A x - b‖}, for up to some hundreds of unknowns and any number of rows, with a
 * report on what the rows do and do not determine.
 *
 * <p>{@code A} is first reduced to a triangle by {@link StreamedQr}, which sees its rows once and keeps none of them.
 * The singular values of the triangle are those of {@code A}; they are found by Jacobi rotations, which resolve small
 * ones well. Singular values of at most {@code tolerance · σ_max} count as zero: they lower the rank, and the solution
 * is the one of least Euclidean norm among all that fit equally well.
 *
 * <pre>
 * var rows = StreamedQr.columns(n);
 * rows.append(row, rightHandSide);                  // a million times
 * var solution = LeastSquares.defaults().solve(rows);
 * solution.rank();  solution.parameters();  solution.undetermined();
 * </pre>
 */
public final class LeastSquares {

    private static final double BY_SIZE = -1;

    private final double tolerance;
    private final double tikhonov;
    private final boolean scaled;

    private LeastSquares(double tolerance, double tikhonov, boolean scaled) {
        this.tolerance = tolerance;
        this.tikhonov = tikhonov;
        this.scaled = scaled;
    }

    /**
     * No Tikhonov term, no column scaling, and a tolerance of {@code max(m, n) · 2⁻⁵²} for {@code m} rows and {@code n}
     * unknowns.
     *
     * @return the default settings
     */
    public static LeastSquares defaults() {
        return new LeastSquares(BY_SIZE, 0, false);
    }

    /**
     * With another tolerance on singular values.
     *
     * @param relative singular values of at most this times the largest one count as zero
     * @return the changed copy
     * @throws IllegalArgumentException if {@code relative} is outside {@code [0, 1)}
     */
    public LeastSquares tolerance(double relative) {
        if (!(relative >= 0 && relative < 1)) {
            throw new IllegalArgumentException("tolerance was " + relative
                + " but had to be at least 0 and less than 1.");
        }
        return new LeastSquares(relative, tikhonov, scaled);
    }

    /**
     * With a Tikhonov term: {@code min ‖A x - b‖² + λ² ‖x‖²}. Rank, singular values and null space remain those of
     * {@code A}.
     *
     * @param lambda {@code λ}, in the units of a singular value; 0 for none
     * @return the changed copy
     * @throws IllegalArgumentException if {@code lambda} is negative or not finite
     */
    public LeastSquares tikhonov(double lambda) {
        if (!(lambda >= 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException("lambda was " + lambda + " but had to be finite and at least 0.");
        }
        return new LeastSquares(tolerance, lambda, scaled);
    }

    /**
     * With columns scaled to norms near 1 (by powers of two, hence exactly) before the singular values are taken, so
     * that rank and null space do not depend on the units of the unknowns. The solution is still the one of least norm
     * in the unknowns themselves. Columns of zeros stay as they are.
     *
     * @return the changed copy
     */
    public LeastSquares scaleColumns() {
        return new LeastSquares(tolerance, tikhonov, true);
    }

    /**
     * Solves a dense system.
     *
     * @param a the rows of {@code A}, all of one length
     * @param b the right-hand sides, one a row
     * @return the solution and what is known about it
     * @throws IllegalArgumentException if there are no rows or no columns, if lengths do not belong together, or if a
     *     number is not finite
     */
    public LeastSquaresSolution solve(double[][] a, double[] b) {
        if (a.length == 0) {
            throw new IllegalArgumentException("a was empty but had to have at least one row.");
        }
        if (a.length != b.length) {
            throw new IllegalArgumentException("b had " + b.length + " entries but had to have " + a.length
                + ", one for each row of a.");
        }
        var rows = StreamedQr.columns(a[0].length);
        for (int i = 0; i < a.length; i++) {
            rows.append(a[i], b[i]);
        }
        return solve(rows);
    }

    /**
     * Solves the system whose rows have been streamed.
     *
     * @param rows the triangular factor of the rows and their right-hand sides; more rows may be appended afterwards
     * @return the solution and what is known about it
     */
    public LeastSquaresSolution solve(StreamedQr rows) {
        return solveClosed(rows.copy());
    }

    /** Solves with a factor of its own: closing the caller's early would change the rounding of later rows. */
    private LeastSquaresSolution solveClosed(StreamedQr rows) {
        int n = rows.unknowns();
        double[][] r = rows.r();
        double[] c = rows.rotatedRightHandSide();
        int[] exponents = columnExponents(r);
        JacobiSvd svd = JacobiSvd.of(scale(r, exponents));
        double limit = limit(svd, Math.max(rows.rows(), n));
        int rank = rank(svd, limit);
        double[][] scaledNull = new double[n - rank][];
        for (int k = rank; k < n; k++) {
            scaledNull[k - rank] = svd.right(k).clone();
        }
        double[] components = rowNorms(scaledNull, n);
        double[][] nullSpace = scaled ? orthonormal(unscale(scaledNull, exponents)) : scaledNull;

        double[] x;
        if (tikhonov == 0) {
            x = pseudoSolve(svd, rank, c);
            unscale(new double[][] {x}, exponents);
            if (scaled) {
                removeComponents(nullSpace, x);
            }
        } else {
            x = solveDamped(rows, r, exponents);
        }
        double residual = Math.hypot(rows.orthogonalResidual(), distance(r, x, c));
        return new LeastSquaresSolution(x, rank, svd.singularValues().clone(), limit, residual, nullSpace, components);
    }

    private double limit(JacobiSvd svd, long size) {
        double relative = tolerance == BY_SIZE ? Math.min(size * Math.ulp(1.0), 0.5) : tolerance;
        return relative * svd.singularValues()[0];
    }

    private static int rank(JacobiSvd svd, double limit) {
        return (int) Arrays.stream(svd.singularValues()).filter(value -> value > limit).count();
    }

    /** Powers of two near the column norms; zeros without scaling. */
    private int[] columnExponents(double[][] r) {
        int n = r.length;
        var exponents = new int[n];
        var column = new double[n];
        for (int j = 0; scaled && j < n; j++) {
            for (int i = 0; i < n; i++) {
                column[i] = r[i][j];
            }
            double norm = Vectors.norm(column);
            exponents[j] = norm == 0 ? 0 : Math.getExponent(norm);
        }
        return exponents;
    }

    private static double[][] scale(double[][] r, int[] exponents) {
        var result = new double[r.length][r.length];
        for (int i = 0; i < r.length; i++) {
            for (int j = 0; j < r.length; j++) {
                result[i][j] = Math.scalb(r[i][j], -exponents[j]);
            }
        }
        return result;
    }

    /** From scaled unknowns to the unknowns themselves, in place. */
    private static double[][] unscale(double[][] vectors, int[] exponents) {
        for (double[] vector : vectors) {
            for (int j = 0; j < vector.length; j++) {
                vector[j] = Math.scalb(vector[j], -exponents[j]);
            }
        }
        return vectors;
    }

    /** {@code V Σ⁺ Uᵀ c}. */
    private static double[] pseudoSolve(JacobiSvd svd, int rank, double[] c) {
        var x = new double[c.length];
        // The smallest contributions first.
        for (int k = rank - 1; k >= 0; k--) {
            Vectors.addScaled(Vectors.dot(svd.left(k), c) / svd.singularValues()[k], svd.right(k), x);
        }
        return x;
    }

    private double[] solveDamped(StreamedQr rows, double[][] r, int[] exponents) {
        int n = r.length;
        var damped = rows.copy();
        var row = new double[n];
        for (int j = 0; j < n; j++) {
            row[j] = tikhonov;
            damped.append(row, 0);
            row[j] = 0;
        }
        JacobiSvd svd = JacobiSvd.of(scale(damped.r(), exponents));
        double limit = svd.singularValues()[0] * n * Math.ulp(1.0);
        double[] x = pseudoSolve(svd, rank(svd, limit), damped.rotatedRightHandSide());
        unscale(new double[][] {x}, exponents);
        return x;
    }

    private static double distance(double[][] r, double[] x, double[] c) {
        var difference = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            difference[i] = Vectors.dot(r[i], x) - c[i];
        }
        return Vectors.norm(difference);
    }

    /** The lengths of the rows of the matrix whose columns are given. */
    private static double[] rowNorms(double[][] vectors, int n) {
        var norms = new double[n];
        for (int j = 0; j < n; j++) {
            for (double[] vector : vectors) {
                norms[j] = Math.hypot(norms[j], vector[j]);
            }
        }
        return norms;
    }

    /** An orthonormal basis of the span of independent vectors. */
    private static double[][] orthonormal(double[][] vectors) {
        if (vectors.length == 0) {
            return vectors;
        }
        for (double[] vector : vectors) {
            double norm = Vectors.norm(vector);
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= norm;
            }
        }
        int n = vectors[0].length;
        int count = vectors.length;
        var qr = new HouseholderQr(vectors, true);
        var basis = new double[count][n];
        for (int k = 0; k < count; k++) {
            basis[k][k] = 1;
            qr.applyQ(basis[k]);
        }
        return basis;
    }

    private static void removeComponents(double[][] basis, double[] x) {
        for (double[] vector : basis) {
            Vectors.addScaled(-Vectors.dot(vector, x), vector, x);
        }
    }

    @Override
    public String toString() {
        return "LeastSquares[tolerance=" + (tolerance == BY_SIZE ? "by size" : tolerance) + ", lambda=" + tikhonov
            + (scaled ? ", columns scaled]" : "]");
    }
}
