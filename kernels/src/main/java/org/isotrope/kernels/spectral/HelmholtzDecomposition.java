package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/**
 * The decomposition of vector fields on periodic grids, {@code v = ∇φ + w}, into a gradient and a part without
 * divergence, orthogonal to each other; sheared cells included.
 *
 * <p>Derivatives are either those of the trigonometric interpolant or centred differences: the part without divergence
 * is then without the divergence of {@code Operators.divergence(grid)}, or {@code Differential} of higher accuracy, to
 * rounding. The mean, and what else has no derivatives on the grid (oscillations at the Nyquist index along some axes
 * and none along the others), counts as without divergence.
 *
 * <p>Source: A. Chorin, J. Marsden, A Mathematical Introduction to Fluid Mechanics, 3rd ed. (1993), section 1.3.
 *
 * <p>Immutable.
 */
public final class HelmholtzDecomposition {
    /** An entry of the matrix of factors from the wave vector of the derivatives, none of them 0 altogether. */
    @FunctionalInterface
    private interface Factor {
        double at(double[] k, double squares);
    }

    private final Grid grid;
    private final int d;
    private final int accuracy;
    private final int[] spectrum;
    private final double[][] derivatives;

    private HelmholtzDecomposition(Grid grid, int accuracy) {
        KernelTables.requireUniform(grid);
        this.grid = grid;
        this.accuracy = accuracy;
        d = grid.dimension();
        spectrum = grid.shape();
        spectrum[d - 1] = spectrum[d - 1] / 2 + 1;
        derivatives = new double[d][];
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isPeriodic()) {
                throw new IllegalArgumentException("axis " + a + " is " + axis
                        + "; it had to be periodic for a Helmholtz decomposition");
            }
            Symbols symbols = Symbols.of(axis.spacing(), accuracy);
            derivatives[a] = new double[axis.size()];
            for (int k = 0; k < axis.size(); k++) {
                derivatives[a][k] = symbols.first(Eigenvalues.periodicPhase(k, axis.size()));
            }
        }
    }

    /**
     * The decomposition under derivatives of the trigonometric interpolant.
     *
     * @param grid all axes uniform and periodic
     * @return the decomposition
     * @throws IllegalArgumentException if an axis is nonuniform or has walls
     */
    public static HelmholtzDecomposition spectral(Grid grid) {
        return new HelmholtzDecomposition(grid, Symbols.SPECTRAL);
    }

    /**
     * The decomposition under centred second-order differences.
     *
     * @param grid all axes uniform and periodic
     * @return the decomposition
     * @throws IllegalArgumentException if an axis is nonuniform or has walls
     */
    public static HelmholtzDecomposition discrete(Grid grid) {
        return discrete(grid, 2);
    }

    /**
     * The decomposition under centred differences.
     *
     * @param grid all axes uniform and periodic
     * @param accuracy their order, even, from 2 to 16
     * @return the decomposition
     * @throws IllegalArgumentException if an axis is nonuniform or has walls, or there are no such differences
     */
    public static HelmholtzDecomposition discrete(Grid grid, int accuracy) {
        if (accuracy < 2 || accuracy > 16 || accuracy % 2 != 0) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be even, from 2 to 16");
        }
        return new HelmholtzDecomposition(grid, accuracy);
    }

    /**
     * The Leray projection {@code w = v − ∇φ} onto fields without divergence; self-adjoint and idempotent.
     *
     * @return vector → vector
     */
    public LinearOperator leray() {
        return projection("Leray projection", true);
    }

    /**
     * The projection onto gradients, {@code ∇φ}; self-adjoint and idempotent.
     *
     * @return vector → vector
     */
    public LinearOperator gradientPart() {
        return projection("projection onto gradients", false);
    }

    private LinearOperator projection(String name, boolean complement) {
        int[][] entries = new int[d][d];
        MemorySegment[] tables = new MemorySegment[d * (d + 1) / 2];
        int next = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                int row = i;
                int column = j;
                double delta = complement && i == j ? 1 : 0;
                tables[next] = table(delta, (k, squares) -> {
                    double part = k[row] * k[column] / squares;
                    return complement ? delta - part : part;
                });
                entries[i][j] = next;
                entries[j][i] = next++;
            }
        }
        return operator(name, FieldType.VECTOR, false, entries, tables);
    }

    /**
     * The potential φ of the gradient part, with mean 0.
     *
     * @return vector → scalar
     */
    public LinearOperator potential() {
        int[][] entries = new int[1][d];
        MemorySegment[] tables = new MemorySegment[d];
        for (int i = 0; i < d; i++) {
            int component = i;
            entries[0][i] = i;
            tables[i] = table(0, (k, squares) -> -k[component] / squares);
        }
        return operator("scalar potential", FieldType.SCALAR, true, entries, tables);
    }

    /**
     * The stream function ψ in 2D, with mean 0: {@code (∂_y ψ, −∂_x ψ)} is the part without divergence, less what has
     * no derivatives.
     *
     * @return vector → pseudoscalar
     * @throws IllegalStateException if the grid is not 2D
     */
    public LinearOperator streamFunction() {
        if (d != 2) {
            throw new IllegalStateException("grid has dimension " + d + "; it had to have 2 for a stream function");
        }
        MemorySegment[] tables = {
            table(0, (k, squares) -> -k[1] / squares), table(0, (k, squares) -> k[0] / squares)
        };
        return operator("stream function", FieldType.PSEUDOSCALAR, true, new int[][] {{0, 1}}, tables);
    }

    /**
     * The vector potential a in 3D, with mean and divergence 0: {@code ∇×a} is the part without divergence, less what
     * has no derivatives.
     *
     * @return vector → pseudovector
     * @throws IllegalStateException if the grid is not 3D
     */
    public LinearOperator vectorPotential() {
        if (d != 3) {
            throw new IllegalStateException("grid has dimension " + d + "; it had to have 3 for a vector potential");
        }
        int[][] entries = new int[3][3];
        MemorySegment[] tables = new MemorySegment[6];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            // (i κ × v)_i = i (κ_j v_k − κ_k v_j)
            entries[i][i] = Multipliers.NONE;
            entries[i][k] = 2 * i;
            entries[i][j] = 2 * i + 1;
            tables[2 * i] = table(0, (kappa, squares) -> kappa[j] / squares);
            tables[2 * i + 1] = table(0, (kappa, squares) -> -kappa[k] / squares);
        }
        return operator("vector potential", FieldType.PSEUDOVECTOR, true, entries, tables);
    }

    private LinearOperator operator(
            String name, FieldType out, boolean imaginary, int[][] entries, MemorySegment[] tables) {
        return new FourierMultiplier(name + " under " + derivativesName(), new Space(grid, FieldType.VECTOR),
                new Space(grid, out), new Multipliers(grid.shape(), imaginary, entries, tables));
    }

    /** The table of a factor, with the value it has where there are no derivatives. */
    private MemorySegment table(double without, Factor factor) {
        long count = 1;
        for (int n : spectrum) {
            count = Math.multiplyExact(count, (long) n);
        }
        MemorySegment table = Multipliers.allocate(Arena.ofAuto(), count, Precision.DOUBLE);
        double[][] reciprocal = grid.inverseCell();
        int[] index = new int[d];
        double[] k = new double[d];
        for (long flat = 0; flat < count; flat++) {
            Arrays.fill(k, 0);
            double squares = 0;
            for (int i = 0; i < d; i++) {
                for (int a = 0; a < d; a++) {
                    k[i] += reciprocal[a][i] * derivatives[a][index[a]];
                }
                squares += k[i] * k[i];
            }
            table.setAtIndex(ValueLayout.JAVA_DOUBLE, flat, squares == 0 ? without : factor.at(k, squares));
            for (int a = d - 1; a >= 0 && ++index[a] == spectrum[a]; a--) {
                index[a] = 0;
            }
        }
        return table;
    }

    /**
     * Which derivatives.
     *
     * @return for example {@code Helmholtz decomposition under differences of order 2}
     */
    @Override
    public String toString() {
        return "Helmholtz decomposition under " + derivativesName();
    }

    private String derivativesName() {
        return accuracy == Symbols.SPECTRAL ? "spectral derivatives" : "differences of order " + accuracy;
    }
}
