package org.isotrope.autodiff.optimise;

/**
 * An evaluated point of a line search.
 *
 * @param step how far along the direction, in multiples of it
 * @param value the objective; positive infinity where it is undefined
 * @param slope the derivative of the objective with respect to {@code step}
 * @param x the parameters
 * @param gradient the gradient
 */
record Trial(double step, double value, double slope, double[] x, double[] gradient) {

    boolean isFinite() {
        return value != Double.POSITIVE_INFINITY;
    }

    /**
     * Whether a step lowers the objective enough: {@code f₁ <= f₀ + c₁ s·g₀} with the step {@code s} (Armijo).
     * Where the two values agree to rounding, their difference says nothing, and the equivalent statement about
     * slopes of a quadratic, {@code s·g₁ <= (2c₁ - 1) s·g₀}, stands in (W. W. Hager, H. Zhang, SIAM J. Optim. 16 (2005)
     * 170, eq. 4.1).
     */
    static boolean decreasesEnough(double value0, double value1, double slope0, double slope1, double c1) {
        if (value1 <= value0 + c1 * slope0) {
            return true;
        }
        return Math.abs(value1 - value0) <= ROUNDING * Math.abs(value0) && slope1 <= (2 * c1 - 1) * slope0;
    }

    /** Ten units of rounding: what adding up a moderate number of terms costs. */
    static final double ROUNDING = 10 * Math.ulp(1.0);
}
