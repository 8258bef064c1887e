package org.isotrope.kernels.radial;

import java.util.function.DoubleUnaryOperator;
import org.isotrope.grids.Grid;

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
     * The heat kernel {@code (4πDt)^(−d/2) exp(−r²/4Dt)}: a Gaussian with {@code σ² = 2Dt}.
     *
     * @param dimension d, 1 to 3
     * @param diffusivity D, positive
     * @param time t, positive
     * @return the function
     */
    public static Radial heat(int dimension, double diffusivity, double time) {
        requirePositive(diffusivity, "diffusivity");
        requirePositive(time, "time");
        Radial gaussian = gaussian(dimension, Math.sqrt(2 * diffusivity * time));
        return new Radial("heat(D = " + diffusivity + ", t = " + time + ")", gaussian.formula, gaussian.centre);
    }

    /**
     * The radial part of a steerable derivative of a Gaussian: with the harmonics of order l,
     * {@code (−r/σ²)^l (2πσ²)^(−d/2) exp(−r²/2σ²)} is the part of the l-th derivative of the Gaussian that turns like
     * them; all of the gradient for l = 1.
     *
     * @param dimension d, 1 to 3
     * @param sigma standard deviation along each axis, positive
     * @param l order, at least 0
     * @return the function
     */
    public static Radial gaussianDerivative(int dimension, double sigma, int l) {
        if (l < 0) {
            throw new IllegalArgumentException("l is " + l + "; it had to be at least 0");
        }
        DoubleUnaryOperator gaussian = gaussian(dimension, sigma).formula;
        return of("(−r/σ²)^" + l + " gaussian(σ = " + sigma + ")",
                r -> Math.pow(-r / (sigma * sigma), l) * gaussian.applyAsDouble(r));
    }

    /**
     * The cutoff beyond which a Gaussian, or its derivative of order l, has lost no more than a part of what
     * {@code ∫ |r|^l exp(−r²/2σ²) dV} is.
     *
     * @param dimension d, 1 to 3
     * @param sigma standard deviation along each axis, positive
     * @param l order of the derivative, at least 0
     * @param tolerance the part that may be lost, above 0 and below 1
     * @return the smallest such radius
     */
    public static double gaussianCutoff(int dimension, double sigma, int l, double tolerance) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it had to be above 0 and below 1");
        }
        // checks the rest
        gaussianDerivative(dimension, sigma, l);
        double inside = 0;
        double outside = 1;
        while (GammaTail.ofHalves(dimension + l, outside * outside / 2) > tolerance) {
            outside *= 2;
        }
        for (int halving = 0; halving < 60; halving++) {
            double middle = (inside + outside) / 2;
            if (GammaTail.ofHalves(dimension + l, middle * middle / 2) > tolerance) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside * sigma;
    }

    /**
     * The screened potential, Green's function of {@code κ² − Δ}: {@code e^(−κr)/(4πr)} in 3D, {@code K₀(κr)/(2π)} in
     * 2D; 0 at r = 0.
     *
     * @param dimension 2 or 3
     * @param kappa κ, inverse screening length, positive
     * @return the function
     */
    public static Radial yukawa(int dimension, double kappa) {
        requirePositive(kappa, "kappa");
        return switch (dimension) {
            case 2 -> new Radial("K₀(" + kappa + "r)/(2π)", r -> ModifiedBessel.k0(kappa * r) / TWO_PI, 0);
            case 3 -> new Radial("exp(-" + kappa + "r)/(4πr)", r -> Math.exp(-kappa * r) / (2 * TWO_PI * r), 0);
            default -> throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3");
        };
    }

    /**
     * Gauss's law of the screened potential, its negative derivative: {@code (1 + κr) e^(−κr)/(4πr²)} in 3D,
     * {@code κ K₁(κr)/(2π)} in 2D; 0 at r = 0.
     *
     * @param dimension 2 or 3
     * @param kappa κ, inverse screening length, positive
     * @return the function
     */
    public static Radial screenedGauss(int dimension, double kappa) {
        requirePositive(kappa, "kappa");
        return switch (dimension) {
            case 2 -> new Radial(kappa + "K₁(" + kappa + "r)/(2π)",
                    r -> kappa * ModifiedBessel.k1(kappa * r) / TWO_PI, 0);
            case 3 -> new Radial("(1 + " + kappa + "r)exp(-" + kappa + "r)/(4πr²)",
                    r -> (1 + kappa * r) * Math.exp(-kappa * r) / (2 * TWO_PI * r * r), 0);
            default -> throw new IllegalArgumentException("dimension is " + dimension + "; it had to be 2 or 3");
        };
    }

    /**
     * A function through the points of a table, by the cubic spline that has two continuous derivatives and reproduces
     * cubics. Beyond the last radius it is NaN, which operators refuse.
     *
     * @param radii at least 4, strictly increasing from 0, or from above 0 with the first value kept down to 0
     * @param values one finite value a radius
     * @return the function
     */
    public static Radial spline(double[] radii, double[] values) {
        requireTable(radii, values);
        return table("spline", Table.spline(radii.clone(), values.clone()));
    }

    /**
     * A function through the points of a table that is monotone wherever the table is, with one continuous derivative.
     * Beyond the last radius it is NaN, which operators refuse.
     *
     * @param radii at least 4, strictly increasing from 0, or from above 0 with the first value kept down to 0
     * @param values one finite value a radius
     * @return the function
     */
    public static Radial monotone(double[] radii, double[] values) {
        requireTable(radii, values);
        return table("monotone spline", Table.monotone(radii.clone(), values.clone()));
    }

    private static Radial table(String kind, Table table) {
        double first = table.r()[0];
        return of(kind + " through " + table.r().length + " points",
                r -> table.applyAsDouble(Math.max(r, first)));
    }

    private static void requireTable(double[] radii, double[] values) {
        if (radii.length < 4 || values.length != radii.length) {
            throw new IllegalArgumentException("table has " + radii.length + " radii and " + values.length
                    + " values; it had to have as many of either, at least 4");
        }
        for (int i = 0; i < radii.length; i++) {
            if (!(radii[i] >= 0 && radii[i] < Double.POSITIVE_INFINITY) || i > 0 && !(radii[i] > radii[i - 1])) {
                throw new IllegalArgumentException("radius " + i + " is " + radii[i]
                        + "; it had to be finite, not negative, and larger than the one before");
            }
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i] + "; it had to be finite");
            }
        }
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
     * This function with its average over the central cell as the value at r = 0: for singular functions the choice that
     * keeps the total of the kernel.
     *
     * @param grid all axes uniform
     * @return the function
     */
    public Radial averagedAtCentre(Grid grid) {
        return withCentre(CellAverages.on(grid, 1).atOrigin(this));
    }

    /**
     * This function, a Green's function of {@code κ² − Δ}, with the value at r = 0 for which the discrete operator of
     * second-order differences gives at the central node what a unit charge there is, {@code 1/dV}.
     *
     * @param grid all axes uniform
     * @param kappa κ, 0 for Coulomb
     * @return the function
     */
    public Radial latticeConsistent(Grid grid, double kappa) {
        if (!(kappa >= 0) || Double.isInfinite(kappa)) {
            throw new IllegalArgumentException("kappa is " + kappa + "; it had to be finite and not negative");
        }
        int d = grid.dimension();
        double volume = grid.cellVolume();
        double[][] inverse = grid.inverseCell();
        double centreWeight = kappa * kappa;
        double others = 1 / volume;
        for (int a = 0; a < d; a++) {
            for (int b = a; b < d; b++) {
                double metric = 0;
                for (int i = 0; i < d; i++) {
                    metric += inverse[a][i] * inverse[b][i];
                }
                double scaled = metric / (grid.axis(a).spacing() * grid.axis(b).spacing());
                if (a == b) {
                    centreWeight += 2 * scaled;
                    others += 2 * scaled * at(grid, a, 1, b, 0);
                } else if (scaled != 0) {
                    // 2 g^ab ∂_a ∂_b by four corners; opposite ones are at the same distance
                    others += scaled * (at(grid, a, 1, b, 1) - at(grid, a, 1, b, -1));
                }
            }
        }
        return withCentre(others / centreWeight);
    }

    private double at(Grid grid, int a, int stepsA, int b, int stepsB) {
        double[] xi = new double[grid.dimension()];
        xi[a] += stepsA * grid.axis(a).spacing();
        xi[b] += stepsB * grid.axis(b).spacing();
        double squares = 0;
        for (double x : grid.toSpace(xi)) {
            squares += x * x;
        }
        return formula.applyAsDouble(Math.sqrt(squares));
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
