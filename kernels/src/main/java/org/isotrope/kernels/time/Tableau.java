package org.isotrope.kernels.time;

import java.util.Arrays;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.LinearSteps;
import org.isotrope.kernels.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The coefficients of an explicit Runge–Kutta method: stages {@code k_i = f(t + c_i h, u + h Σ_j<i a_ij k_j)}, step
 * {@code u + h Σ b_i k_i}, and for adaptive methods an error estimate {@code h Σ e_i k_i}.
 */
public final class Tableau {
    private final String name;
    private final int order;
    private final double[] c;
    private final double[][] a;
    private final double[] b;
    private final double @Nullable [] e;

    private Tableau(String name, int order, double[] c, double[][] a, double[] b, double @Nullable [] e) {
        this.name = name;
        this.order = order;
        this.c = c;
        this.a = a;
        this.b = b;
        this.e = e;
    }

    /**
     * Euler's method.
     *
     * @return the tableau of order 1, without error estimate
     */
    public static Tableau euler() {
        return new Tableau("Euler", 1, new double[] {0}, new double[][] {{}}, new double[] {1}, null);
    }

    /**
     * Heun's method, the explicit trapezoidal rule.
     *
     * @return the tableau of order 2, without error estimate
     */
    public static Tableau heun() {
        return new Tableau(
                "Heun", 2, new double[] {0, 1}, new double[][] {{}, {1}}, new double[] {0.5, 0.5}, null);
    }

    /**
     * The optimal strong-stability-preserving method of three stages and order 3: what Euler steps keep (positivity,
     * total variation), it keeps for the same step.
     *
     * <p>Source: C.-W. Shu, S. Osher, J. Comput. Phys. 77 (1988) 439, (2.18).
     *
     * @return the tableau, without error estimate
     */
    public static Tableau ssprk3() {
        return new Tableau(
                "SSPRK3",
                3,
                new double[] {0, 1, 0.5},
                new double[][] {{}, {1}, {0.25, 0.25}},
                new double[] {1.0 / 6, 1.0 / 6, 2.0 / 3},
                null);
    }

    /**
     * Dormand–Prince 5(4): order 5 in seven stages, the seventh being the first of the next step, with an embedded
     * error estimate of order 4.
     *
     * <p>Source: J. Dormand, P. Prince, J. Comput. Appl. Math. 6 (1980) 19, Table 2.
     *
     * @return the tableau
     */
    public static Tableau dormandPrince54() {
        double[] last = {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84};
        return new Tableau(
                "Dormand-Prince 5(4)",
                5,
                new double[] {0, 0.2, 0.3, 0.8, 8.0 / 9, 1, 1},
                new double[][] {
                    {},
                    {0.2},
                    {3.0 / 40, 9.0 / 40},
                    {44.0 / 45, -56.0 / 15, 32.0 / 9},
                    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
                    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
                    last
                },
                Arrays.copyOf(last, 7),
                new double[] {
                    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
                });
    }

    /**
     * The classical method of four stages and order 4.
     *
     * @return the tableau, without error estimate
     */
    public static Tableau rk4() {
        return new Tableau(
                "RK4",
                4,
                new double[] {0, 0.5, 0.5, 1},
                new double[][] {{}, {0.5}, {0, 0.5}, {0, 0, 1}},
                new double[] {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6},
                null);
    }

    /**
     * Tsitouras 5(4): order 5 in seven stages, the seventh being the first of the next step, with an embedded error
     * estimate of order 4.
     *
     * <p>Source: Ch. Tsitouras, Computers &amp; Mathematics with Applications 62 (2011) 770, Table 1.
     *
     * @return the tableau
     */
    public static Tableau tsitouras54() {
        double[] last = {
            0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774
        };
        double[] weights = Arrays.copyOf(last, 7);
        return new Tableau(
                "Tsitouras 5(4)",
                5,
                new double[] {0, 0.161, 0.327, 0.9, 0.9800255409045097, 1, 1},
                new double[][] {
                    {},
                    {0.161},
                    {-0.008480655492356989, 0.335480655492357},
                    {2.8971530571054935, -6.359448489975075, 4.3622954328695815},
                    {5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525},
                    {
                        5.86145544294642,
                        -12.92096931784711,
                        8.159367898576159,
                        -0.071584973281401,
                        -0.028269050394068383
                    },
                    last
                },
                weights,
                new double[] {
                    -0.00178001105222577714,
                    -0.0008164344596567469,
                    0.007880878010261995,
                    -0.1447110071732629,
                    0.5823571654525552,
                    -0.45808210592918697,
                    1.0 / 66
                });
    }

    /**
     * Number of stages.
     *
     * @return evaluations of f a step
     */
    public int stages() {
        return b.length;
    }

    /**
     * Order of accuracy.
     *
     * @return p, with a local error of order p + 1
     */
    public int order() {
        return order;
    }

    /**
     * Where in the step a stage lies.
     *
     * @param i stage
     * @return {@code c_i}
     */
    public double c(int i) {
        return c[i];
    }

    /**
     * How much of an earlier stage enters a later one.
     *
     * @param i stage
     * @param j earlier stage, below i
     * @return {@code a_ij}
     */
    public double a(int i, int j) {
        return a[i][j];
    }

    /**
     * Weight of a stage in the step.
     *
     * @param i stage
     * @return {@code b_i}
     */
    public double b(int i) {
        return b[i];
    }

    /**
     * Whether the method estimates its error.
     *
     * @return true for embedded pairs
     */
    public boolean isAdaptive() {
        return e != null;
    }

    /**
     * Weight of a stage in the error estimate, the step less the embedded one.
     *
     * @param i stage
     * @return {@code e_i}
     * @throws IllegalStateException if the method has none
     */
    public double e(int i) {
        if (e == null) {
            throw new IllegalStateException("method " + name + " has no error estimate; it had to be an embedded pair");
        }
        return e[i];
    }

    /**
     * The polynomial R by which one step multiplies the solution of {@code u' = λ u}, at {@code z = λ h}: {@code R(z) =
     * 1 + Σ_k bᵀ Aᵏ⁻¹ 1 zᵏ}.
     *
     * @return its coefficients, that of the constant first
     */
    public double[] stabilityPolynomial() {
        int s = stages();
        double[] coefficients = new double[s + 1];
        coefficients[0] = 1;
        double[] power = new double[s];
        Arrays.fill(power, 1);
        for (int k = 1; k <= s; k++) {
            double[] next = new double[s];
            for (int i = 0; i < s; i++) {
                coefficients[k] += b[i] * power[i];
                for (int j = 0; j < i; j++) {
                    next[i] += a[i][j] * power[j];
                }
            }
            power = next;
        }
        return coefficients;
    }

    /**
     * Equal steps of this method for {@code u' = A u}, to be applied as one. Where A is a stencil and the fields outgrow the
     * cache, the stages of several steps share each journey through memory. The bits are those of {@link RungeKutta} with
     * a plan of A as its right-hand side.
     *
     * @param rate A, from a space to itself
     * @param h size of a step
     * @param steps at least 1
     * @param precision of the states
     * @param execution how to run
     * @return the plan
     */
    public Plan steps(LinearOperator rate, double h, int steps, Precision precision, Execution execution) {
        return LinearSteps.rungeKutta(rate, a, b, h, steps, precision, execution);
    }

    @Override
    public String toString() {
        return name;
    }
}
