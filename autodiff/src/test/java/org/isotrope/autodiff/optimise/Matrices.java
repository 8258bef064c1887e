package org.isotrope.autodiff.optimise;

import java.util.Arrays;
import java.util.Random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/** Test matrices, and EJML's answers about them. */
final class Matrices {

    private Matrices() {
    }

    static double[][] random(int rows, int columns, Random random) {
        var a = new double[rows][columns];
        for (double[] row : a) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return a;
    }

    /** A random matrix of the given rank: a product of two thin ones. */
    static double[][] ofRank(int rank, int rows, int columns, Random random) {
        return multiply(random(rows, rank, random), random(rank, columns, random));
    }

    static double[][] multiply(double[][] a, double[][] b) {
        var product = new DMatrixRMaj(a.length, b[0].length);
        CommonOps_DDRM.mult(new DMatrixRMaj(a), new DMatrixRMaj(b), product);
        return rows(product);
    }

    static double[] multiply(double[][] a, double[] x) {
        return Arrays.stream(a).mapToDouble(row -> Vectors.dot(row, x)).toArray();
    }

    static double[][] transpose(double[][] a) {
        return rows(CommonOps_DDRM.transpose(new DMatrixRMaj(a), null));
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        var rows = new double[matrix.numRows][matrix.numCols];
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                rows[i][j] = matrix.get(i, j);
            }
        }
        return rows;
    }

    /** EJML's singular values, descending; as many as the matrix has columns. */
    static double[] singularValues(double[][] a) {
        var svd = DecompositionFactory_DDRM.svd(a.length, a[0].length, false, false, true);
        if (!svd.decompose(new DMatrixRMaj(a))) {
            throw new AssertionError("no decomposition");
        }
        double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        Arrays.sort(values);
        var descending = new double[a[0].length];
        for (int k = 0; k < values.length && k < descending.length; k++) {
            descending[k] = values[values.length - 1 - k];
        }
        return descending;
    }

    /** EJML's solution of least norm. */
    static double[] pseudoSolve(double[][] a, double[] b) {
        var solver = LinearSolverFactory_DDRM.pseudoInverse(true);
        if (!solver.setA(new DMatrixRMaj(a))) {
            throw new AssertionError("no decomposition");
        }
        var x = new DMatrixRMaj(a[0].length, 1);
        solver.solve(DMatrixRMaj.wrap(b.length, 1, b.clone()), x);
        return x.getData().clone();
    }

    /** EJML's solution of a system of full column rank. */
    static double[] qrSolve(double[][] a, double[] b) {
        var solver = LinearSolverFactory_DDRM.leastSquares(a.length, a[0].length);
        if (!solver.setA(new DMatrixRMaj(a))) {
            throw new AssertionError("no decomposition");
        }
        var x = new DMatrixRMaj(a[0].length, 1);
        solver.solve(DMatrixRMaj.wrap(b.length, 1, b.clone()), x);
        return x.getData().clone();
    }
}
