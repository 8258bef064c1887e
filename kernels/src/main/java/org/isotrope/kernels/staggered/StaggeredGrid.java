package org.isotrope.kernels.staggered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Location;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.difference.StaggeredDifferences;
import org.jspecify.annotations.Nullable;

/**
 * Gradient, curl and divergence between the staggered places of a grid, of second order.
 *
 * <p>There are two chains. On the first, nodes → edges → faces → cells in 3D, a value is the difference of those at the
 * ends over their distance. The second, cells → faces → edges → nodes, is that of the dual cells around nodes: its
 * operators are the adjoints of the first under the volumes of {@link StaggeredType#weight}, exactly: the divergence from
 * edges is minus the adjoint of the gradient from nodes, the gradient from cells minus that of the divergence from faces,
 * and curls are adjoints of one another. On both, {@code curl grad} and {@code div curl} vanish to rounding. The place that
 * an operator starts from says which chain is meant. In 2D the curl of a vector is a pseudoscalar and that of a
 * pseudoscalar a vector.
 *
 * <p>At walls nothing is imposed on the first chain. The second has the natural condition of its adjoint: what lies beyond
 * is 0, so no flux leaves through walls in the divergence from edges, and the field is 0 on the wall in the gradient from
 * cells. {@link #zeroOnWalls} is the opposite choice: what sits on walls, values at nodes, tangential components at
 * edges, normal ones on faces, counts as 0 and stays 0; the gradient from cells then has slope 0 at walls. That is what an
 * incompressible flow between walls wants (velocity on faces, pressure in cells) and a field between conductors.
 *
 * <p>Any axes, periodic, bounded by nodes, uniform or not, on rectangular cells: on sheared ones fluxes and slopes have
 * different components, and no weights of single values make one the adjoint of the other.
 * {@link org.isotrope.kernels.Differential#mimeticDivergence} serves there, on nodes.
 *
 * <p>Sources: K. S. Yee, IEEE Trans. Antennas Propag. 14 (1966) 302; F. H. Harlow, J. E. Welch, Phys. Fluids 8 (1965)
 * 2182; J. M. Hyman, M. Shashkov, Comput. Math. Appl. 33 (1997) 81 (natural discretisations and their adjoints).
 *
 * <p>Immutable.
 */
public final class StaggeredGrid {
    private final Grid grid;
    private final boolean zeroOnWalls;
    private final List<StaggeredDifferences> axes = new ArrayList<>();

    private StaggeredGrid(Grid grid, boolean zeroOnWalls) {
        this.grid = grid;
        this.zeroOnWalls = zeroOnWalls;
        for (Axis axis : grid.axes()) {
            axes.add(StaggeredDifferences.on(axis, zeroOnWalls));
        }
    }

    /**
     * The places of a grid, nothing imposed on walls.
     *
     * @param nodes the corners of the cells; rectangular
     * @return the staggered grid
     */
    public static StaggeredGrid on(Grid nodes) {
        if (!nodes.isRectangular()) {
            throw new IllegalArgumentException("grid has a cell basis of its own; it had to be rectangular for"
                    + " staggered operators:\n" + nodes);
        }
        for (int a = 0; a < nodes.dimension(); a++) {
            Axis axis = nodes.axis(a);
            if (!axis.isPeriodic() && axis.size() > 1 && axis.centring() != Axis.Centring.NODE) {
                throw new IllegalArgumentException("axis " + a + " is " + axis
                        + "; it had to be node-centred: its nodes are the ends of the cells");
            }
        }
        return new StaggeredGrid(nodes, false);
    }

    /**
     * The same places, with 0 for all that sits on walls.
     *
     * @return the new choice
     */
    public StaggeredGrid zeroOnWalls() {
        return new StaggeredGrid(grid, true);
    }

    /**
     * The nodes.
     *
     * @return the grid
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The fields of a kind at a place.
     *
     * @param base scalar or pseudoscalar at nodes and in cells, vector or pseudovector at edges and on faces
     * @param location where values sit
     * @return the space
     */
    public Space space(FieldType base, Location location) {
        return new Space(grid, new StaggeredType(base, location));
    }

    /**
     * The gradient of a scalar.
     *
     * @param from node or cell
     * @return scalar at nodes → vector at edges, or scalar in cells → vector on faces
     */
    public LinearOperator gradient(Location from) {
        return gradient(new StaggeredType(FieldType.SCALAR, from));
    }

