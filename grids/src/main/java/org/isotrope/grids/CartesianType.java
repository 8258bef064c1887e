package org.isotrope.grids;

/**
 * A Cartesian tensor of rank 0 or 1.
 *
 * @param name as printed and parsed
 * @param rank 0 for one component, 1 for one a dimension
 * @param pseudo whether a reflection adds a factor −1
 */
record CartesianType(String name, int rank, boolean pseudo) implements FieldType {
    @Override
    public int components(int dimension) {
        return rank == 0 ? 1 : dimension;
    }

    @Override
    public double[][] representation(double[][] orthogonal) {
        double sign = pseudo ? Math.signum(Matrices.determinant(orthogonal)) : 1;
        if (rank == 0) {
            return new double[][] {{sign}};
        }
        double[][] matrix = new double[orthogonal.length][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = orthogonal[i].clone();
            for (int j = 0; j < matrix[i].length; j++) {
                matrix[i][j] *= sign;
            }
        }
        return matrix;
    }

    /** Asked for in every application; what records make for it at first use takes milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CartesianType that && name.equals(that.name) && rank == that.rank && pseudo == that.pseudo;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
