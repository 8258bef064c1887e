package org.isotrope.autodiff;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Penalties that make an inverse problem well posed, as integrals over the grid with its quadrature weights, so that
 * their size does not depend on the resolution.
 *
 * <p>Gradients are forward differences with nothing beyond walls ({@code ∂ₙu = 0}): unlike centred ones they see a
 * checkerboard. On sheared cells {@code |∇u|² = Σ g^ab ∂_a u ∂_b u}. Components are treated one by one.
 */
public final class Penalties {
    private Penalties() {}

    /**
     * Tikhonov's penalty, {@code ∫ |u − u₀|²}.
     *
     * @param u the field
     * @param reference u₀, of the same space
     * @return an array of one
     */
    public static ArrayVariable tikhonov(FieldVariable u, FieldVariable reference) {
        return tikhonov(u.tape().subtract(u, reference));
    }

    /**
     * Tikhonov's penalty about 0, {@code ∫ |u|²}.
     *
     * @param u the field
     * @return an array of one
     */
    public static ArrayVariable tikhonov(FieldVariable u) {
        return integral(u.tape().multiply(u, u));
    }

    /**
     * The H¹ seminorm squared, {@code ∫ |∇u|²}: the Dirichlet energy, which asks for smooth fields.
     *
     * @param u the field, on uniform axes
     * @return an array of one
     */
    public static ArrayVariable h1(FieldVariable u) {
        return integral(squaredSlope(u));
    }

    /**
     * Smoothed total variation, {@code ∫ (√(|∇u|² + ε²) − ε)}, which allows edges; 0 for constants.
     *
     * <p>Source: C. Vogel, M. Oman, SIAM J. Sci. Comput. 17 (1996) 227.
     *
     * @param u the field, on uniform axes
     * @param epsilon ε, positive: slopes well below it count squared, slopes well above it by their length
     * @return an array of one
     */
    public static ArrayVariable totalVariation(FieldVariable u, double epsilon) {
        Tape tape = u.tape();
        FieldVariable length = tape.map(PointwiseFunction.smoothRoot(epsilon), squaredSlope(u));
        FieldVariable flat = tape.constant(Fields.automatic().like(u.value()).fill(epsilon));
        return integral(tape.subtract(length, flat));
    }

    private static FieldVariable squaredSlope(FieldVariable u) {
        Tape tape = u.tape();
        Grid grid = u.value().grid();
        int d = grid.dimension();
        FieldVariable[] slopes = new FieldVariable[d];
        for (int a = 0; a < d; a++) {
            slopes[a] = tape.apply(forwardDifference(u.space(), a), u);
        }
        double[][] inverse = grid.inverseCell();
        FieldVariable sum = null;
        for (int a = 0; a < d; a++) {
            for (int b = a; b < d; b++) {
                double metric = 0;
                for (int i = 0; i < d; i++) {
                    metric += inverse[a][i] * inverse[b][i];
                }
                if (metric != 0) {
                    FieldVariable term = tape.scale(a == b ? metric : 2 * metric, tape.multiply(slopes[a], slopes[b]));
                    sum = sum == null ? term : tape.add(sum, term);
                }
            }
        }
        if (sum == null) {
            throw new IllegalStateException("metric of the grid vanishes; it had to be positive");
        }
        return sum;
    }

    private static LinearOperator forwardDifference(Space space, int a) {
        Axis axis = space.grid().axis(a);
        if (!axis.isUniform()) {
            throw new IllegalArgumentException("axis " + a + " is " + axis + "; it had to be uniform for a penalty on"
                    + " slopes");
        }
        int d = space.grid().dimension();
        int[] here = new int[d];
        int[] next = new int[d];
        next[a] = 1;
        Stencil.Builder stencil = Stencil.builder(d, space.components(), space.components());
        for (int c = 0; c < space.components(); c++) {
            stencil.tap(c, c, -1 / axis.spacing(), here).tap(c, c, 1 / axis.spacing(), next);
        }
        return Operators.stencil(stencil.build(), space.grid(), space.type(), space.type(),
                Boundaries.all(Boundary.extrapolate(0)));
    }

    private static ArrayVariable integral(FieldVariable density) {
        Tape tape = density.tape();
        Grid grid = density.value().grid();
        if (grid.isUniform() && allPeriodic(grid)) {
            return tape.combine(new double[] {grid.cellVolume()}, tape.sum(density));
        }
        Field weights = Fields.automatic().like(density.value());
        for (long i = 0; i < grid.size(); i++) {
            double weight = grid.weight(grid.index(i));
            for (int c = 0; c < weights.components(); c++) {
                weights.setFlat(c * grid.size() + i, weight);
            }
        }
        return tape.dot(tape.constant(weights), density);
    }

    private static boolean allPeriodic(Grid grid) {
        for (Axis axis : grid.axes()) {
            if (!axis.isPeriodic()) {
                return false;
            }
        }
        return true;
    }
}
