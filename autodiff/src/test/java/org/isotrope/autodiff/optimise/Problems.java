package org.isotrope.autodiff.optimise;

import java.util.Arrays;
import java.util.Random;

/** Problems with known minima. */
final class Problems {

    private Problems() {
    }

    /** Rosenbrock's valley, chained over any dimension; minimum 0 at (1, ..., 1). */
    static double rosenbrock(double[] x, double[] gradient) {
        double sum = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * a * a + b * b;
            gradient[i] += -400 * x[i] * a - 2 * b;
            gradient[i + 1] += 200 * a;
        }
        return sum;
    }

    /** Beale's function; minimum 0 at (3, 0.5). */
    static double beale(double[] x, double[] gradient) {
        double[] c = {1.5, 2.25, 2.625};
        double sum = 0;
        gradient[0] = 0;
        gradient[1] = 0;
        for (int k = 1; k <= 3; k++) {
            double r = c[k - 1] - x[0] * (1 - Math.pow(x[1], k));
            sum += r * r;
            gradient[0] += -2 * r * (1 - Math.pow(x[1], k));
            gradient[1] += 2 * r * x[0] * k * Math.pow(x[1], k - 1);
        }
        return sum;
    }

    /** {@code ½ (x - minimiser)ᵀ A (x - minimiser)}. */
    static Objective quadratic(double[][] a, double[] minimiser) {
        return (x, gradient) -> {
            double value = 0;
            for (int i = 0; i < x.length; i++) {
                gradient[i] = 0;
                for (int j = 0; j < x.length; j++) {
                    gradient[i] += a[i][j] * (x[j] - minimiser[j]);
                }
                value += 0.5 * gradient[i] * (x[i] - minimiser[i]);
            }
            return value;
        };
    }

    /** A symmetric matrix with the given eigenvalues: a diagonal one between random reflections. */
    static double[][] symmetric(double[] eigenvalues, Random random) {
        int n = eigenvalues.length;
        var a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = eigenvalues[i];
        }
        for (int pass = 0; pass < 2; pass++) {
            double[] v = random.doubles(n, -1, 1).toArray();
            double square = Vectors.dot(v, v);
            var reflected = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int k = 0; k < n; k++) {
                        for (int l = 0; l < n; l++) {
                            double left = (i == k ? 1 : 0) - 2 * v[i] * v[k] / square;
                            double right = (l == j ? 1 : 0) - 2 * v[l] * v[j] / square;
                            reflected[i][j] += left * a[k][l] * right;
                        }
                    }
                }
            }
            a = reflected;
        }
        return a;
    }
}
