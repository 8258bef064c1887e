package org.isotrope.kernels.tensor;

import java.util.Arrays;

/**
 * Real spherical harmonics of all degrees up to one, in the convention of e3nn: polar axis y, no Condon–Shortley sign,
 * {@code Y₁ = (x, y, z)}.
 *
 * <p>With {@code u = x/|x|}, {@code (z + ix)^m = A_m + iB_m} and associated Legendre functions {@code P} without sign,
 * norm 1 means
 *
 * <pre>{@code
 * Y_{l,0}  = P_l(u_y)
 * Y_{l,±m} = √(2 (l−m)!/(l+m)!) · P_l^m(u_y) / (1−u_y²)^{m/2} · (A_m for +, B_m for −)(u)
 * }</pre>
 *
 * Degree l and index m stand at {@code l² + l + m} ({@link #index}). Harmonics depend on the direction alone, and
 * {@code Y_l(0) = 0} for l &gt; 0; {@linkplain #solid solid} ones are the polynomials {@code |x|^l Y_l}. Values
 * follow from the three-term recursion in l at fixed m, gradients from the exact first-order relations between
 * neighbouring degrees (E. Hobson, The Theory of Spherical and Ellipsoidal Harmonics, 1931), so neither
 * divides by {@code x² + z²}.
 */
public final class SphericalHarmonics {
    /** The largest degree. */
    public static final int MAX_L = 12;

    private final int maxL;
    private final HarmonicNormalization normalization;
    private final boolean solid;
    private final double[] factors;

    private SphericalHarmonics(int maxL, HarmonicNormalization normalization, boolean solid) {
        this.maxL = maxL;
        this.normalization = normalization;
        this.solid = solid;
        this.factors = new double[maxL + 1];
        for (int l = 0; l <= maxL; l++) {
            factors[l] = normalization.factor(Irrep.spherical(l, Parity.ofHarmonic(l)));
        }
    }

    /**
     * Harmonics of norm 1 of the direction.
     *
     * @param maxL the largest degree, 0 to {@value #MAX_L}
     * @return all degrees up to it
     */
    public static SphericalHarmonics upTo(int maxL) {
        requireDegree(maxL);
        return new SphericalHarmonics(maxL, HarmonicNormalization.NORM, false);
    }

    private static void requireDegree(int l) {
        if (l < 0 || l > MAX_L) {
            throw new IllegalArgumentException("l is " + l + "; it had to be 0 to " + MAX_L);
        }
    }

    /**
     * The harmonics of one degree, norm 1.
     *
     * @param l the degree, 0 to {@value #MAX_L}
     * @param x component of a vector of any length
     * @param y component, along the polar axis
     * @param z component
     * @return fresh, {@code m = −l … l}
     */
    public static double[] of(int l, double x, double y, double z) {
        return Arrays.copyOfRange(upTo(l).values(x, y, z), index(l, -l), index(l, l) + 1);
    }

    /**
     * The same harmonics, otherwise normalised.
     *
     * @param other the normalisation
     * @return harmonics of the same degrees
     */
    public SphericalHarmonics normalized(HarmonicNormalization other) {
        return new SphericalHarmonics(maxL, other, solid);
    }

    /**
     * The solid harmonics {@code |x|^l Y_l(x/|x|)}, homogeneous polynomials of degree l.
     *
     * @return harmonics of the same degrees and normalisation
     */
    public SphericalHarmonics solid() {
        return new SphericalHarmonics(maxL, normalization, true);
    }

    /**
     * The largest degree.
     *
     * @return 0 to {@value #MAX_L}
     */
    public int maxL() {
        return maxL;
    }

    /**
     * Number of values.
     *
     * @return {@code (maxL + 1)²}
     */
    public int size() {
        return (maxL + 1) * (maxL + 1);
    }

    /**
     * Where a harmonic stands.
     *
     * @param l the degree
     * @param m {@code −l … l}
     * @return {@code l² + l + m}
     */
    public static int index(int l, int m) {
        return l * l + l + m;
    }

    /**
     * All harmonics at a vector.
     *
     * @param x component
     * @param y component, along the polar axis
     * @param z component
     * @return fresh, {@link #size} values
     */
    public double[] values(double x, double y, double z) {
        double[] values = new double[size()];
        values(x, y, z, values);
        return values;
    }

    /**
     * All harmonics at a vector.
     *
     * @param x component
     * @param y component, along the polar axis
     * @param z component
     * @param values the first {@link #size} elements are overwritten
     */
    public void values(double x, double y, double z, double[] values) {
        requireRoom(values, size(), "values");
        if (solid) {
            polynomials(maxL, x, y, z, values);
        } else {
            double scale = scale(x, y, z);
            if (scale == 0) {
                Arrays.fill(values, 0, size(), 0);
                values[0] = factors[0];
                return;
            }
            double length = length(x / scale, y / scale, z / scale);
            polynomials(maxL, x / scale / length, y / scale / length, z / scale / length, values);
        }
        multiplyByFactors(values, 1);
    }

    /**
     * All gradients at a vector.
     *
     * @param x component
     * @param y component, along the polar axis
     * @param z component
     * @return fresh, {@code 3 size()} values: element {@code 3i + a} is {@code ∂_a} of harmonic i
     */
    public double[] gradients(double x, double y, double z) {
        double[] gradients = new double[3 * size()];
        gradients(x, y, z, gradients);
        return gradients;
    }

