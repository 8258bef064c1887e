package org.isotrope.jmh;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.radial.Radial;

/** A JVM that has done much else before: every kind of operator, in both precisions, until all of it is compiled. */
final class Pollution {
    private static final int ROUNDS = 400;

    private Pollution() {}

    static void spread() {
        Grid plane = Grid.of(Axis.periodic(0, 70, 70), Axis.cells(0, 90, 90));
        Grid space = Grid.of(Axis.cells(0, 20, 20), Axis.periodic(0, 21, 21), Axis.cells(0, 40, 40));
        Boundaries closed = Boundaries.all(Boundary.symmetric());
        for (Grid grid : new Grid[] {plane, space}) {
            int d = grid.dimension();
            LinearOperator[] operators = {
                Operators.gradient(grid), Operators.divergence(grid, closed), Operators.laplacian(grid, closed),
                Operators.curl(grid), Differential.on(grid).accuracy(6).laplacian(), Differential.on(grid).biharmonic(),
                Operators.radial(grid, Radial.gaussian(d, 1).within(3)),
                Operators.radial(grid, Radial.coulomb(d).within(4), FieldType.VECTOR),
                Operators.laplacian(grid).adjoint()
            };
            for (Precision precision : Precision.values()) {
                for (LinearOperator operator : operators) {
                    Fields fields = Fields.automatic().precision(precision);
                    Field in = fields.of(operator.domain().type(), grid).fill(1);
                    Field out = fields.of(operator.range().type(), grid);
                    for (int round = 0; round < ROUNDS; round++) {
                        operator.apply(in, out);
                    }
                }
            }
        }
    }
}
