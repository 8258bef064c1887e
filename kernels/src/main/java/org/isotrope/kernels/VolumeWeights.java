package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.jspecify.annotations.Nullable;

/** Volumes that belong to the values of fields, as diagonal operators. */
final class VolumeWeights {
    private VolumeWeights() {}

    static LinearOperator adjoint(LinearOperator operator) {
        Space domain = operator.domain();
        Space range = operator.range();
        LinearOperator adjoint = operator.adjoint();
        if (isConstant(domain) && isConstant(range)) {
            double ratio = range.grid().weight(new int[range.grid().dimension()])
                    / domain.grid().weight(new int[domain.grid().dimension()]);
            return ratio == 1 ? adjoint : adjoint.times(ratio);
        }
        return diagonal(range, false).then(adjoint).then(diagonal(domain, true));
    }

    private static boolean isConstant(Space space) {
        return space.grid().isUniform() && !(space.type() instanceof StaggeredType);
    }

    /** Multiplication by weights, or division by those that are not 0. */
    private static LinearOperator diagonal(Space space, boolean inverse) {
        Grid grid = space.grid();
        double determinant = grid.weight(new int[grid.dimension()]);
        for (Axis axis : grid.axes()) {
            determinant /= axis.weight(0);
        }
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int c = 0; c < space.components(); c++) {
            List<@Nullable BandedMatrix> along = new ArrayList<>();
            for (int a = 0; a < grid.dimension(); a++) {
                double[] weights = new double[grid.axis(a).size()];
                for (int i = 0; i < weights.length; i++) {
                    double weight = space.type() instanceof StaggeredType type
                            ? type.weight(grid, c, a, i) : grid.axis(a).weight(i);
                    weights[i] = !inverse ? weight : weight == 0 ? 0 : 1 / weight;
                }
                along.add(BandedMatrix.diagonal(weights));
            }
            terms.add(new KroneckerProduct(c, c, inverse ? 1 / determinant : determinant, along));
        }
        return Operators.kronecker(inverse ? "division by volumes" : "volumes", space, space, terms);
    }
}
