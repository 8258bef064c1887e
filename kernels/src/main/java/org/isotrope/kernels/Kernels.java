package org.isotrope.kernels;

import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.Arrays;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointMap;
import org.isotrope.kernels.radial.CellAverages;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.TensorType;

/**
 * Convolutions with kernels that have names, on grids of uniform axes and any cell.
 *
 * <p>Weights are {@code dV K(x_i − x_j)} at physical offsets within a cutoff. Gaussians choose theirs from the part of the
 * kernel that may be lost and are normalised on the grid, so that constants are kept, and derivatives of linear functions
 * exact, whatever the cutoff. Kernels that are singular at r = 0 take their average over the central cell there, which is 0
 * for those without a radial part.
 */
public final class Kernels {
    private static final Boundaries NOTHING = Boundaries.all(Boundary.zero());

    private Kernels() {}

    /** Changes sampled weights as a whole. */
    private interface Normalisation {
        /**
         * Normalises.
         *
         * @param shells offsets of the weights
         * @param weights of each offset, one entry a pair of components
         */
        void apply(Shells shells, double[][] weights);
    }

    /**
     * Convolution with any kernel, {@code y(x_i) = Σ_j dV K(x_i − x_j) f(x_j)}. It commutes with rotations if
     * {@code K(Rr) = D_out(R) K(r) D_in(R)ᵀ}.
     *
     * @param grid all axes uniform
     * @param cutoff physical length beyond which K is 0
     * @param kernel K(r) by rows: component j of the input to component i of the output at {@code i inputs + j}; it may be
     *     singular at r = 0, where its average over the central cell counts
     * @param in type of the input
     * @param out type of the output
     * @param boundaries what lies beyond walls
     * @return in → out
     */
    public static LinearOperator sampled(
            Grid grid, double cutoff, PointMap kernel, FieldType in, FieldType out, Boundaries boundaries) {
        return sampled("sampled kernel", grid, cutoff, kernel, true, in, out, boundaries, (shells, weights) -> {});
    }

    private static LinearOperator sampled(
            String name,
            Grid grid,
            double cutoff,
            PointMap kernel,
            boolean singular,
            FieldType in,
            FieldType out,
            Boundaries boundaries,
            Normalisation normalisation) {
        int d = grid.dimension();
        int inputs = in.components(d);
        int outputs = out.components(d);
        Shells shells = Shells.of(grid, cutoff);
        double[][] weights = new double[shells.size()][inputs * outputs];
        for (int k = 0; k < weights.length; k++) {
            double[] r = shells.vector(k);
            Arrays.setAll(r, i -> -r[i]);
            if (singular && shells.radius(shells.shell(k)) == 0) {
                weights[k] = CellAverages.on(grid, 1).atOrigin(kernel, inputs * outputs);
            } else {
                kernel.at(r, weights[k]);
            }
            for (int w = 0; w < weights[k].length; w++) {
                weights[k][w] *= grid.cellVolume();
                if (!Double.isFinite(weights[k][w])) {
                    throw new IllegalArgumentException("kernel is " + weights[k][w] / grid.cellVolume() + " at "
                            + Arrays.toString(r) + "; it had to be finite");
                }
            }
        }
        normalisation.apply(shells, weights);
        Stencil.Builder stencil = Stencil.builder(d, outputs, inputs);
        for (int k = 0; k < weights.length; k++) {
            for (int w = 0; w < weights[k].length; w++) {
                if (weights[k][w] != 0) {
                    stencil.tap(w / inputs, w % inputs, weights[k][w], shells.offset(k));
                }
            }
        }
        return new StencilOperator(name, stencil.build(), new Space(grid, in), new Space(grid, out), boundaries);
    }

    /**
     * Smoothing by a Gaussian of mass 1, with zeros beyond walls.
     *
     * @param grid all axes uniform
     * @param sigma standard deviation, a physical length
     * @param tolerance mass that may be lost by the cutoff, before the rest is scaled up to 1
     * @return scalar → scalar
     */
    public static LinearOperator gaussian(Grid grid, double sigma, double tolerance) {
        return gaussian(grid, sigma, tolerance, SCALAR, NOTHING);
    }

    /**
     * Smoothing by a Gaussian of mass 1.
     *
     * @param grid all axes uniform
     * @param sigma standard deviation, a physical length
     * @param tolerance mass that may be lost by the cutoff, before the rest is scaled up to 1
     * @param type type of the fields
     * @param boundaries what lies beyond walls
     * @return type → type
     */
    public static LinearOperator gaussian(
            Grid grid, double sigma, double tolerance, FieldType type, Boundaries boundaries) {
        int components = type.components(grid.dimension());
        Radial gaussian = Radial.gaussian(grid.dimension(), sigma);
        PointMap kernel = (r, value) -> {
            for (int c = 0; c < components; c++) {
                value[c * components + c] = gaussian.formula().applyAsDouble(length(r));
            }
        };
        double cutoff = Radial.gaussianCutoff(grid.dimension(), sigma, 0, tolerance);
        return sampled(gaussian.name(), grid, cutoff, kernel, false, type, type, boundaries, (shells, weights) -> {
            double mass = 0;
            for (double[] weight : weights) {
                mass += weight[0];
            }
            scale(weights, 1 / mass);
            // what rounding leaves goes to the centre, which is the largest
            double rest = 1;
            for (int k = 1; k < weights.length; k++) {
                rest -= weights[k][0];
            }
            for (int c = 0; c < components; c++) {
                weights[0][c * components + c] = rest;
            }
        });
    }

