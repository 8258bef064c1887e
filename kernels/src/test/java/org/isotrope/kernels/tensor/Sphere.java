package org.isotrope.kernels.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Points on the sphere and published numbers for the tests of this package. */
final class Sphere {
    /** A node of a quadrature and its weight. */
    record Node(double x, double y, double z, double weight) {}

    private Sphere() {}

    /** Gauss–Legendre in z times trapezoids in the azimuth, exact for polynomials of degree {@code 2n − 1}. */
    static List<Node> quadrature(int n) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double t = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int step = 0; step < 20; step++) {
                double p = legendre(n, t);
                slope = n * (t * p - legendre(n - 1, t)) / (t * t - 1);
                t -= p / slope;
            }
            slope = n * (t * legendre(n, t) - legendre(n - 1, t)) / (t * t - 1);
            double weight = 2 / ((1 - t * t) * slope * slope) * Math.PI / n;
            for (int j = 0; j < 2 * n; j++) {
                double phi = Math.PI * (j + 0.3) / n;
                double s = Math.sqrt(1 - t * t);
                nodes.add(new Node(s * Math.cos(phi), s * Math.sin(phi), t, weight));
            }
        }
        return nodes;
    }

    static double legendre(int l, double t) {
        double before = 0;
        double value = 1;
        for (int k = 1; k <= l; k++) {
            double next = ((2 * k - 1) * t * value - (k - 1) * before) / k;
            before = value;
            value = next;
        }
        return value;
    }

    /** A point anywhere but near the origin, not of length 1. */
    static double[] point(Random random) {
        return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian() + 0.1};
    }

    /** The numbers of a file beside this class, line by line, without comments. */
    static List<double[]> table(String name) {
        try (InputStream in = Objects.requireNonNull(Sphere.class.getResourceAsStream(name))) {
            List<double[]> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] words = line.strip().split(" ");
                    double[] row = new double[words.length];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = Double.parseDouble(words[i]);
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    static double[][] transpose(double[][] a) {
        double[][] transpose = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                transpose[j][i] = a[i][j];
            }
        }
        return transpose;
    }

    static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    static double distance(double[][] a, double[][] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, distance(a[i], b[i]));
        }
        return largest;
    }

    static double distance(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new AssertionError("lengths " + a.length + " and " + b.length);
        }
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs(a[i] - b[i]);
            // a NaN must not pass for small
            largest = difference <= largest ? largest : difference;
        }
        return largest;
    }
}
