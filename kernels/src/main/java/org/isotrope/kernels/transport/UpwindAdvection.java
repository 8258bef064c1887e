package org.isotrope.kernels.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.difference.AxisDifferences;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Advection {@code (u·∇) f} with differences that lean to where the flow comes from, axis by axis, by the sign of the
 * velocity at each node.
 *
 * <p>{@code Σ_a max(u^a, 0) D⁻_a f + min(u^a, 0) D⁺_a f}, with the components {@code u^a} along axes, and differences of p + 1
 * nodes, one more on the side the flow comes from; next to walls the p + 1 nodes there. Order 1 makes no new extrema in
 * an explicit step of {@code Δt Σ |u^a|/h ≤ 1}; orders 3 and 5 are sharper and let small ones appear at jumps.
 *
 * <p>Linear in f; in u it is so while no component changes its sign. Immutable and safe for concurrent use.
 */
public final class UpwindAdvection {
    private final int order;
    private final LinearOperator winds;
    private final boolean rectangular;
    private final BilinearOperator below;
    private final BilinearOperator above;

    private UpwindAdvection(Grid grid, int order, FieldType type) {
        this.order = order;
        this.rectangular = grid.isRectangular();
        this.winds = Transport.contravariant(grid);
        this.below = part(grid, order, type, 1);
        this.above = part(grid, order, type, -1);
    }

    /**
     * The scheme of an order.
     *
     * @param grid any grid
     * @param order of accuracy, odd: 1, 3, 5, …
     * @param type of f: scalar, or in 2D and 3D vector
     * @return the scheme
     */
    public static UpwindAdvection on(Grid grid, int order, FieldType type) {
        return new UpwindAdvection(grid, order, type);
    }

    private static BilinearOperator part(Grid grid, int order, FieldType type, int sign) {
        int d = grid.dimension();
        boolean vector = type.equals(FieldType.VECTOR);
        BilinearOperator product = BilinearOperator.of(grid, Transport.product(type, d));
        List<KroneckerProduct> slopes = new ArrayList<>();
        for (int c = 0; c < type.components(d); c++) {
            for (int a = 0; a < d; a++) {
                List<@Nullable BandedMatrix> along = new ArrayList<>(Collections.nCopies(d, null));
                try {
                    along.set(a, AxisDifferences.upwind(grid.axis(a), order, sign));
                } catch (IllegalArgumentException refused) {
                    throw new IllegalArgumentException("axis " + a + ": " + refused.getMessage(), refused);
                }
                slopes.add(new KroneckerProduct(d * c + a, c, 1, along));
            }
        }
        String name = "flow from " + (sign > 0 ? "below" : "above");
        return product.mappingFirst(Operators.kronecker("differences for a " + name, new Space(grid, type),
                new Space(grid, vector ? TensorType.GENERAL : FieldType.VECTOR), slopes)).named(name);
    }

    /**
     * From a velocity to its components along axes.
     *
     * @return vector → vector, the identity on rectangular grids
     */
    public LinearOperator winds() {
        return winds;
    }

    /**
     * The part of flow towards higher indices: of f and of the positive parts of components along axes.
     *
     * @return (f, w) ↦ {@code Σ w^a D⁻_a f}
     */
    public BilinearOperator fromBelow() {
        return below;
    }

    /**
     * The part of flow towards lower indices: of f and of the negative parts of components along axes.
     *
     * @return (f, w) ↦ {@code Σ w^a D⁺_a f}
     */
    public BilinearOperator fromAbove() {
        return above;
    }

    /**
     * Computes {@code (u·∇) f}.
     *
     * @param f what is carried
     * @param velocity vector, in the same precision
     * @return a fresh field like f
     */
    public Field apply(Field f, Field velocity) {
        return at(velocity).apply(f);
    }

    /**
     * The operator of a flow that does not change.
     *
     * @param velocity vector; copied
     * @return f ↦ {@code (u·∇) f}
     */
    public LinearOperator at(Field velocity) {
        Field along = along(velocity);
        return below.fixSecond(Transport.part(along, 1)).plus(above.fixSecond(Transport.part(along, -1)));
    }

    /**
     * The derivative with respect to the velocity; where a component is 0 that is the mean of both sides.
     *
     * @param velocity where the derivative is taken; its signs alone matter
     * @param f what is carried
     * @return u̇ ↦ {@code ∂((u·∇) f)/∂u u̇}
     */
    public LinearOperator inVelocity(Field velocity, Field f) {
        Field along = along(velocity);
        LinearOperator derivative = masked(below, f, along, 1).plus(masked(above, f, along, -1));
        return rectangular ? derivative : winds.then(derivative);
    }

    private static LinearOperator masked(BilinearOperator part, Field f, Field along, int sign) {
        Field mask = Fields.automatic().like(along);
        for (long i = 0; i < mask.count(); i++) {
            mask.setFlat(i, (1 + sign * Math.signum(along.getFlat(i))) / 2);
        }
        return BilinearOperator.elementwise(part.second()).fixSecond(mask).then(part.fixFirst(f));
    }

    private Field along(Field velocity) {
        below.second().require(velocity, "velocity");
        return rectangular ? velocity : winds.apply(velocity);
    }

    @Override
    public String toString() {
        return "upwind advection of order " + order + ": " + below.first().type() + " fields on\n"
                + below.first().grid();
    }
}
