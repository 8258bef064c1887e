package org.isotrope.grids;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A product of one to three axes under a constant cell basis {@code A}: the node with axis coordinates {@code ξ} lies at
 * {@code x = A ξ}.
 *
 * <p>With {@code A} the identity this is a rectangular grid, uniform, anisotropic or nonuniform as its axes are; any
 * other non-singular {@code A} makes it a sheared (nonorthogonal) lattice, whose lattice vectors are the columns of
 * {@code A} times the spacings. Every axis is periodic or bounded by itself.
 *
 * <p>Immutable; equal when axes and cell are equal.
 */
public final class Grid {
    private final List<Axis> axes;
    private final double[][] cell;
    private final double[][] inverseCell;
    private final double cellDeterminant;
    private final boolean rectangular;
    private final long size;

    private Grid(double[][] cell, Axis[] axes) {
        this.axes = List.of(axes);
        this.cell = cell;
        this.cellDeterminant = Math.abs(Matrices.determinant(cell));
        this.inverseCell = Matrices.inverse(cell);
        this.rectangular = Arrays.deepEquals(cell, Matrices.identity(axes.length));
        this.size = countNodes(axes);
    }

    /**
     * A rectangular grid: coordinates are the axis coordinates themselves.
     *
     * @param axes one to three axes: x, y, z
     * @return the grid
     */
    public static Grid of(Axis... axes) {
        requireDimension(axes.length);
        return new Grid(Matrices.identity(axes.length), axes.clone());
    }

    /**
     * A grid on a constant cell basis.
     *
     * @param cell a non-singular {@code d × d} matrix given by rows, whose <em>columns</em> are the directions of the
     *     axes in space
     * @param axes {@code d} axes
     * @return the grid
     */
    public static Grid of(double[][] cell, Axis... axes) {
        requireDimension(axes.length);
        int d = axes.length;
        if (cell.length != d) {
            throw new IllegalArgumentException("cell has " + cell.length + " rows; it had to have " + d
                    + ", one for each axis");
        }
        double[][] copy = new double[d][];
        double[] squaredLength = new double[d];
        for (int i = 0; i < d; i++) {
            if (cell[i].length != d) {
                throw new IllegalArgumentException("cell row " + i + " has " + cell[i].length
                        + " entries; it had to have " + d);
            }
            copy[i] = cell[i].clone();
            for (int j = 0; j < d; j++) {
                if (!Double.isFinite(copy[i][j])) {
                    throw new IllegalArgumentException("cell entry (" + i + ", " + j + ") is " + copy[i][j]
                            + "; it had to be finite");
                }
                squaredLength[j] += copy[i][j] * copy[i][j];
            }
        }
        // the volume against that of a box with the same edges: 0 when columns are linearly dependent
        double box = 1;
        for (double square : squaredLength) {
            box *= Math.sqrt(square);
        }
        double determinant = Matrices.determinant(copy);
        if (!(Math.abs(determinant) > 1e-12 * box)) {
            throw new IllegalArgumentException("cell is " + Arrays.deepToString(cell) + " with determinant "
                    + determinant + "; it had to be non-singular");
        }
        return new Grid(copy, axes.clone());
    }

    /**
     * Number of axes, which is the dimension of space.
     *
     * @return 1, 2 or 3
     */
    public int dimension() {
        return axes.size();
    }

    /**
     * One axis.
     *
     * @param a index, 0 for x
     * @return the axis
     */
    public Axis axis(int a) {
        return axes.get(a);
    }

    /**
     * All axes in order.
     *
     * @return an unmodifiable list of {@code dimension()} axes
     */
    public List<Axis> axes() {
        return axes;
    }

    /**
     * Number of nodes along each axis.
     *
     * @return a fresh array of {@code dimension()} sizes
     */
    public int[] shape() {
        return axes.stream().mapToInt(Axis::size).toArray();
    }

    /**
     * Number of nodes.
     *
     * @return the product of the shape
     */
    public long size() {
        return size;
    }

    /**
     * How far apart neighbours along an axis are in the memory of one component.
     *
     * @param a axis
     * @return distance in elements; 1 for the last axis
     */
    public long stride(int a) {
        long stride = 1;
        for (int b = a + 1; b < axes.size(); b++) {
            stride *= axes.get(b).size();
        }
        return stride;
    }

    /**
     * Position of a node inside the memory of one component.
     *
     * @param index one index an axis
     * @return flat index in elements, 0 to {@code size() − 1}
     */
    public long flat(int... index) {
        requireIndex(index);
        long flat = 0;
        for (int a = 0; a < index.length; a++) {
            flat = flat * axes.get(a).size() + index[a];
        }
        return flat;
    }

    /**
     * The node at a flat index, the inverse of {@link #flat}.
     *
     * @param flat flat index, 0 to {@code size() − 1}
     * @return a fresh array of one index an axis
     */
    public int[] index(long flat) {
        if (flat < 0 || flat >= size) {
            throw new IllegalArgumentException("flat index is " + flat + "; it had to be in [0, " + size + ")");
        }
        int[] index = new int[axes.size()];
        long rest = flat;
        for (int a = index.length - 1; a >= 0; a--) {
            int n = axes.get(a).size();
            index[a] = (int) (rest % n);
            rest /= n;
        }
        return index;
    }

    /**
     * Position of a node in space, {@code A ξ}.
     *
     * @param index one index an axis
     * @return a fresh array of {@code dimension()} coordinates
     */
    public double[] position(int... index) {
        requireIndex(index);
        double[] coordinates = new double[index.length];
        for (int a = 0; a < index.length; a++) {
            coordinates[a] = axes.get(a).node(index[a]);
        }
        return toSpace(coordinates);
    }

