package org.isotrope.kernels.difference;

/**
 * Weighted essentially non-oscillatory reconstruction of fifth order from five cell averages.
 *
 * <p>From the averages {@code a, b, c, d, e} of cells {@code i − 2 … i + 2}, {@link #left} gives the value at the face
 * {@code i + ½}, biased to the left as a positive velocity wants; {@link #right} gives the mirror image. Three
 * parabolas
 *
 * <p>{@code q₀ = (2a − 7b + 11c)/6, q₁ = (−b + 5c + 2d)/6, q₂ = (2c + 5d − e)/6}
 *
 * <p>are mixed with weights {@code ω_k = α_k / Σα}, {@code α_k = γ_k / (ε + β_k)²}, {@code γ = (1/10, 6/10, 3/10)}
 * and the smoothness indicators
 *
 * <p>{@code β₀ = 13/12 (a − 2b + c)² + ¼ (a − 4b + 3c)²},
 * {@code β₁ = 13/12 (b − 2c + d)² + ¼ (b − d)²},
 * {@code β₂ = 13/12 (c − 2d + e)² + ¼ (3c − 4d + e)²}.
 *
 * <p>Where the data are smooth the weights tend to {@code γ} and the result to {@link #linear}, the upwind-biased value
 * of order 5; across a jump the parabolas that cross it get weights near 0. A derivative of a flux is
 * {@code (f̂_{i+½} − f̂_{i−½})/h}. {@code ε} keeps the division finite; it has the unit of the data squared, so data
 * far from order 1 want their own.
 *
 * @see <a href="https://doi.org/10.1006/jcph.1996.0130">G.-S. Jiang, C.-W. Shu, Efficient implementation of weighted
 *     ENO schemes, J. Comput. Phys. 126 (1996) 202</a>
 */
public final class Weno5 {
    /** The {@code ε} of Jiang and Shu. */
    public static final double EPSILON = 1e-6;

    private Weno5() {
    }

    /**
     * The value at face {@code i + ½} seen from the left.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @param epsilon {@code ε}, positive; not checked
     * @return the value, in the unit of the data
     */
    public static double left(double a, double b, double c, double d, double e, double epsilon) {
        double w0 = unnormalised(0.1, lowSmoothness(a, b, c), epsilon);
        double w1 = unnormalised(0.6, middleSmoothness(b, c, d), epsilon);
        double w2 = unnormalised(0.3, lowSmoothness(e, d, c), epsilon);
        double sum = w0 * lowParabola(a, b, c) + w1 * middleParabola(b, c, d) + w2 * highParabola(c, d, e);
        return sum / (w0 + w1 + w2);
    }

    /**
     * The value at face {@code i + ½} seen from the left, with {@code ε} = {@link #EPSILON}.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @return the value, in the unit of the data
     */
    public static double left(double a, double b, double c, double d, double e) {
        return left(a, b, c, d, e, EPSILON);
    }

    /**
     * The value at face {@code i − ½} seen from the right, as a negative velocity wants: the mirror image of
     * {@link #left(double, double, double, double, double, double)}.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @param epsilon {@code ε}, positive; not checked
     * @return the value, in the unit of the data
     */
    public static double right(double a, double b, double c, double d, double e, double epsilon) {
        return left(e, d, c, b, a, epsilon);
    }

    /**
     * The value at face {@code i − ½} seen from the right, with {@code ε} = {@link #EPSILON}.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @return the value, in the unit of the data
     */
    public static double right(double a, double b, double c, double d, double e) {
        return left(e, d, c, b, a, EPSILON);
    }

    /**
     * The value at face {@code i + ½} with the linear weights {@code γ}:
     * {@code (2a − 13b + 47c + 27d − 3e)/60}, of order 5 on smooth data.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @return the value, in the unit of the data
     */
    public static double linear(double a, double b, double c, double d, double e) {
        return (2 * a - 13 * b + 47 * c + 27 * d - 3 * e) / 60;
    }

    /**
     * The values {@code q₀, q₁, q₂} of the three parabolas at face {@code i + ½}.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @return a fresh array of 3
     */
    public static double[] candidates(double a, double b, double c, double d, double e) {
        return new double[] {lowParabola(a, b, c), middleParabola(b, c, d), highParabola(c, d, e)};
    }

    /**
     * The smoothness indicators {@code β₀, β₁, β₂}.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @return a fresh array of 3, not negative
     */
    public static double[] smoothness(double a, double b, double c, double d, double e) {
        return new double[] {lowSmoothness(a, b, c), middleSmoothness(b, c, d), lowSmoothness(e, d, c)};
    }

    /**
     * The nonlinear weights {@code ω₀, ω₁, ω₂} of {@link #left(double, double, double, double, double, double)}.
     *
     * @param a average of cell {@code i − 2}
     * @param b average of cell {@code i − 1}
     * @param c average of cell {@code i}
     * @param d average of cell {@code i + 1}
     * @param e average of cell {@code i + 2}
     * @param epsilon {@code ε}, positive; not checked
     * @return a fresh array of 3 positive weights that sum to 1
     */
    public static double[] weights(double a, double b, double c, double d, double e, double epsilon) {
        double w0 = unnormalised(0.1, lowSmoothness(a, b, c), epsilon);
        double w1 = unnormalised(0.6, middleSmoothness(b, c, d), epsilon);
        double w2 = unnormalised(0.3, lowSmoothness(e, d, c), epsilon);
        double sum = w0 + w1 + w2;
        return new double[] {w0 / sum, w1 / sum, w2 / sum};
    }

    /**
     * The linear weights {@code γ}.
     *
     * @return a fresh array, {@code (1/10, 6/10, 3/10)}
     */
    public static double[] linearWeights() {
        return new double[] {0.1, 0.6, 0.3};
    }

    private static double lowParabola(double a, double b, double c) {
        return (2 * a - 7 * b + 11 * c) / 6;
    }

    private static double middleParabola(double b, double c, double d) {
        return (5 * c - b + 2 * d) / 6;
    }

    private static double highParabola(double c, double d, double e) {
        return (2 * c + 5 * d - e) / 6;
    }

    /** {@code β₀}; with the arguments mirrored also {@code β₂}. */
    private static double lowSmoothness(double a, double b, double c) {
        double second = a - 2 * b + c;
        double first = a - 4 * b + 3 * c;
        return 13.0 / 12 * second * second + 0.25 * first * first;
    }

    private static double middleSmoothness(double b, double c, double d) {
        double second = b - 2 * c + d;
        double first = b - d;
        return 13.0 / 12 * second * second + 0.25 * first * first;
    }

    private static double unnormalised(double linear, double smoothness, double epsilon) {
        double scale = epsilon + smoothness;
        return linear / (scale * scale);
    }
}
