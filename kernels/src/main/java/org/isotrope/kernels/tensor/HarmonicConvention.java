package org.isotrope.kernels.tensor;

/**
 * Conventions for real harmonics of degree l, all of norm 1 and with indices {@code m = −l … l}, positive for cosines
 * and negative for sines of the azimuth.
 *
 * <p>A conversion keeps the function: from the values of one set of harmonics at some vector it makes those of
 * another at the same vector. Its matrix is orthogonal, so that coefficients of an expansion convert alike.
 * Normalisation is apart from this; see {@link HarmonicNormalization}. For complex harmonics see
 * {@link ComplexHarmonics}.
 */
public enum HarmonicConvention {
    /** That of this library and of e3nn: polar axis y, azimuth from z to x, {@code Y₁ = (x, y, z)}. */
    E3NN,
    /** As in chemistry: polar axis z, azimuth from x to y, no Condon–Shortley sign, {@code Y₁ = (y, z, x)}. */
    Z_POLAR,
    /** Polar axis z with the Condon–Shortley sign {@code (−1)^m}, {@code Y₁ = (−y, z, −x)}. */
    Z_POLAR_CONDON_SHORTLEY;

    /** The map (x, y, z) ↦ (y, z, x), under which e3nn's harmonics become those with polar axis z. */
    private static final double[][] AXES = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};

    /**
     * The matrix M from e3nn's harmonics to these, {@code Y_this(x) = M Y_e3nn(x)}.
     *
     * @param l the degree, 0 to {@value SphericalIrrep#MAX_L}
     * @return fresh, orthogonal, by rows
     */
    public double[][] fromE3nn(int l) {
        double[][] matrix = WignerD.upTo(l, AXES).get(l);
        for (int row = 0; row <= 2 * l; row++) {
            if (this == E3NN) {
                matrix[row] = new double[2 * l + 1];
                matrix[row][row] = 1;
            } else if (this == Z_POLAR_CONDON_SHORTLEY && (row - l & 1) != 0) {
                for (int column = 0; column <= 2 * l; column++) {
                    matrix[row][column] = 0 - matrix[row][column];
                }
            }
        }
        return matrix;
    }

    /**
     * Converts values or coefficients of e3nn's harmonics to these.
     *
     * @param e3nn {@code 2l + 1} numbers
     * @return the numbers of this convention, fresh
     */
    public double[] fromE3nn(double[] e3nn) {
        double[][] matrix = fromE3nn(degree(e3nn.length, "e3nn"));
        double[] result = new double[e3nn.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                result[row] = Math.fma(matrix[row][column], e3nn[column], result[row]);
            }
        }
        return result;
    }

    /**
     * Converts values or coefficients of these harmonics to e3nn's.
     *
     * @param values {@code 2l + 1} numbers of this convention
     * @return the numbers of e3nn's, fresh
     */
    public double[] toE3nn(double[] values) {
        double[][] matrix = fromE3nn(degree(values.length, "values"));
        double[] result = new double[values.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                result[column] = Math.fma(matrix[row][column], values[row], result[column]);
            }
        }
        return result;
    }

    static int degree(int length, String name) {
        if ((length & 1) == 0) {
            throw new IllegalArgumentException(name + " has length " + length + "; it had to be 2l + 1");
        }
        return length / 2;
    }
}
