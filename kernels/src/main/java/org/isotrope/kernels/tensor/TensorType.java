package org.isotrope.kernels.tensor;

import org.isotrope.grids.FieldType;

/**
 * The type of fields of Cartesian tensors of rank 2, {@code T ↦ R T Rᵀ}, or pseudotensors, {@code T ↦ det(R) R T Rᵀ}.
 *
 * <p>Only independent elements are stored, as they are (off-diagonal elements once and without factor √2), in the order
 *
 * <table>
 * <caption>Components</caption>
 * <tr><th>kind</th><th>3D</th><th>2D</th></tr>
 * <tr><td>general</td><td>xx, xy, xz, yx, yy, yz, zx, zy, zz</td><td>xx, xy, yx, yy</td></tr>
 * <tr><td>symmetric</td><td>xx, yy, zz, yz, xz, xy</td><td>xx, yy, xy</td></tr>
 * <tr><td>antisymmetric</td><td>yz, zx, xy</td><td>xy</td></tr>
 * <tr><td>traceless symmetric</td><td>xx, yy, yz, xz, xy; {@code T_zz = −T_xx − T_yy}</td>
 * <td>xx, xy; {@code T_yy = −T_xx}</td></tr>
 * </table>
 *
 * <p>The dot product of stored values is therefore that of tensors, {@code T_ij S_ij}, for general ones only. Where it
 * matters, as in a norm that is to be the same in every frame, convert to irreps ({@link TensorTypes}), whose components
 * are orthonormal.
 *
 * @param kind which tensors
 * @param pseudo whether a reflection adds a factor −1
 */
public record TensorType(CartesianTensor kind, boolean pseudo) implements FieldType {
    /** Any tensor, such as the gradient of a vector field. */
    public static final TensorType GENERAL = new TensorType(CartesianTensor.GENERAL, false);

    /** Symmetric tensors, such as strain. */
    public static final TensorType SYMMETRIC = new TensorType(CartesianTensor.SYMMETRIC, false);

    /** Antisymmetric tensors, such as vorticity. */
    public static final TensorType ANTISYMMETRIC = new TensorType(CartesianTensor.ANTISYMMETRIC, false);

    /** Symmetric tensors of trace 0, such as quadrupole moments. */
    public static final TensorType TRACELESS = new TensorType(CartesianTensor.TRACELESS_SYMMETRIC, false);

    /**
     * The same kind of tensor with the other answer to reflections.
     *
     * @return pseudotensors for tensors, and the reverse
     */
    public TensorType reflected() {
        return new TensorType(kind, !pseudo);
    }

    /** Rows {@code (element i, element j)} of the stored components. */
    private int[][] elements(int d) {
        if (d != 2 && d != 3) {
            throw new IllegalArgumentException("dimension is " + d + "; it had to be 2 or 3 for fields of type " + this);
        }
        return switch (kind) {
            case GENERAL -> {
                int[][] all = new int[d * d][];
                for (int c = 0; c < all.length; c++) {
                    all[c] = new int[] {c / d, c % d};
                }
                yield all;
            }
            case SYMMETRIC -> d == 2
                    ? new int[][] {{0, 0}, {1, 1}, {0, 1}}
                    : new int[][] {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
            case ANTISYMMETRIC -> d == 2 ? new int[][] {{0, 1}} : new int[][] {{1, 2}, {2, 0}, {0, 1}};
            case TRACELESS_SYMMETRIC -> d == 2
                    ? new int[][] {{0, 0}, {0, 1}}
                    : new int[][] {{0, 0}, {1, 1}, {1, 2}, {0, 2}, {0, 1}};
        };
    }

    @Override
    public int components(int dimension) {
        return elements(dimension).length;
    }

    /**
     * Where the elements of the full tensor come from.
     *
     * @param dimension d, 2 or 3
     * @return fresh, {@code d² × components(d)} by rows; row {@code d i + j} belongs to {@code T_ij}; entries 0 and ±1
     */
    public double[][] toFull(int dimension) {
        int[][] elements = elements(dimension);
        double[][] matrix = new double[dimension * dimension][elements.length];
        for (int c = 0; c < elements.length; c++) {
            int i = elements[c][0];
            int j = elements[c][1];
            matrix[dimension * i + j][c] = 1;
            if (i != j && kind != CartesianTensor.GENERAL) {
                matrix[dimension * j + i][c] = kind == CartesianTensor.ANTISYMMETRIC ? -1 : 1;
            }
            if (i == j && kind == CartesianTensor.TRACELESS_SYMMETRIC) {
                matrix[dimension * dimension - 1][c] = -1;
            }
        }
        return matrix;
    }

    /**
     * The stored components of a full tensor of this kind.
     *
     * @param dimension d, 2 or 3
     * @return fresh, {@code components(d) × d²} by rows, one entry 1 a row
     */
    public double[][] fromFull(int dimension) {
        int[][] elements = elements(dimension);
        double[][] matrix = new double[elements.length][dimension * dimension];
        for (int c = 0; c < elements.length; c++) {
            matrix[c][dimension * elements[c][0] + elements[c][1]] = 1;
        }
        return matrix;
    }

    @Override
    public double[][] representation(double[][] orthogonal) {
        int d = orthogonal.length;
        int[][] elements = elements(d);
        Orthogonal.require(orthogonal, d, "orthogonal");
        double sign = pseudo && !Orthogonal.isProper(orthogonal) ? -1 : 1;
        double[][] full = toFull(d);
        double[][] matrix = new double[elements.length][elements.length];
        for (int row = 0; row < elements.length; row++) {
            double[] left = orthogonal[elements[row][0]];
            double[] right = orthogonal[elements[row][1]];
            for (int column = 0; column < elements.length; column++) {
                double sum = 0;
                for (int k = 0; k < d * d; k++) {
                    sum += left[k / d] * right[k % d] * full[k][column];
                }
                matrix[row][column] = sign * sum;
            }
        }
        return matrix;
    }

    /**
     * The name, as {@link TensorTypes#parse} reads it.
     *
     * @return for example {@code symmetric tensor}
     */
    @Override
    public String toString() {
        String noun = pseudo ? "pseudotensor" : "tensor";
        return switch (kind) {
            case GENERAL -> noun;
            case SYMMETRIC -> "symmetric " + noun;
            case ANTISYMMETRIC -> "antisymmetric " + noun;
            case TRACELESS_SYMMETRIC -> "traceless " + noun;
        };
    }
}
