package org.isotrope.autodiff;

import org.isotrope.kernels.Space;

/**
 * Interpolation and deposition at points whose coordinates are on the tape, by B-splines of order 1 to 3.
 *
 * <p>Order 1 is multilinear and takes any axes; its derivative in the position jumps from cell to cell. Orders 2 and 3
 * have continuous first and second derivatives in the position, which is what moving a source by its gradient needs;
 * they take uniform axes, and spread a value rather than pass through it. Weights sum to one; deposition is the
 * transpose over the quadrature weight of each node, so total charge is kept, and away from walls the first moment too.
 *
 * <p>Coordinates are those of space, point after point. On periodic axes they may be any; on bounded ones all nodes
 * that a point touches have to exist: half a spacing from the end nodes for order 2 and one spacing for order 3.
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
     * @throws IllegalArgumentException if a point lies too near a wall or outside, naming it; also later, on {@code
     *     forward}
     */
    public static ArrayVariable interpolate(FieldVariable x, ArrayVariable positions, int order) {
        Tape tape = x.tape();
        tape.use(x);
        tape.use(positions);
        int count = count(positions, x.space());
        ArrayVariable y = tape.array(
                count * x.value().components(), x.isDifferentiable() || positions.isDifferentiable());
        return tape.record(y, new InterpolationNode(x, positions, new SplineWeights(x.value().grid(), order), y));
    }

    /**
     * A field of point charges.
     *
     * @param space of the field
     * @param charges one value a component, point after point
     * @param positions one coordinate an axis, point after point
     * @param order of the B-spline, 1 to 3
     * @return the density; differentiable in charges and positions
     * @throws IllegalArgumentException if a point lies too near a wall or outside, naming it; also later, on {@code
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
        return tape.record(y, new DepositionNode(charges, positions, new SplineWeights(space.grid(), order), y));
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