    /**
     * The gradient.
     *
     * @param from scalar or pseudoscalar, at nodes or in cells
     * @return nodes → edges, or cells → faces
     */
    public LinearOperator gradient(StaggeredType from) {
        requireAt(from, "gradients", Location.NODE, Location.CELL);
        boolean dual = from.location() == Location.CELL;
        StaggeredType to = new StaggeredType(
                from.base().equals(FieldType.SCALAR) ? FieldType.VECTOR : FieldType.PSEUDOVECTOR,
                dual ? Location.FACE : Location.EDGE);
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int c = 0; c < grid.dimension(); c++) {
            terms.add(along(c, 0, 1, c, dual));
        }
        return operator("gradient", from, to, terms);
    }

    /**
     * The divergence of a vector.
     *
     * @param from face or edge
     * @return vector on faces → scalar in cells, or vector at edges → scalar at nodes
     */
    public LinearOperator divergence(Location from) {
        return divergence(new StaggeredType(FieldType.VECTOR, from));
    }

    /**
     * The divergence.
     *
     * @param from vector or pseudovector, on faces or at edges
     * @return faces → cells, or edges → nodes
     */
    public LinearOperator divergence(StaggeredType from) {
        requireAt(from, "divergences", Location.FACE, Location.EDGE);
        boolean dual = from.location() == Location.EDGE;
        StaggeredType to = new StaggeredType(
                from.base().equals(FieldType.VECTOR) ? FieldType.SCALAR : FieldType.PSEUDOSCALAR,
                dual ? Location.NODE : Location.CELL);
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int c = 0; c < grid.dimension(); c++) {
            terms.add(along(0, c, 1, c, dual));
        }
        return operator("divergence", from, to, terms);
    }

    /**
     * The curl of a vector, in 2D or 3D.
     *
     * @param from edge or face
     * @return in 3D vector at edges → pseudovector on faces, or faces → edges; in 2D vector at edges → pseudoscalar in
     *     cells, or faces → nodes
     */
    public LinearOperator curl(Location from) {
        return curl(new StaggeredType(FieldType.VECTOR, from));
    }

    /**
     * The curl, in 2D or 3D.
     *
     * @param from vector or pseudovector, at edges or on faces; in 2D also pseudoscalar, at nodes or in cells
     * @return in 3D edges → faces or faces → edges; in 2D of vectors edges → cells or faces → nodes, of pseudoscalars
     *     nodes → faces or cells → edges
     */
    public LinearOperator curl(StaggeredType from) {
        int d = grid.dimension();
        if (d < 2) {
            throw new IllegalArgumentException("grid has dimension " + d + "; it had to have 2 or 3 for a curl");
        }
        if (d == 2 && from.components(d) == 1) {
            return curlOfPseudoscalar(from);
        }
        requireAt(from, "curls", Location.EDGE, Location.FACE);
        boolean dual = from.location() == Location.FACE;
        boolean proper = from.base().equals(FieldType.VECTOR);
        List<KroneckerProduct> terms = new ArrayList<>();
        if (d == 2) {
            if (!proper) {
                throw new IllegalArgumentException("from is " + from + "; it had to be a vector for a curl in 2D");
            }
            terms.add(along(0, 1, 1, 0, dual));
            terms.add(along(0, 0, -1, 1, dual));
            return operator("curl", from,
                    new StaggeredType(FieldType.PSEUDOSCALAR, dual ? Location.NODE : Location.CELL), terms);
        }
        for (int k = 0; k < 3; k++) {
            terms.add(along(k, (k + 2) % 3, 1, (k + 1) % 3, dual));
            terms.add(along(k, (k + 1) % 3, -1, (k + 2) % 3, dual));
        }
        return operator("curl", from, new StaggeredType(proper ? FieldType.PSEUDOVECTOR : FieldType.VECTOR,
                dual ? Location.EDGE : Location.FACE), terms);
    }

    private LinearOperator curlOfPseudoscalar(StaggeredType from) {
        if (!from.base().equals(FieldType.PSEUDOSCALAR)) {
            throw new IllegalArgumentException("from is " + from + "; it had to be a vector or a pseudoscalar for a"
                    + " curl in 2D");
        }
        boolean dual = from.location() == Location.CELL;
        return operator("curl", from, new StaggeredType(FieldType.VECTOR, dual ? Location.EDGE : Location.FACE),
                List.of(along(0, 0, 1, 1, dual), along(1, 0, -1, 0, dual)));
    }

    /**
     * The Laplacian, the divergence of the gradient: the classical one of nearest neighbours.
     *
     * @param from node or cell
     * @return scalar → scalar at the same place, symmetric and negative semidefinite under the weights
     */
    public LinearOperator laplacian(Location from) {
        LinearOperator gradient = gradient(from);
        return gradient.then(divergence((StaggeredType) gradient.range().type()));
    }

    /**
     * Interpolation between places, along straight lines: exact for linear functions.
     *
     * @param from where values sit
     * @param to where they are wanted, with the same base
     * @return from → to
     */
    public LinearOperator average(StaggeredType from, StaggeredType to) {
        if (!from.base().equals(to.base())) {
            throw new IllegalArgumentException("places are those of " + from + " and " + to
                    + "; both had to have the same base");
        }
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int c = 0; c < from.components(grid.dimension()); c++) {
            List<@Nullable BandedMatrix> along = new ArrayList<>();
            for (int a = 0; a < grid.dimension(); a++) {
                boolean half = from.isHalf(grid, c, a);
                along.add(half == to.isHalf(grid, c, a) ? null
                        : half ? axes.get(a).averageToNodes() : axes.get(a).averageToMiddles());
            }
            terms.add(new KroneckerProduct(c, c, 1, along));
        }
        return operator("average", from, to, terms);
    }

    private KroneckerProduct along(int output, int input, double factor, int axis, boolean dual) {
        List<@Nullable BandedMatrix> along = new ArrayList<>(Collections.nCopies(grid.dimension(), null));
        along.set(axis, dual ? axes.get(axis).toNodes() : axes.get(axis).toMiddles());
        return new KroneckerProduct(output, input, factor, along);
    }

    private LinearOperator operator(String name, StaggeredType from, StaggeredType to, List<KroneckerProduct> terms) {
        return Operators.kronecker(name + " from " + from, new Space(grid, from), new Space(grid, to), terms);
    }

    private void requireAt(StaggeredType from, String what, Location... locations) {
        if (!Arrays.asList(locations).contains(from.location())) {
            throw new IllegalArgumentException("from is " + from + "; " + what + " had to start from "
                    + locations[0] + " or " + locations[1]);
        }
    }

    @Override
    public String toString() {
        return "staggered places " + (zeroOnWalls ? "with 0 on walls " : "") + "on\n" + grid;
    }
}
