package org.isotrope.autodiff;

import org.isotrope.grids.Grid;
import org.isotrope.grids.Interpolation;
import org.isotrope.grids.SplineWeights;
import org.isotrope.kernels.Space;

/**
 * Interpolation and deposition at points whose coordinates are on the tape, by B-splines of order 1 to 3.
 *
 * <p>Order 1 is multilinear and takes any axes; its derivative in the position jumps from cell to cell. Orders 2 and 3
 * have continuous first and second derivatives in the position, which is what moving a source by its gradient needs;
 * they take uniform axes, and spread a value rather than pass through it. Weights sum to one; deposition is the
 * transpose over the quadrature weight of each node, so total charge and, up to the walls, the first moment are kept.
 *
 * <p>Coordinates are those of space, point after point: on periodic axes any, on bounded ones between the walls. What
 * weights are there, {@link Interpolation} says.
 */
public final class Points {
    private Points() {}

    /**
     * Values of a field at points.
     *
     * @param x the field
     * @param positions one coordinate an axis, point after point
     * @param order of the B-spline, 1 to 3
     * @return one value a component, point after point; differentiable in the field and the positions
     * @throws IllegalArgumentException if a point lies outside, naming it; also later, on {@code
     *     forward}
     */
    public static ArrayVariable interpolate(FieldVariable x, ArrayVariable positions, int order) {
        Tape tape = x.tape();
        tape.use(x);
        tape.use(positions);
        int count = count(positions, x.space());
        ArrayVariable y = tape.array(
                count * x.value().components(), x.isDifferentiable() || positions.isDifferentiable());
        return tape.record(y, new InterpolationNode(x, positions, weights(x.value().grid(), order), y));
    }

    /**
     * A field of point charges.
     *
     * @param space of the field
     * @param charges one value a component, point after point
     * @param positions one coordinate an axis, point after point
     * @param order of the B-spline, 1 to 3
     * @return the density; differentiable in charges and positions
     * @throws IllegalArgumentException if a point lies outside, naming it; also later, on {@code
     *     forward}
     */
    public static FieldVariable deposit(Space space, ArrayVariable charges, ArrayVariable positions, int order) {
        Tape tape = charges.tape();
        tape.use(charges);
        tape.use(positions);
        int count = count(positions, space) * space.components();
        if (charges.size() != count) {
            throw new IllegalArgumentException("charges are " + charges.size() + "; there had to be " + count
                    + ", one for each component at each point");
        }
        FieldVariable y = tape.result(space, charges.isDifferentiable() || positions.isDifferentiable());
        return tape.record(y, new DepositionNode(charges, positions, weights(space.grid(), order), y));
    }

    private static SplineWeights weights(Grid grid, int order) {
        if (order < 1 || order > 3) {
            throw new IllegalArgumentException("order of the B-spline is " + order
                    + "; it had to be 1, 2 or 3, to have a derivative in the position");
        }
        return Interpolation.spline(grid, order).weights();
    }

    private static int count(ArrayVariable positions, Space space) {
        int d = space.grid().dimension();
        if (positions.size() % d != 0) {
            throw new IllegalArgumentException("positions are " + positions.size()
                    + " coordinates; there had to be a multiple of " + d);
        }
        return positions.size() / d;
    }
}