    /**
     * Diffusion by the heat kernel {@code (4πDt)^(−d/2) exp(−r²/4Dt)}, a Gaussian of {@code σ² = 2Dt}.
     *
     * @param grid all axes uniform
     * @param diffusivity D, positive
     * @param time t, positive
     * @param tolerance mass that may be lost by the cutoff, before the rest is scaled up to 1
     * @param boundaries what lies beyond walls
     * @return scalar → scalar
     */
    public static LinearOperator heat(
            Grid grid, double diffusivity, double time, double tolerance, Boundaries boundaries) {
        // says what is wrong with either
        Radial.heat(grid.dimension(), diffusivity, time);
        return gaussian(grid, Math.sqrt(2 * diffusivity * time), tolerance, SCALAR, boundaries);
    }

    /**
     * The gradient after smoothing by a Gaussian: convolution with {@code ∇g}.
     *
     * @param grid all axes uniform
     * @param sigma standard deviation, a physical length
     * @param tolerance part of the kernel that may be lost by the cutoff
     * @param boundaries what lies beyond walls
     * @return scalar → vector
     */
    public static LinearOperator gaussianGradient(
            Grid grid, double sigma, double tolerance, Boundaries boundaries) {
        int d = grid.dimension();
        Radial gaussian = Radial.gaussian(d, sigma);
        PointMap kernel = (r, value) -> {
            double g = gaussian.formula().applyAsDouble(length(r)) / (sigma * sigma);
            for (int i = 0; i < d; i++) {
                value[i] = -r[i] * g;
            }
        };
        double cutoff = Radial.gaussianCutoff(d, sigma, 1, tolerance);
        return sampled("∇ " + gaussian.name(), grid, cutoff, kernel, false, SCALAR, VECTOR, boundaries,
                (shells, weights) -> {
                    // one factor for all, the mean over directions of the slope of x_i
                    double slope = 0;
                    for (int k = 0; k < weights.length; k++) {
                        double[] x = shells.vector(k);
                        for (int i = 0; i < d; i++) {
                            slope += weights[k][i] * x[i] / d;
                        }
                    }
                    scale(weights, 1 / slope);
                });
    }

    /**
     * Second derivatives after smoothing by a Gaussian: convolution with {@code ∇∇g}, which joins the harmonics of orders 0
     * and 2.
     *
     * @param grid all axes uniform
     * @param sigma standard deviation, a physical length
     * @param tolerance part of the kernel that may be lost by the cutoff
     * @param boundaries what lies beyond walls
     * @return scalar → symmetric tensor
     */
    public static LinearOperator gaussianHessian(
            Grid grid, double sigma, double tolerance, Boundaries boundaries) {
        int d = grid.dimension();
        Radial gaussian = Radial.gaussian(d, sigma);
        double[][] stored = TensorType.SYMMETRIC.fromFull(d);
        double s2 = sigma * sigma;
        PointMap kernel = (r, value) -> {
            double g = gaussian.formula().applyAsDouble(length(r)) / s2;
            store(stored, value, (i, j) -> (r[i] * r[j] / s2 - (i == j ? 1 : 0)) * g, d);
        };
        double cutoff = Radial.gaussianCutoff(d, sigma, 2, tolerance);
        return sampled("∇∇ " + gaussian.name(), grid, cutoff, kernel, false, SCALAR, TensorType.SYMMETRIC, boundaries,
                (shells, weights) -> {
                    // constants have no second derivative
                    for (int k = 1; k < weights.length; k++) {
                        for (int c = 0; c < weights[k].length; c++) {
                            weights[0][c] = k == 1 ? -weights[k][c] : weights[0][c] - weights[k][c];
                        }
                    }
                });
    }

    /**
     * The Laplacian after smoothing by a Gaussian: convolution with {@code Δg}, the "Mexican hat" but for its sign.
     *
     * @param grid all axes uniform
     * @param sigma standard deviation, a physical length
     * @param tolerance part of the kernel that may be lost by the cutoff
     * @param boundaries what lies beyond walls
     * @return scalar → scalar
     */
    public static LinearOperator gaussianLaplacian(
            Grid grid, double sigma, double tolerance, Boundaries boundaries) {
        int d = grid.dimension();
        Radial gaussian = Radial.gaussian(d, sigma);
        double s2 = sigma * sigma;
        PointMap kernel = (r, value) -> {
            double x = length(r);
            value[0] = (x * x / s2 - d) / s2 * gaussian.formula().applyAsDouble(x);
        };
        double cutoff = Radial.gaussianCutoff(d, sigma, 2, tolerance);
        return sampled("Δ " + gaussian.name(), grid, cutoff, kernel, false, SCALAR, SCALAR, boundaries,
                (shells, weights) -> {
                    for (int k = 1; k < weights.length; k++) {
                        weights[0][0] = k == 1 ? -weights[k][0] : weights[0][0] - weights[k][0];
                    }
                });
    }

