package org.isotrope.kernels.radial;

import java.util.function.DoubleUnaryOperator;

/**
 * Radial functions in closed form, to be cut off at a physical length: {@code Radial.coulomb(3).within(1.0)}.
 *
 * @param name the formula, for people
 * @param formula {@code R(r)} for r > 0
 * @param centre the value at r = 0, where the formula may be singular
 */
public record Radial(String name, DoubleUnaryOperator formula, double centre) {
    private static final double TWO_PI = 2 * Math.PI;

    /**
     * The free-space Green's function of −Δ: {@code 1/(4πr)} in 3D, {@code −ln r/(2π)} in 2D; 0 at r = 0. The dimension is
     * that of the formula: the 3D function may be used on a 2D grid.
     *
     * @param dimension 2 or 3
     * @return the function
     */
    public static Radial coulomb(int dimension) {
        return switch (dimension) {
            case 2 -> new Radial("-ln(r)/(2π)", r -> -Math.log(r) / TWO_PI, 0);
            case 3 -> new Radial("1/(4πr)", r -> 1 / (2 * TWO_PI * r), 0);
            default -> throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3");
        };
    }

    /**
     * The radial part of Gauss's law, the field of a unit charge along r̂: {@code 1/(4πr²)} in 3D, {@code 1/(2πr)} in 2D;
     * 0 at r = 0. The dimension is that of the formula: the 3D function may be used on a 2D grid.
     *
     * @param dimension 2 or 3
     * @return the function
     */
    public static Radial gauss(int dimension) {
        return switch (dimension) {
            case 2 -> new Radial("1/(2πr)", r -> 1 / (TWO_PI * r), 0);
            case 3 -> new Radial("1/(4πr²)", r -> 1 / (2 * TWO_PI * r * r), 0);
            default -> throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3");
        };
    }

    /**
     * The Gaussian density of unit mass, {@code (2πσ²)^(−d/2) exp(−r²/2σ²)}.
     *
     * @param dimension d, 1 to 3
     * @param sigma standard deviation along each axis, positive
     * @return the function
     */
    public static Radial gaussian(int dimension, double sigma) {
        if (dimension < 1 || dimension > 3) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 1, 2 or 3");
        }
        requirePositive(sigma, "sigma");
        double peak = Math.pow(TWO_PI * sigma * sigma, -0.5 * dimension);
        return new Radial("gaussian(σ = " + sigma + ")", r -> peak * Math.exp(-r * r / (2 * sigma * sigma)), peak);
    }

    /**
     * Any formula that is finite at r = 0.
     *
     * @param name for people
     * @param formula {@code R(r)}
     * @return the function
     */
    public static Radial of(String name, DoubleUnaryOperator formula) {
        return new Radial(name, formula, formula.applyAsDouble(0));
    }

    /**
     * This function with another value at r = 0.
     *
     * @param value the value there
     * @return the function
     */
    public Radial withCentre(double value) {
        return new Radial(name, formula, value);
    }

    /**
     * This function cut off.
     *
     * @param cutoff physical length, positive and finite
     * @return the function
     */
    public RadialFunction within(double cutoff) {
        requirePositive(cutoff, "cutoff");
        return new Cut(this, cutoff);
    }

    private static void requirePositive(double value, String what) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; it had to be positive and finite");
        }
    }

    private record Cut(Radial radial, double cutoff) implements RadialFunction {
        @Override
        public double value(double r) {
            return r == 0 ? radial.centre : radial.formula.applyAsDouble(r);
        }

        @Override
        public String toString() {
            return radial.name + " within " + cutoff;
        }
    }
}
