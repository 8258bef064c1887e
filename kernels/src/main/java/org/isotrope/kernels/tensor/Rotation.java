package org.isotrope.kernels.tensor;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A rotation of 3D space, kept as its matrix. */
public final class Rotation {
    private static final Rotation IDENTITY = new Rotation(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});

    private final double[][] matrix;

    private Rotation(double[][] matrix) {
        this.matrix = matrix;
    }

    /**
     * No rotation.
     *
     * @return the identity
     */
    public static Rotation identity() {
        return IDENTITY;
    }

    /**
     * The rotation of a matrix, which is kept to the bit.
     *
     * @param matrix 3 × 3 by rows, orthogonal to 1e-8, determinant +1
     * @return {@code x ↦ matrix x}
     */
    public static Rotation ofMatrix(double[][] matrix) {
        Orthogonal.require(matrix, 3, "matrix");
        if (!Orthogonal.isProper(matrix)) {
            throw new IllegalArgumentException("matrix has determinant " + Orthogonal.determinant(matrix)
                    + "; it had to be +1 (reflections act through Irrep.representation)");
        }
        return new Rotation(copy(matrix));
    }

    /**
     * The rotation {@code x ↦ q x q̄ / |q|²}.
     *
     * @param w real part
     * @param x first imaginary part
     * @param y second imaginary part
     * @param z third imaginary part; not all four may be zero
     * @return the rotation, the same for {@code −q}
     */
    public static Rotation ofQuaternion(double w, double x, double y, double z) {
        double scale = Math.max(Math.max(Math.abs(w), Math.abs(x)), Math.max(Math.abs(y), Math.abs(z)));
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new IllegalArgumentException("quaternion is (" + w + ", " + x + ", " + y + ", " + z
                    + "); it had to be finite and not zero");
        }
        double a = w / scale;
        double b = x / scale;
        double c = y / scale;
        double d = z / scale;
        double s = 2 / (a * a + b * b + c * c + d * d);
        return new Rotation(new double[][] {
            {1 - s * (c * c + d * d), s * (b * c - a * d), s * (b * d + a * c)},
            {s * (b * c + a * d), 1 - s * (b * b + d * d), s * (c * d - a * b)},
            {s * (b * d - a * c), s * (c * d + a * b), 1 - s * (b * b + c * c)}
        });
    }

    /**
     * The rotation about an axis.
     *
     * @param x axis, of any length but zero
     * @param y axis
     * @param z axis
     * @param angle in radians, by the right-hand rule
     * @return the rotation
     */
    public static Rotation about(double x, double y, double z, double angle) {
        double length = Math.hypot(Math.hypot(x, y), z);
        if (!(length > 0 && Double.isFinite(length))) {
            throw new IllegalArgumentException("axis is (" + x + ", " + y + ", " + z
                    + "); it had to be finite and not zero");
        }
        if (!Double.isFinite(angle)) {
            throw new IllegalArgumentException("angle is " + angle + "; it had to be finite");
        }
        double s = Math.sin(angle / 2) / length;
        return ofQuaternion(Math.cos(angle / 2), s * x, s * y, s * z);
    }

    /**
     * The product of three rotations about coordinate axes, {@code R_i(α) R_j(β) R_k(γ)}: the last acts first. e3nn's
     * angles are {@code "yxy"}, those of quantum mechanics {@code "zyz"}.
     *
     * @param axes three letters x, y or z
     * @param alpha angle about the first axis, applied third, in radians
     * @param beta angle about the second axis
     * @param gamma angle about the third axis, applied first
     * @return the rotation
     */
    public static Rotation euler(String axes, double alpha, double beta, double gamma) {
        if (!axes.matches("[xyz]{3}")) {
            throw new IllegalArgumentException("axes is \"" + axes + "\"; it had to be three letters x, y or z");
        }
        return about(axes.charAt(0), alpha)
                .times(about(axes.charAt(1), beta))
                .times(about(axes.charAt(2), gamma));
    }

    private static Rotation about(char axis, double angle) {
        return about(axis == 'x' ? 1 : 0, axis == 'y' ? 1 : 0, axis == 'z' ? 1 : 0, angle);
    }

    /**
     * A random rotation, uniform on SO(3): the direction of a normal random quaternion.
     *
     * @param random source of normal random numbers
     * @return the rotation
     */
    public static Rotation random(RandomGenerator random) {
        return ofQuaternion(
                random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    /**
     * The same uniformly random rotation for the same seed, everywhere.
     *
     * @param seed any number
     * @return the rotation
     */
    public static Rotation random(long seed) {
        return random(new Random(seed));
    }

    /**
     * This after another: {@code (this · first)(x) = this(first(x))}.
     *
     * @param first the rotation that acts first
     * @return the product
     */
    public Rotation times(Rotation first) {
        double[][] product = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    product[i][j] += matrix[i][k] * first.matrix[k][j];
                }
            }
        }
        return new Rotation(product);
    }

    /**
     * The rotation back.
     *
     * @return the transpose
     */
    public Rotation inverse() {
        double[][] transpose = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                transpose[i][j] = matrix[j][i];
            }
        }
        return new Rotation(transpose);
    }

    /**
     * Rotates a vector.
     *
     * @param x component
     * @param y component
     * @param z component
     * @return its image, fresh
     */
    public double[] apply(double x, double y, double z) {
        double[] image = new double[3];
        for (int i = 0; i < 3; i++) {
            image[i] = matrix[i][0] * x + matrix[i][1] * y + matrix[i][2] * z;
        }
        return image;
    }

    /**
     * The matrix.
     *
     * @return fresh, 3 × 3 by rows
     */
    public double[][] matrix() {
        return copy(matrix);
    }

    /**
     * The unit quaternion with a real part that is not negative, from the largest of its components (S. Shepperd, J.
     * Guidance and Control 1 (1978) 223).
     *
     * @return fresh, (w, x, y, z)
     */
    public double[] quaternion() {
        double[][] r = matrix;
        double[] squares = {
            1 + r[0][0] + r[1][1] + r[2][2],
            1 + r[0][0] - r[1][1] - r[2][2],
            1 - r[0][0] + r[1][1] - r[2][2],
            1 - r[0][0] - r[1][1] + r[2][2]
        };
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double[] products = switch (largest) {
            case 0 -> new double[] {squares[0], r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]};
            case 1 -> new double[] {r[2][1] - r[1][2], squares[1], r[0][1] + r[1][0], r[0][2] + r[2][0]};
            case 2 -> new double[] {r[0][2] - r[2][0], r[0][1] + r[1][0], squares[2], r[1][2] + r[2][1]};
            default -> new double[] {r[1][0] - r[0][1], r[0][2] + r[2][0], r[1][2] + r[2][1], squares[3]};
        };
        double scale = (products[0] < 0 ? -1 : 1) / (2 * Math.sqrt(squares[largest]));
        for (int i = 0; i < 4; i++) {
            products[i] *= scale;
        }
        return products;
    }

    /**
     * The angle of the turn about its axis.
     *
     * @return 0 to π
     */
    public double angle() {
        double[] q = quaternion();
        return 2 * Math.atan2(Math.hypot(Math.hypot(q[1], q[2]), q[3]), q[0]);
    }

    /**
     * The unit axis about which this turns by {@link #angle}.
     *
     * @return fresh; (0, 1, 0) for the identity, and one of two opposite axes for half a turn
     */
    public double[] axis() {
        double[] q = quaternion();
        double length = Math.hypot(Math.hypot(q[1], q[2]), q[3]);
        return length == 0 ? new double[] {0, 1, 0} : new double[] {q[1] / length, q[2] / length, q[3] / length};
    }

    private static double[][] copy(double[][] matrix) {
        return new double[][] {matrix[0].clone(), matrix[1].clone(), matrix[2].clone()};
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rotation that && Arrays.deepEquals(matrix, that.matrix);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(matrix);
    }

    /**
     * The matrix on one line.
     *
     * @return its rows
     */
    @Override
    public String toString() {
        return Arrays.deepToString(matrix);
    }
}