    /**
     * The potential of a density of dipole moments, {@code φ = ∫ p(x')·r̂ R(r) dx'} with Gauss's law for R:
     * {@code 1/(4πr²)} in 3D, {@code 1/(2πr)} in 2D.
     *
     * @param grid 2D or 3D, all axes uniform
     * @param cutoff physical length beyond which the kernel is 0
     * @return vector → scalar
     */
    public static LinearOperator dipole(Grid grid, double cutoff) {
        return RadialOperator.of(Shells.of(grid, cutoff),
                Shells.of(grid, cutoff).sample(Radial.gauss(grid.dimension()).within(cutoff)), VECTOR, SCALAR, NOTHING);
    }

    /**
     * The second derivatives of the Coulomb potential of a charge density away from the charge, the kernel of order 2:
     * {@code (3 r̂r̂ᵀ − 1)/(4πr³)} in 3D, {@code (2 r̂r̂ᵀ − 1)/(2πr²)} in 2D. It is the negative gradient of the electric field,
     * and its transpose gives the potential of quadrupole moments.
     *
     * @param grid 2D or 3D, all axes uniform
     * @param cutoff physical length beyond which the kernel is 0
     * @return scalar → traceless symmetric tensor
     */
    public static LinearOperator quadrupole(Grid grid, double cutoff) {
        int d = requireSpace(grid);
        double[][] stored = TensorType.TRACELESS.fromFull(d);
        double sphere = d == 2 ? 2 * Math.PI : 4 * Math.PI;
        PointMap kernel = (r, value) -> {
            double x = length(r);
            if (x > 0) {
                double radial = 1 / (sphere * Math.pow(x, d));
                store(stored, value, (i, j) -> radial * (d * r[i] * r[j] / (x * x) - (i == j ? 1 : 0)), d);
            }
        };
        // the central cell has no preferred direction to first order; its principal value is taken as 0
        return sampled("quadrupole", grid, cutoff, kernel, false, SCALAR, TensorType.TRACELESS, NOTHING,
                (shells, weights) -> {});
    }

    /**
     * The Stokeslet, the velocity of a viscous fluid under a force density: {@code (1 + r̂r̂ᵀ)/(8πμr)} in 3D,
     * {@code (r̂r̂ᵀ − ln r)/(4πμ)} in 2D (C. Pozrikidis, Boundary Integral and Singularity Methods, 1992, sections 2.2 and 2.6).
     *
     * @param grid 2D or 3D, all axes uniform
     * @param viscosity μ, positive
     * @param cutoff physical length beyond which the kernel is 0
     * @return vector → vector
     */
    public static LinearOperator stokeslet(Grid grid, double viscosity, double cutoff) {
        int d = requireSpace(grid);
        if (!(viscosity > 0) || Double.isInfinite(viscosity)) {
            throw new IllegalArgumentException("viscosity is " + viscosity + "; it had to be positive and finite");
        }
        PointMap kernel = (r, value) -> {
            double x = length(r);
            double isotropic = d == 3 ? 1 / (8 * Math.PI * viscosity * x) : -Math.log(x) / (4 * Math.PI * viscosity);
            double along = d == 3 ? isotropic : 1 / (4 * Math.PI * viscosity);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    value[i * d + j] = along * r[i] * r[j] / (x * x) + (i == j ? isotropic : 0);
                }
            }
        };
        return sampled("stokeslet(μ = " + viscosity + ")", grid, cutoff, kernel, true, VECTOR, VECTOR, NOTHING,
                (shells, weights) -> {});
    }

    private static int requireSpace(Grid grid) {
        int d = grid.dimension();
        if (d < 2) {
            throw new IllegalArgumentException("grid has dimension " + d + "; it had to have 2 or 3");
        }
        return d;
    }

    /** Entry {@code (i, j)} of a tensor. */
    private interface Entry {
        double at(int i, int j);
    }

    private static void store(double[][] fromFull, double[] value, Entry entry, int d) {
        for (int c = 0; c < fromFull.length; c++) {
            for (int k = 0; k < d * d; k++) {
                if (fromFull[c][k] != 0) {
                    value[c] = entry.at(k / d, k % d);
                }
            }
        }
    }

    private static void scale(double[][] weights, double factor) {
        for (double[] weight : weights) {
            for (int w = 0; w < weight.length; w++) {
                weight[w] *= factor;
            }
        }
    }

    private static double length(double[] r) {
        double squares = 0;
        for (double x : r) {
            squares += x * x;
        }
        return Math.sqrt(squares);
    }
}
