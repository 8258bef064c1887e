package org.isotrope.grids;

import java.util.Arrays;

/**
 * A linear map from the fields of one grid to those of another, or of the same grid turned, with its exact transpose.
 *
 * <p>{@link #interpolating} reads the field at the nodes of the other grid. {@link #conservative} shares it out by the
 * overlap of cells, so that its integral is kept. {@link #rotating} turns a field, {@code (R·f)(x) = D(R) f(R⁻¹x)}. All
 * keep the type and take both precisions. Immutable and safe for concurrent use.
 */
public sealed interface Resampling permits NodeResampling, CellResampling, SymmetryResampling {
    /**
     * The grid of inputs.
     *
     * @return where values come from
     */
    Grid from();

    /**
     * The grid of outputs.
     *
     * @return where values go
     */
    Grid to();

    /**
     * Resamples a field.
     *
     * @param in any field on {@link #from}
     * @param out a field of the same type and precision on {@link #to}, apart from {@code in}; overwritten
     * @throws IllegalArgumentException if a field does not fit, or a node lies outside where that is an error; nothing is
     *     written then
     */
    void apply(Field in, Field out);

    /**
     * The transpose of {@link #apply} under the plain dot product of stored values.
     *
     * @param in any field on {@link #to}
     * @param out a field of the same type and precision on {@link #from}, apart from {@code in}; overwritten
     * @throws IllegalArgumentException if a field does not fit, or a node lies outside where that is an error
     */
    void transpose(Field in, Field out);

    /**
     * Resamples into a new field.
     *
     * @param in any field on {@link #from}
     * @return a fresh field in memory that the garbage collector frees
     */
    default Field apply(Field in) {
        Field out = Fields.automatic().precision(in.precision()).of(in.type(), to());
        apply(in, out);
        return out;
    }

    /**
     * Values of a field at the nodes of another grid, which may have other axes, another cell basis and another extent.
     * Components are those of space on both grids.
     *
     * @param how to interpolate on the grid of inputs, and what happens to nodes outside it
     * @param to the grid of outputs, of the same dimension
     * @return the resampling
     */
    static Resampling interpolating(Interpolation how, Grid to) {
        return new NodeResampling(how, to, null, null);
    }

    /**
     * Shares every value out among the cells of another grid by overlap,
     * {@code g_i = Σ_j |C_i ∩ C_j| f_j / |C_i|} with the dual cells {@code C}, whose volumes are the quadrature weights:
     * {@code Σ_i dV_i g_i = Σ_j dV_j f_j}. Every cell of inputs has to lie within the cells of outputs.
     *
     * @param from the grid of inputs
     * @param to the grid of outputs, on the same cell basis; periodic axes face periodic ones of the same period
     * @return the resampling
     * @throws IllegalArgumentException if the grids do not fit, or cells of inputs reach beyond those of outputs, as those
     *     of a coarser node-centred axis between the same walls do
     */
    static Resampling conservative(Grid from, Grid to) {
        return conservative(from, to, OutOfDomain.THROW);
    }

    /**
     * Shares every value out among the cells of another grid by overlap.
     *
     * @param from the grid of inputs
     * @param to the grid of outputs, on the same cell basis; periodic axes face periodic ones of the same period
     * @param outside what happens to the parts of cells of inputs beyond those of outputs: they are refused, added to the
     *     outermost cells, wrapped, or left out, in which case their integral is lost
     * @return the resampling
     */
    static Resampling conservative(Grid from, Grid to, OutOfDomain outside) {
        return new CellResampling(from, to, outside);
    }

    /**
     * Turns fields about the centre of their grid, the middle of its first and last nodes along every axis. A turn that
     * is a symmetry of the grid only moves nodes, exact to the bit; any other one interpolates.
     *
     * @param how to interpolate, and what happens to nodes that come from outside
     * @param orthogonal R, a {@code d × d} rotation or reflection of space by rows
     * @return the rotation
     */
    static Resampling rotating(Interpolation how, double[][] orthogonal) {
        Grid grid = how.grid();
        requireOrthogonal(orthogonal, grid.dimension());
        for (Symmetry symmetry : grid.symmetries()) {
            if (Matrices.isClose(symmetry.matrix(), orthogonal, 1e-12)) {
                return new SymmetryResampling(grid, symmetry);
            }
        }
        double[] centre = new double[grid.dimension()];
        for (int a = 0; a < centre.length; a++) {
            Axis axis = grid.axis(a);
            centre[a] = 0.5 * axis.node(0) + 0.5 * axis.node(axis.size() - 1);
        }
        return rotating(how, orthogonal, grid.toSpace(centre));
    }

    /**
     * Turns fields about any point, by interpolation.
     *
     * @param how to interpolate, and what happens to nodes that come from outside
     * @param orthogonal R, a {@code d × d} rotation or reflection of space by rows
     * @param centre the point that stays, in space
     * @return the rotation
     */
    static Resampling rotating(Interpolation how, double[][] orthogonal, double[] centre) {
        int d = how.grid().dimension();
        requireOrthogonal(orthogonal, d);
        if (centre.length != d) {
            throw new IllegalArgumentException("centre has " + centre.length + " coordinates; it had to have " + d);
        }
        return new NodeResampling(how, how.grid(), orthogonal, centre);
    }

    private static void requireOrthogonal(double[][] matrix, int d) {
        boolean square = matrix.length == d;
        for (double[] row : matrix) {
            square &= row.length == d;
        }
        if (!square || !Matrices.isOrthogonal(matrix, 1e-10)) {
            throw new IllegalArgumentException("matrix is " + Arrays.deepToString(matrix) + "; it had to be orthogonal, "
                    + d + " × " + d);
        }
    }
}
