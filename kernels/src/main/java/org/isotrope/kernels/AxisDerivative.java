package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.difference.AxisDifferences;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.CompactScheme;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.difference.SummationByParts;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of a scalar field along one axis of a grid, with respect to the coordinate of that axis:
 * {@code Differential.on(grid).accuracy(4).along(0).derivative(3)}. On a sheared cell the axis is a lattice direction,
 * not one of space.
 *
 * <p>Immutable.
 */
public final class AxisDerivative {
    private final Grid grid;
    private final int a;
    private final DifferenceScheme scheme;
    private final int accuracy;
    private final @Nullable Boundaries boundaries;

    AxisDerivative(Grid grid, int a, DifferenceScheme scheme, int accuracy, @Nullable Boundaries boundaries) {
        this.grid = grid;
        this.a = a;
        this.scheme = scheme;
        this.accuracy = accuracy;
        this.boundaries = boundaries;
    }

    private Space scalars() {
        return new Space(grid, FieldType.SCALAR);
    }

    private String name(int derivative) {
        return "∂" + a + (derivative == 1 ? "" : "^" + derivative);
    }

    private LinearOperator banded(String name, BandedMatrix matrix, String walls) {
        List<@Nullable BandedMatrix> along = new ArrayList<>(Collections.nCopies(grid.dimension(), null));
        along.set(a, matrix);
        return new BandedOperator(name, List.of(new KroneckerProduct(0, 0, 1, along)), scalars(), scalars(), walls);
    }

    /**
     * A derivative by centred differences, near walls one-sided or as the boundaries say.
     *
     * @param order order of the derivative, 1 to 6
     * @return scalar → scalar
     */
    public LinearOperator derivative(int order) {
        requireOrder(order);
        int d = grid.dimension();
        boolean flat = grid.axis(a).size() == 1 && !grid.axis(a).isPeriodic();
        DerivativePolynomial polynomial =
                flat ? DerivativePolynomial.zero(d) : DerivativePolynomial.along(d, a, order);
        return scheme.operator(name(order), new DerivativePolynomial[][] {{polynomial}}, FieldType.SCALAR,
                FieldType.SCALAR);
    }

    /**
     * A derivative whose rows have a given number of nodes below their own and {@code order + accuracy} in all:
     * one-sided for 0 below and for 0 above, biased in between. Where they do not fit next to walls rows take the nodes
     * there; boundaries are not asked.
     *
     * @param order order of the derivative, 1 to 6
     * @param below number of nodes below, 0 to {@code order + accuracy − 1}
     * @return scalar → scalar
     */
    public LinearOperator biased(int order, int below) {
        requireOrder(order);
        return banded(name(order) + " with " + below + " nodes below",
                AxisDifferences.biased(grid.axis(a), order, accuracy, below), "nothing is read, differences shift");
    }

    /**
     * The upwind-biased first derivative for a constant direction of flow.
     *
     * @param order order of accuracy, odd: 1, 3, 5, …
     * @param sign of the velocity: 1 if the flow comes from below, −1 if it comes from above
     * @return scalar → scalar
     */
    public LinearOperator upwind(int order, int sign) {
        return banded(name(1) + " upwind " + (sign > 0 ? "from below" : "from above"),
                AxisDifferences.upwind(grid.axis(a), order, sign), "nothing is read, differences shift");
    }

    /**
     * One difference stencil at every node, whatever its offsets, order and accuracy; its order of accuracy is
     * {@link DifferenceWeights#order()}. Beyond walls lies what the boundaries say, or nothing if none were given.
     *
     * @param difference evaluated at a node, {@link DifferenceWeights#point()} 0
     * @return scalar → scalar
     * @throws IllegalArgumentException if the axis is nonuniform or the difference is a staggered one
     */
    public LinearOperator stencil(DifferenceWeights difference) {
        Axis axis = grid.axis(a);
        if (!axis.isUniform()) {
            throw new IllegalArgumentException("axis " + a + " is " + axis + "; it had to be uniform for one stencil"
                    + " at every node");
        }
        if (difference.point() != 0) {
            throw new IllegalArgumentException("point of the difference is " + difference.point()
                    + "; it had to be 0, a node");
        }
        // taps along one axis do not see the others, be they uniform or not
        return new StencilOperator(name(difference.derivative()), DifferenceScheme.along(grid, a, difference),
                scalars(), scalars(), boundaries == null ? Boundaries.all(Boundary.zero()) : boundaries);
    }

    /**
     * Lele's compact scheme of the accuracy chosen, 4 or 6: a tridiagonal system along every line of the axis. At walls
     * it closes itself; boundaries are not asked.
     *
     * @param order order of the derivative, 1 or 2
     * @return scalar → scalar
     * @see CompactScheme
     */
    public LinearOperator compact(int order) {
        return new CompactOperator(CompactScheme.of(order, accuracy), scalars(), a);
    }

    /**
     * The first derivative that sums by parts, of the accuracy chosen in the interior: 2, 4, 6 or 8, and half of it in
     * the rows next to walls. The norm is that of {@link SummationByParts}.
     *
     * @return scalar → scalar
     * @throws IllegalArgumentException if the axis is periodic, nonuniform or cell-centred, or too short
     */
    public LinearOperator summationByParts() {
        return banded(name(1) + " by parts", SummationByParts.of(grid.axis(a), accuracy).derivative(),
                "nothing is read, differences sum by parts");
    }

    private static void requireOrder(int order) {
        if (order < 1 || order > 6) {
            throw new IllegalArgumentException("order of the derivative is " + order + "; it had to be 1 to 6");
        }
    }
}
