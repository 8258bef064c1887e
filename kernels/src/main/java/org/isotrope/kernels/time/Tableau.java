package org.isotrope.kernels.time;

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
        double[] weights = java.util.Arrays.copyOf(last, 7);
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

    @Override
    public String toString() {
        return name;
    }
}
