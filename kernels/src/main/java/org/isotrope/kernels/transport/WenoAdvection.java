package org.isotrope.kernels.transport;

import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.difference.Weno5;

/**
 * Advection by WENO differences of fifth order, which stay sharp at jumps without the wiggles of linear ones; see
 * {@link WenoDifference}.
 *
 * <p>Two forms, with the components {@code u^a} of the velocity along axes, {@code D⁻} biased to lower indices and
 * {@code D⁺} to higher ones: {@link #apply} gives {@code (u·∇) f = Σ_a max(u^a, 0) D⁻_a f + min(u^a, 0) D⁺_a f}, and
 * {@link #divergence} gives {@code ∇·(u f) = Σ_a D⁻_a (max(u^a, 0) f) + D⁺_a (min(u^a, 0) f)}, which on periodic axes keeps
 * {@code Σ f} to rounding. Immutable and safe for concurrent use.
 *
 * @see <a href="https://doi.org/10.1006/jcph.1996.0130">G.-S. Jiang, C.-W. Shu, Efficient implementation of weighted ENO
 *     schemes, J. Comput. Phys. 126 (1996) 202</a>
 */
public final class WenoAdvection {
    private final Grid grid;
    private final FieldType type;
    private final Boundaries beyond;
    private final double epsilon;
    private final LinearOperator winds;
    private final BilinearOperator product;
    private final BilinearOperator flux;
    private final WenoDifference[] slopes = new WenoDifference[2];
    private final WenoDifference[] divergence = new WenoDifference[2];

    private WenoAdvection(Grid grid, FieldType type, Boundaries beyond, double epsilon) {
        this.grid = grid;
        this.type = type;
        this.beyond = beyond;
        this.epsilon = epsilon;
        for (int side = 0; side < 2; side++) {
            int sign = 1 - 2 * side;
            slopes[side] = WenoDifference.slopes(grid, type, sign, beyond, epsilon);
            divergence[side] = WenoDifference.divergence(grid, sign, beyond, epsilon);
        }
        this.winds = Transport.contravariant(grid);
        this.product = BilinearOperator.of(grid, Transport.product(type, grid.dimension()));
        this.flux = BilinearOperator.of(grid, FieldProduct.scaling(FieldType.VECTOR, grid.dimension()));
    }

    /**
     * The scheme of a grid, with edge values repeated beyond walls.
     *
     * @param grid all axes uniform, under any cell basis
     * @param type of f: scalar, or in 2D and 3D vector
     * @return the scheme
     * @throws IllegalArgumentException for other grids and types
     */
    public static WenoAdvection on(Grid grid, FieldType type) {
        return new WenoAdvection(grid, type, Boundaries.all(Boundary.extrapolate(0)), Weno5.EPSILON);
    }

    /**
     * Other boundaries, which hold for what is differentiated: f, or in {@link #divergence} the components of {@code u f}.
     *
     * @param rules what lies beyond walls
     * @return the new scheme
     */
    public WenoAdvection beyondWalls(Boundaries rules) {
        return new WenoAdvection(grid, type, rules, epsilon);
    }

    /**
     * Another regularisation, for fields far from order 1.
     *
     * @param value ε of {@link Weno5}, positive, in the unit of the data squared
     * @return the new scheme
     */
    public WenoAdvection regularised(double value) {
        return new WenoAdvection(grid, type, beyond, value);
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
     * From slopes along axes and components of a velocity along axes to what is advected.
     *
     * @return (slopes, w) ↦ {@code Σ_a w^a ∂_a f}
     */
    public BilinearOperator product() {
        return product;
    }

    /**
     * From a scalar and components of a velocity along axes to its flux.
     *
     * @return (f, w) ↦ {@code w f}
     */
    public BilinearOperator flux() {
        return flux;
    }

    /**
     * Derivatives along axes, biased.
     *
     * @param sign 1 for a flow from below, −1 for one from above
     * @return type of f → its slopes
     */
    public WenoDifference slopes(int sign) {
        return slopes[side(sign)];
    }

    /**
     * The divergence of components along axes, biased.
     *
     * @param sign 1 for a flow from below, −1 for one from above
     * @return vector → scalar
     */
    public WenoDifference divergence(int sign) {
        return divergence[side(sign)];
    }

    private static int side(int sign) {
        if (sign != 1 && sign != -1) {
            throw new IllegalArgumentException("sign is " + sign + "; it had to be 1 or -1");
        }
        return sign > 0 ? 0 : 1;
    }

    /**
     * Computes {@code (u·∇) f}.
     *
     * @param f what is carried
     * @param velocity vector, in the same precision
     * @return a fresh field like f
     */
    public Field apply(Field f, Field velocity) {
        new Space(grid, type).require(f, "f");
        Field along = along(velocity);
        Field sum = Fields.automatic().like(f);
        for (int sign = 1; sign >= -1; sign -= 2) {
            WenoDifference difference = slopes(sign);
            Field slope = Fields.automatic().precision(f.precision()).of(difference.range().type(), grid);
            difference.apply(f, slope);
            Arithmetic.addScaled(1, product.apply(slope, Transport.part(along, sign)), sum);
        }
        return sum;
    }

    /**
     * Computes {@code ∇·(u f)} for a scalar f.
     *
     * @param f scalar, what is carried
     * @param velocity vector, in the same precision
     * @return a fresh field like f
     */
    public Field divergence(Field f, Field velocity) {
        flux.first().require(f, "f");
        Field along = along(velocity);
        Field sum = Fields.automatic().like(f);
        Field some = Fields.automatic().like(f);
        for (int sign = 1; sign >= -1; sign -= 2) {
            divergence(sign).apply(flux.apply(f, Transport.part(along, sign)), some);
            Arithmetic.addScaled(1, some, sum);
        }
        return sum;
    }

    private Field along(Field velocity) {
        winds.domain().require(velocity, "velocity");
        return grid.isRectangular() ? velocity : winds.apply(velocity);
    }

    @Override
    public String toString() {
        return "WENO advection: " + type + " fields on\n" + grid;
    }
}
