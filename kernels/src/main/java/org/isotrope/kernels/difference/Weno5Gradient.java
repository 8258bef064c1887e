package org.isotrope.kernels.difference;

/**
 * The derivative of {@link Weno5#left} in the five averages, and how that derivative changes along a direction.
 *
 * <p>With {@code r_k = ε + β_k}, {@code α_k = γ_k r_k⁻²} and {@code A = Σ α_k} the value is {@code v = Σ α_k q_k / A}, so
 * {@code ∂v = Σ (α_k ∂q_k + (q_k − v) α′_k ∂β_k) / A} with {@code α′_k = −2 γ_k r_k⁻³}. One object serves one thread.
 */
public final class Weno5Gradient {
    private static final double[] GAMMA = Weno5.linearWeights();
    private static final double CURVATURE = 13.0 / 12;
    /** Parabolas, second and first differences, each a linear form in the five averages. */
    private static final double[][] VALUE = {
        {2 / 6.0, -7 / 6.0, 11 / 6.0, 0, 0}, {0, -1 / 6.0, 5 / 6.0, 2 / 6.0, 0}, {0, 0, 2 / 6.0, 5 / 6.0, -1 / 6.0}};
    private static final double[][] SECOND = {{1, -2, 1, 0, 0}, {0, 1, -2, 1, 0}, {0, 0, 1, -2, 1}};
    private static final double[][] FIRST = {{1, -4, 3, 0, 0}, {0, 1, 0, -1, 0}, {0, 0, 3, -4, 1}};

    private final double epsilon;
    private final double[] q = new double[3];
    private final double[] alpha = new double[3];
    private final double[] slope = new double[3];
    private final double[][] indicator = new double[3][5];
    private double total;
    private double value;

    /**
     * For a given regularisation.
     *
     * @param epsilon {@code ε} of {@link Weno5}, positive, in the unit of the data squared
     * @throws IllegalArgumentException if it is not
     */
    public Weno5Gradient(double epsilon) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + "; it had to be positive and finite");
        }
        this.epsilon = epsilon;
    }

    private static double form(double[] coefficients, double[] x, int from) {
        double sum = 0;
        for (int j = 0; j < 5; j++) {
            sum += coefficients[j] * x[from + j];
        }
        return sum;
    }

    /**
     * The derivative.
     *
     * @param x averages, those of cells {@code i − 2 … i + 2} from element {@code from} on
     * @param from first of the five
     * @param gradient to be overwritten by the five derivatives
     */
    public void at(double[] x, int from, double[] gradient) {
        total = 0;
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double second = form(SECOND[k], x, from);
            double first = form(FIRST[k], x, from);
            double r = epsilon + CURVATURE * second * second + 0.25 * first * first;
            q[k] = form(VALUE[k], x, from);
            alpha[k] = GAMMA[k] / (r * r);
            slope[k] = -2 * alpha[k] / r;
            for (int j = 0; j < 5; j++) {
                indicator[k][j] = 2 * CURVATURE * second * SECOND[k][j] + 0.5 * first * FIRST[k][j];
            }
            total += alpha[k];
            sum += alpha[k] * q[k];
        }
        value = sum / total;
        for (int j = 0; j < 5; j++) {
            double entry = 0;
            for (int k = 0; k < 3; k++) {
                entry += alpha[k] * VALUE[k][j] + (q[k] - value) * slope[k] * indicator[k][j];
            }
            gradient[j] = entry / total;
        }
    }

    /**
     * The change of the derivative along a direction, the Hessian times that direction.
     *
     * @param x averages
     * @param direction direction, five elements at the same places
     * @param from first of the five
     * @param gradient to be overwritten by the five derivatives
     * @param change to be overwritten by their changes
     */
    public void along(double[] x, double[] direction, int from, double[] gradient, double[] change) {
        at(x, from, gradient);
        double valueChange = 0;
        for (int j = 0; j < 5; j++) {
            valueChange += gradient[j] * direction[from + j];
            change[j] = 0;
        }
        double totalChange = 0;
        for (int k = 0; k < 3; k++) {
            double second = form(SECOND[k], direction, from);
            double first = form(FIRST[k], direction, from);
            double r = Math.sqrt(GAMMA[k] / alpha[k]);
            double rChange = 0;
            for (int j = 0; j < 5; j++) {
                rChange += indicator[k][j] * direction[from + j];
            }
            double alphaChange = slope[k] * rChange;
            double slopeChange = -3 * slope[k] / r * rChange;
            double qChange = form(VALUE[k], direction, from);
            totalChange += alphaChange;
            for (int j = 0; j < 5; j++) {
                double indicatorChange = 2 * CURVATURE * second * SECOND[k][j] + 0.5 * first * FIRST[k][j];
                change[j] += alphaChange * VALUE[k][j] + (qChange - valueChange) * slope[k] * indicator[k][j]
                        + (q[k] - value) * (slopeChange * indicator[k][j] + slope[k] * indicatorChange);
            }
        }
        for (int j = 0; j < 5; j++) {
            change[j] = (change[j] - totalChange * gradient[j]) / total;
        }
    }
}