    /**
     * All gradients at a vector. For harmonics of the direction they are {@code (∇S(u) − l u S(u))/|x|} with the solid
     * harmonics S, and zero at the origin, where they do not exist.
     *
     * @param x component
     * @param y component, along the polar axis
     * @param z component
     * @param gradients the first {@code 3 size()} elements are overwritten: element {@code 3i + a} is {@code ∂_a} of
     *     harmonic i
     */
    public void gradients(double x, double y, double z, double[] gradients) {
        requireRoom(gradients, 3 * size(), "gradients");
        double[] s = new double[size()];
        if (solid) {
            polynomials(maxL, x, y, z, s);
            polynomialGradients(s, gradients);
        } else {
            double scale = scale(x, y, z);
            if (scale == 0) {
                Arrays.fill(gradients, 0, 3 * size(), 0);
                return;
            }
            double length = length(x / scale, y / scale, z / scale);
            double[] u = {x / scale / length, y / scale / length, z / scale / length};
            polynomials(maxL, u[0], u[1], u[2], s);
            polynomialGradients(s, gradients);
            for (int l = 0; l <= maxL; l++) {
                for (int i = index(l, -l); i <= index(l, l); i++) {
                    for (int a = 0; a < 3; a++) {
                        gradients[3 * i + a] = (gradients[3 * i + a] - l * u[a] * s[i]) / length / scale;
                    }
                }
            }
        }
        multiplyByFactors(gradients, 3);
    }

    private void multiplyByFactors(double[] values, int stride) {
        if (normalization != HarmonicNormalization.NORM) {
            for (int l = 0; l <= maxL; l++) {
                for (int i = stride * index(l, -l); i < stride * (index(l, l) + 1); i++) {
                    values[i] *= factors[l];
                }
            }
        }
    }

    private static void requireRoom(double[] array, int size, String name) {
        if (array.length < size) {
            throw new IllegalArgumentException(
                    name + " has length " + array.length + "; it had to be at least " + size);
        }
    }

    /** A power of two that brings the vector near length 1, so that squares neither overflow nor underflow. */
    private static double scale(double x, double y, double z) {
        double largest = Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z)));
        if (!Double.isFinite(largest)) {
            throw new IllegalArgumentException("vector is (" + x + ", " + y + ", " + z + "); it had to be finite");
        }
        return largest == 0 ? 0 : Math.scalb(1.0, Math.max(Math.getExponent(largest), -1000));
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    /** Solid harmonics of norm 1 by {@code √(l²−m²) S_l = (2l−1) y S_{l−1} − √((l−1)²−m²) r² S_{l−2}} at fixed m. */
    private static void polynomials(int maxL, double x, double y, double z, double[] s) {
        double square = x * x + y * y + z * z;
        double re = 1;
        double im = 0;
        for (int m = 0; m <= maxL; m++) {
            if (m > 0) {
                double c = m == 1 ? 1 : Math.sqrt((2 * m - 1) / (2.0 * m));
                double next = c * (re * z - im * x);
                im = c * (re * x + im * z);
                re = next;
            }
            double before = 0;
            double factor = 1;
            for (int l = m; l <= maxL; l++) {
                if (l > m) {
                    double root = Math.sqrt((l - 1 - m) * (l - 1 + m));
                    double next = ((2 * l - 1) * y * factor - root * square * before) / Math.sqrt((l - m) * (l + m));
                    before = factor;
                    factor = next;
                }
                s[index(l, m)] = factor * re;
                if (m > 0) {
                    s[index(l, -m)] = factor * im;
                }
            }
        }
    }

    /** Gradients of solid harmonics, linear in those one degree below. */
    private void polynomialGradients(double[] s, double[] gradients) {
        Arrays.fill(gradients, 0, 3, 0);
        for (int l = 1; l <= maxL; l++) {
            double down = Math.sqrt(l * (l - 1) / 2.0);
            int zonal = 3 * index(l, 0);
            gradients[zonal] = 0 - down * at(s, l - 1, -1);
            gradients[zonal + 1] = l * at(s, l - 1, 0);
            gradients[zonal + 2] = 0 - down * at(s, l - 1, 1);
            for (int m = 1; m <= l; m++) {
                double axial = Math.sqrt((l - m) * (l + m));
                double a = Math.sqrt((l + m) * (l + m - 1) * (m == 1 ? 2 : 1)) / 2;
                double b = Math.sqrt((l - m) * (l - m - 1)) / 2;
                double sineBelow = m == 1 ? 0 : at(s, l - 1, 1 - m);
                double cosineBelow = at(s, l - 1, m - 1);
                double sineAbove = at(s, l - 1, -m - 1);
                double cosineAbove = at(s, l - 1, m + 1);
                int cosine = 3 * index(l, m);
                gradients[cosine] = 0 - (a * sineBelow + b * sineAbove);
                gradients[cosine + 1] = axial * at(s, l - 1, m);
                gradients[cosine + 2] = a * cosineBelow - b * cosineAbove;
                int sine = 3 * index(l, -m);
                gradients[sine] = a * cosineBelow + b * cosineAbove;
                gradients[sine + 1] = axial * at(s, l - 1, -m);
                gradients[sine + 2] = a * sineBelow - b * sineAbove;
            }
        }
    }

    private static double at(double[] s, int l, int m) {
        return Math.abs(m) > l ? 0 : s[index(l, m)];
    }

    /**
     * What this is.
     *
     * @return degree, normalisation, and whether solid
     */
    @Override
    public String toString() {
        return (solid ? "solid" : "spherical") + " harmonics, l = 0 … " + maxL + ", normalization " + normalization;
    }
}