    /**
     * Maps axis coordinates to space, {@code x = A ξ}.
     *
     * @param coordinates {@code ξ}, one an axis
     * @return {@code x}, fresh
     */
    public double[] toSpace(double... coordinates) {
        return times(cell, coordinates);
    }

    /**
     * Maps a position in space to axis coordinates, {@code ξ = A⁻¹ x}.
     *
     * @param position {@code x}
     * @return {@code ξ}, fresh
     */
    public double[] toCoordinates(double... position) {
        return times(inverseCell, position);
    }

    private double[] times(double[][] matrix, double[] vector) {
        if (vector.length != matrix.length) {
            throw new IllegalArgumentException("position has " + vector.length + " coordinates; it had to have "
                    + matrix.length);
        }
        if (rectangular) {
            return vector.clone();
        }
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    /**
     * Quadrature weight of a node: the volume of its dual cell, {@code |det A|} times the axis weights.
     *
     * @param index one index an axis
     * @return volume in the length unit to the power of the dimension
     */
    public double weight(int... index) {
        requireIndex(index);
        double weight = cellDeterminant;
        for (int a = 0; a < index.length; a++) {
            weight *= axes.get(a).weight(index[a]);
        }
        return weight;
    }

    /**
     * Volume of one cell of a uniform grid, {@code |det A| h₀ h₁ h₂}.
     *
     * @return the volume, the same for every node
     * @throws IllegalStateException if an axis is nonuniform
     */
    public double cellVolume() {
        double volume = cellDeterminant;
        for (Axis axis : axes) {
            volume *= axis.spacing();
        }
        return volume;
    }

    /**
     * Sum of all quadrature weights.
     *
     * @return the volume
     */
    public double volume() {
        double volume = cellDeterminant;
        for (Axis axis : axes) {
            double length = 0;
            for (int i = 0; i < axis.size(); i++) {
                length += axis.weight(i);
            }
            volume *= length;
        }
        return volume;
    }

    /**
     * The cell basis {@code A}.
     *
     * @return a fresh {@code d × d} matrix by rows
     */
    public double[][] cell() {
        return copy(cell);
    }

    /**
     * The inverse {@code A⁻¹} of the cell basis; its transpose turns derivatives along axes into derivatives in space.
     *
     * @return a fresh {@code d × d} matrix by rows
     */
    public double[][] inverseCell() {
        return copy(inverseCell);
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = matrix.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    /**
     * Whether every axis is uniform.
     *
     * @return true if all spacings are constant; the cell may still be sheared
     */
    public boolean isUniform() {
        for (Axis axis : axes) {
            if (!axis.isUniform()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the cell basis is the identity.
     *
     * @return true if axes point along the coordinates of space
     */
    public boolean isRectangular() {
        return rectangular;
    }

    /**
     * The symmetries that map this grid onto itself up to a shift: exchanges of congruent axes and reversals of mirror
     * symmetric ones that are orthogonal maps of space and take coordinate axes to coordinate axes.
     *
     * @return 2, 8 or 48 symmetries for a uniform grid of equal axes in 1D, 2D, 3D, fewer otherwise; the identity first
     */
    public List<Symmetry> symmetries() {
        List<Symmetry> found = new ArrayList<>();
        for (Symmetry symmetry : Symmetry.all(dimension())) {
            if (symmetry.fixes(this)) {
                found.add(symmetry);
            }
        }
        return found;
    }

    private void requireIndex(int[] index) {
        if (index.length != axes.size()) {
            throw new IllegalArgumentException("index has " + index.length + " entries; it had to have " + axes.size());
        }
        for (int a = 0; a < index.length; a++) {
            if (index[a] < 0 || index[a] >= axes.get(a).size()) {
                throw new IllegalArgumentException("index along axis " + a + " is " + index[a]
                        + "; it had to be in [0, " + axes.get(a).size() + ")");
            }
        }
    }

    private static long countNodes(Axis[] axes) {
        long count = 1;
        for (Axis axis : axes) {
            if (Math.multiplyHigh(count, axis.size()) != 0 || count * axis.size() < 0) {
                throw new IllegalArgumentException("grid has more than 2⁶³ nodes; their number had to fit into a long");
            }
            count *= axis.size();
        }
        return count;
    }

    private static void requireDimension(int count) {
        if (count < 1 || count > 3) {
            throw new IllegalArgumentException("number of axes is " + count + "; it had to be 1, 2 or 3");
        }
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Grid that) || axes.size() != that.axes.size()) {
            return false;
        }
        // without iterators: fields are compared with what operators take on every application
        for (int a = 0; a < axes.size(); a++) {
            if (!axes.get(a).equals(that.axes.get(a))) {
                return false;
            }
        }
        return Arrays.deepEquals(cell, that.cell);
    }

    @Override
    public int hashCode() {
        return 31 * axes.hashCode() + Arrays.deepHashCode(cell);
    }

    /**
     * One line an axis, and one for the cell basis unless it is the identity.
     *
     * @return the lines, without a final line break
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int a = 0; a < axes.size(); a++) {
            text.append(a == 0 ? "" : "\n").append("axis ").append(a).append(": ").append(axes.get(a));
        }
        if (!rectangular) {
            text.append("\ncell: ").append(Arrays.deepToString(cell));
        }
        return text.toString();
    }
}
