package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.difference.AxisDifferences;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * Turns polynomials in the derivatives along axes into operators: a monomial becomes the product of one difference for
 * each of its axes.
 *
 * <p>On uniform axes differences are constant stencils; where the weights vary from node to node, along a nonuniform
 * axis or because rows next to walls are one-sided, they are banded matrices.
 */
final class DifferenceScheme {
    private final Grid grid;
    private final int accuracy;
    /** Null for one-sided differences at walls. */
    private final @Nullable Boundaries boundaries;
    private final Map<Integer, Stencil> stencils = new HashMap<>();
    private final Map<Integer, BandedMatrix> matrices = new HashMap<>();

    DifferenceScheme(Grid grid, int accuracy, @Nullable Boundaries boundaries) {
        this.grid = grid;
        this.accuracy = accuracy;
        this.boundaries = boundaries;
    }

    /** What lies beyond walls, for a person to read. */
    String walls() {
        return boundaries == null ? "nothing is read, differences are one-sided" : boundaries.toString();
    }

    private boolean hasWalls() {
        for (Axis axis : grid.axes()) {
            if (!axis.isPeriodic() && axis.size() > 1) {
                return true;
            }
        }
        return false;
    }

    /** Whether every axis that ends at walls has so many nodes. */
    private boolean hasNodes(int needed) {
        for (Axis axis : grid.axes()) {
            if (!axis.isPeriodic() && axis.size() > 1 && axis.size() < needed) {
                return false;
            }
        }
        return true;
    }

    /** The operator of a form, a polynomial for each output and input component. */
    LinearOperator operator(String name, DerivativePolynomial[][] form, FieldType in, FieldType out) {
        Space domain = new Space(grid, in);
        Space range = new Space(grid, out);
        if (boundaries != null) {
            boundaries.requireFit(grid);
        }
        Boundaries rules = grid.isUniform() ? rules(form) : null;
        return rules != null
                ? new StencilOperator(name, stencil(form), domain, range, rules)
                : new BandedOperator(name, terms(form), domain, range, walls());
    }

    /**
     * What lies beyond walls if that makes every row the same stencil. One-sided rows of second order are such: of m + 2 nodes,
     * they are exact up to degree m + 1, and so is the centred stencil with the polynomial through those nodes beyond the
     * wall; there is only one such row.
     */
    private @Nullable Boundaries rules(DerivativePolynomial[][] form) {
        if (boundaries != null) {
            return boundaries;
        }
        int highest = 1;
        for (DerivativePolynomial[] row : form) {
            for (DerivativePolynomial entry : row) {
                highest = Math.max(highest, entry.highest());
            }
        }
        // where nodes are too few the one-sided rows say for what
        boolean extrapolated = accuracy <= 2 && highest <= 2 && hasNodes(highest + 2);
        return extrapolated || !hasWalls() ? Boundaries.all(Boundary.extrapolate(Math.min(1 + highest, 3))) : null;
    }

    /** The stencil of a form. */
    Stencil stencil(DerivativePolynomial[][] form) {
        Stencil.Builder stencil = Stencil.builder(grid.dimension(), form.length, form[0].length);
        for (int r = 0; r < form.length; r++) {
            for (int c = 0; c < form[r].length; c++) {
                put(stencil(form[r][c]), r, c, stencil);
            }
        }
        return stencil.build();
    }

    private Stencil stencil(DerivativePolynomial polynomial) {
        int d = grid.dimension();
        Stencil sum = Stencil.builder(d, 1, 1).build();
        for (DerivativePolynomial.Monomial term : polynomial.terms()) {
            Stencil product = Stencil.builder(d, 1, 1).tap(0, 0, 1, new int[d]).build();
            for (int a = 0; a < d; a++) {
                if (term.exponents()[a] > 0) {
                    product = product.then(along(a, term.exponents()[a]));
                }
            }
            sum = sum.plus(product.times(term.coefficient()));
        }
        return sum;
    }

    private static void put(Stencil from, int output, int input, Stencil.Builder to) {
        int[] offset = new int[from.dimension()];
        for (int t = 0; t < from.size(); t++) {
            for (int a = 0; a < offset.length; a++) {
                offset[a] = from.offset(t, a);
            }
            to.tap(output, input, from.weight(t), offset);
        }
    }

    private Stencil along(int a, int derivative) {
        Stencil known = stencils.get(16 * derivative + a);
        if (known == null) {
            known = along(grid, a, DifferenceWeights.centred(derivative, accuracy + accuracy % 2));
            stencils.put(16 * derivative + a, known);
        }
        return known;
    }

    /** A difference along one axis. */
    static Stencil along(Grid grid, int a, DifferenceWeights difference) {
        int d = grid.dimension();
        Stencil.Builder stencil = Stencil.builder(d, 1, 1);
        double[] weights = difference.weights(grid.axis(a).spacing());
        int[] offsets = difference.offsets();
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] != 0) {
                int[] offset = new int[d];
                offset[a] = offsets[k];
                stencil.tap(0, 0, weights[k], offset);
            }
        }
        return stencil.build();
    }

    private List<KroneckerProduct> terms(DerivativePolynomial[][] form) {
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int r = 0; r < form.length; r++) {
            for (int c = 0; c < form[r].length; c++) {
                for (DerivativePolynomial.Monomial term : form[r][c].terms()) {
                    List<@Nullable BandedMatrix> along = new ArrayList<>();
                    for (int a = 0; a < grid.dimension(); a++) {
                        int order = term.exponents()[a];
                        along.add(order == 0 ? null : matrix(a, order));
                    }
                    terms.add(new KroneckerProduct(r, c, term.coefficient(), along));
                }
            }
        }
        return terms;
    }

    /** The matrix of a derivative along one axis. */
    BandedMatrix matrix(int a, int derivative) {
        return matrices.computeIfAbsent(16 * derivative + a, key -> {
            Axis axis = grid.axis(a);
            try {
                return boundaries == null
                        ? AxisDifferences.of(axis, derivative, accuracy)
                        : AxisDifferences.of(axis, derivative, accuracy, boundaries.on(grid, a, Boundaries.Side.LOW),
                                boundaries.on(grid, a, Boundaries.Side.HIGH));
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("axis " + a + ": " + refused.getMessage(), refused);
            }
        });
    }
}
