package org.isotrope.kernels.spectral;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/**
 * Derivatives of the trigonometric interpolant of fields on periodic grids, sheared cells included: exact for every wave
 * that the grid can hold, and of a higher order than any power of the spacing for smooth fields.
 *
 * <p>A wave at the Nyquist index of an axis of even size stands for both signs of its number: odd derivatives along it
 * vanish there and even ones are those of a cosine, so that real fields stay real, first derivatives are skew-adjoint and
 * the Laplacian is symmetric. There, and only there, the divergence of the gradient is not the Laplacian.
 *
 * <p>Source: L. N. Trefethen, Spectral Methods in MATLAB (2000), chapters 3 and 8.
 *
 * <p>Immutable.
 */
public final class SpectralDerivatives {
    private final Grid grid;
    private final int d;
    private final Wavevectors waves;

    private SpectralDerivatives(Grid grid) {
        requirePeriodic(grid, "spectral derivatives");
        this.grid = grid;
        this.d = grid.dimension();
        this.waves = new Wavevectors(grid, grid.shape());
    }

    static void requirePeriodic(Grid grid, String purpose) {
        KernelTables.requireUniform(grid);
        for (int a = 0; a < grid.dimension(); a++) {
            if (!grid.axis(a).isPeriodic()) {
                throw new IllegalArgumentException("axis " + a + " is " + grid.axis(a)
                        + "; it had to be periodic for " + purpose);
            }
        }
    }

    /**
     * The derivatives on a grid.
     *
     * @param grid all axes uniform and periodic
     * @return the derivatives
     * @throws IllegalArgumentException if an axis is nonuniform or has walls
     */
    public static SpectralDerivatives on(Grid grid) {
        return new SpectralDerivatives(grid);
    }

    /**
     * The first derivative along a Cartesian coordinate.
     *
     * @param coordinate 0 for x
     * @return scalar → scalar, skew-adjoint; in units of the field per length
     */
    public LinearOperator derivative(int coordinate) {
        if (coordinate < 0 || coordinate >= d) {
            throw new IllegalArgumentException("coordinate is " + coordinate + "; it had to be 0 to " + (d - 1));
        }
        return operator("spectral derivative along coordinate " + coordinate, FieldType.SCALAR, FieldType.SCALAR, true,
                new int[][] {{0}}, table((k, periodic, free) -> k[coordinate]));
    }

    /**
     * The gradient.
     *
     * @return scalar → vector
     */
    public LinearOperator gradient() {
        int[][] entries = new int[d][1];
        for (int i = 0; i < d; i++) {
            entries[i][0] = i;
        }
        return operator("spectral gradient", FieldType.SCALAR, FieldType.VECTOR, true, entries, components());
    }

    /**
     * The divergence; minus the transpose of the gradient.
     *
     * @return vector → scalar
     */
    public LinearOperator divergence() {
        int[][] entries = new int[1][d];
        for (int i = 0; i < d; i++) {
            entries[0][i] = i;
        }
        return operator("spectral divergence", FieldType.VECTOR, FieldType.SCALAR, true, entries, components());
    }

    /**
     * The curl: {@code ∂_x v_y − ∂_y v_x} in 2D, {@code ∇×v} in 3D.
     *
     * @return vector → pseudoscalar in 2D, vector → pseudovector in 3D
     * @throws IllegalStateException in 1D
     */
    public LinearOperator curl() {
        if (d == 1) {
            throw new IllegalStateException("grid has dimension 1; it had to have 2 or 3 for a curl");
        }
        MemorySegment[] plus = components();
        MemorySegment[] tables = new MemorySegment[2 * d];
        for (int i = 0; i < d; i++) {
            int component = i;
            tables[i] = plus[i];
            tables[d + i] = table((k, periodic, free) -> -k[component])[0];
        }
        if (d == 2) {
            return operator("spectral curl", FieldType.VECTOR, FieldType.PSEUDOSCALAR, true, new int[][] {{3, 0}}, tables);
        }
        int[][] entries = new int[3][3];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            entries[i][i] = Multipliers.NONE;
            entries[i][k] = j;
            entries[i][j] = 3 + k;
        }
        return operator("spectral curl", FieldType.VECTOR, FieldType.PSEUDOVECTOR, true, entries, tables);
    }

    /**
     * The Laplacian of each component.
     *
     * @param type of the field and its Laplacian
     * @return type → type, symmetric and negative semidefinite
     */
    public LinearOperator laplacian(FieldType type) {
        return diagonal("spectral Laplacian", type, table((k, periodic, free) -> -periodic * periodic));
    }

    /**
     * The Laplacian of a scalar.
     *
     * @return scalar → scalar, symmetric and negative semidefinite
     */
    public LinearOperator laplacian() {
        return laplacian(FieldType.SCALAR);
    }

    /**
     * The fractional Laplacian {@code (−Δ)^s}, which multiplies a wave of number k by {@code |k|^{2s}}; the mean is lost.
     *
     * @param power s, above 0; 1 gives minus the Laplacian
     * @return scalar → scalar, symmetric and positive semidefinite
     */
    public LinearOperator fractionalLaplacian(double power) {
        if (!(power > 0 && power < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("power is " + power + "; it had to be above 0 and finite");
        }
        return diagonal("spectral (-Laplacian)^" + power, FieldType.SCALAR,
                table((k, periodic, free) -> Math.pow(periodic, 2 * power)));
    }

    private MemorySegment[] components() {
        MemorySegment[] tables = new MemorySegment[d];
        for (int i = 0; i < d; i++) {
            int component = i;
            tables[i] = table((k, periodic, free) -> k[component])[0];
        }
        return tables;
    }

    private MemorySegment[] table(Wavevectors.Factor factor) {
        MemorySegment table = Multipliers.allocate(Arena.ofAuto(), waves.count(), Precision.DOUBLE);
        waves.fill(factor, table);
        return new MemorySegment[] {table};
    }

    private LinearOperator diagonal(String name, FieldType type, MemorySegment[] tables) {
        int components = type.components(d);
        int[][] entries = new int[components][components];
        for (int i = 0; i < components; i++) {
            for (int j = 0; j < components; j++) {
                entries[i][j] = i == j ? 0 : Multipliers.NONE;
            }
        }
        return operator(name, type, type, false, entries, tables);
    }

    private LinearOperator operator(
            String name, FieldType in, FieldType out, boolean imaginary, int[][] entries, MemorySegment[] tables) {
        return new FourierMultiplier(name, new Space(grid, in), new Space(grid, out),
                new Multipliers(grid.shape(), imaginary, entries, tables));
    }
}
