package org.isotrope.grids;

/** A rotation that only moves nodes. */
record SymmetryResampling(Grid grid, Symmetry symmetry) implements Resampling {
    @Override
    public Grid from() {
        return grid;
    }

    @Override
    public Grid to() {
        return grid;
    }

    @Override
    public void apply(Field in, Field out) {
        CellResampling.requireFit(in, grid, out, grid);
        symmetry.apply(in, out);
    }

    @Override
    public void transpose(Field in, Field out) {
        CellResampling.requireFit(in, grid, out, grid);
        double[][] inverse = Matrices.transpose(symmetry.matrix());
        for (Symmetry other : grid.symmetries()) {
            if (Matrices.isClose(other.matrix(), inverse, 0)) {
                // not D of the inverse, which differs where stored components are not orthonormal
                other.apply(in, out, Matrices.transpose(in.type().representation(symmetry.matrix())));
                return;
            }
        }
        throw new IllegalStateException("symmetries are " + grid.symmetries() + "; the inverse of " + symmetry
                + " had to be among them");
    }

    @Override
    public String toString() {
        return "rotation by the symmetry " + symmetry + " of\n" + grid;
    }
}
