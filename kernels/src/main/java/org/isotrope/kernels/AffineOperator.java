package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Condition;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;

/**
 * A differential operator under conditions at walls whose data are part of the input,
 * {@code (u, g) ↦ A u + Σ B_w g_w}: the {@linkplain #linear linear part} takes the field under conditions without data,
 * and a {@linkplain #source source} for each wall takes its data to the nodes that read beyond it.
 *
 * <p>Both parts are linear operators, with plans, exact adjoints and a place on a tape, so the whole is differentiable in
 * the field and in the data. At a node-centred wall that holds a {@linkplain org.isotrope.grids.Boundary#value value} that
 * value is in the field, {@linkplain #impose imposed} on its end nodes; there a second derivative across the wall is 0.
 *
 * <p>Second order at walls; conditions that meet at an edge with data that agree there are met at the edge too, whatever
 * the order of the axes.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class AffineOperator {
    private record Part(Boundaries boundaries, boolean[] components, Map<Integer, WallSource> sources) {}

    private final Space inner;
    private final LinearOperator linear;
    private final List<Part> parts;

    private AffineOperator(Space inner, LinearOperator linear, List<Part> parts) {
        this.inner = inner;
        this.linear = linear;
        this.parts = parts;
    }

    /**
     * An operator under the same conditions for all components.
     *
     * @param grid any grid
     * @param boundaries conditions at walls; rules for ghosts take no data
     * @param operator the operator, made of what it is given: {@code Differential::laplacian} or
     *     {@code d -> d.accuracy(4).gradient()}; a difference of any kind, not one after another
     * @return the operator
     * @throws IllegalArgumentException if a condition cannot stand at a wall, or the operator is no single difference
     */
    public static AffineOperator of(
            Grid grid, Boundaries boundaries, Function<Differential, LinearOperator> operator) {
        return of(grid, VectorBoundaries.all(boundaries), operator);
    }

    /**
     * An operator under conditions of each component.
     *
     * @param grid any grid; along coordinates of space where boundaries single out normal components
     * @param boundaries conditions at walls for each component of the input
     * @param operator the operator, made of what it is given
     * @return the operator
     * @throws IllegalArgumentException if a condition cannot stand at a wall, or the operator is no single difference
     */
    public static AffineOperator of(
            Grid grid, VectorBoundaries boundaries, Function<Differential, LinearOperator> operator) {
        Space inner = operator.apply(Differential.on(grid).beyondWalls(boundaries.of(grid, 0))).domain();
        if (!inner.grid().equals(grid)) {
            throw new IllegalArgumentException("operator maps from " + inner + "\nit had to map from fields on " + grid);
        }
        Map<Boundaries, boolean[]> groups = new LinkedHashMap<>();
        for (int c = 0; c < inner.components(); c++) {
            groups.computeIfAbsent(boundaries.of(grid, c), key -> new boolean[inner.components()])[c] = true;
        }
        LinearOperator sum = null;
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<Boundaries, boolean[]> group : groups.entrySet()) {
            boolean[] components = group.getValue();
            LinearOperator whole = operator.apply(Differential.on(grid).beyondWalls(group.getKey()));
            LinearOperator some = groups.size() == 1 ? whole : reading(whole, components);
            sum = sum == null ? some : sum.plus(some);
            parts.add(new Part(group.getKey(), components, sources(inner, whole, group.getKey(), operator)));
        }
        return new AffineOperator(inner, sum, parts);
    }

    private static Map<Integer, WallSource> sources(
            Space inner, LinearOperator whole, Boundaries boundaries, Function<Differential, LinearOperator> operator) {
        Grid grid = inner.grid();
        int[] reach = new int[grid.dimension()];
        for (int a = 0; a < reach.length; a++) {
            reach[a] = WallExtension.isWalled(grid.axis(a)) ? reach(whole, a) : 0;
        }
        Map<Integer, WallSource> sources = new LinkedHashMap<>();
        for (int a = 0; a < reach.length; a++) {
            for (Side side : Side.values()) {
                if (WallExtension.isWalled(grid.axis(a)) && boundaries.at(a, side) instanceof Condition) {
                    sources.put(2 * a + side.ordinal(),
                            new WallSource(inner, whole, boundaries, a, side, reach, operator));
                }
            }
        }
        return sources;
    }

    private static IllegalArgumentException refused(LinearOperator operator) {
        return new IllegalArgumentException("operator is a " + operator.getClass().getSimpleName()
                + "; it had to be a single difference, as Differential makes them");
    }

    private static int reach(LinearOperator operator, int axis) {
        return switch (operator) {
            case StencilOperator stencil -> stencil.reach(axis);
            case BandedOperator banded -> banded.reach(axis);
            default -> throw refused(operator);
        };
    }

    private static LinearOperator reading(LinearOperator operator, boolean[] components) {
        return switch (operator) {
            case StencilOperator stencil -> stencil.reading(components);
            case BandedOperator banded -> banded.reading(components);
            default -> throw refused(operator);
        };
    }

    /**
     * What the operator maps from.
     *
     * @return grid and type of the field
     */
    public Space domain() {
        return inner;
    }

    /**
     * What the operator maps to.
     *
     * @return grid and type of the result
     */
    public Space range() {
        return linear.range();
    }

    /**
     * The part that is linear in the field: all data 0.
     *
     * @return the operator
     */
    public LinearOperator linear() {
        return linear;
    }

    /**
     * The part that is linear in the data of one wall.
     *
     * @param axis a bounded axis
     * @param side which end
     * @return from fields over the {@linkplain WallData#wall wall} to the range
     * @throws IllegalArgumentException if no condition with data stands there
     */
    public LinearOperator source(int axis, Side side) {
        Space wall = WallData.wall(inner, axis, side);
        LinearOperator sum = null;
        for (Part part : parts) {
            WallSource source = part.sources.get(2 * axis + side.ordinal());
            if (source != null) {
                LinearOperator some = parts.size() == 1 ? source : masked(wall, part.components).then(source);
                sum = sum == null ? some : sum.plus(some);
            }
        }
        if (sum == null) {
            throw new IllegalArgumentException("axis is " + axis + ", side " + side
                    + "; there had to be a condition at that wall, and more than one node across it");
        }
        return sum;
    }

    private static LinearOperator masked(Space space, boolean[] components) {
        LinearOperator.Action mask = (in, out) -> mask(in, components, out);
        return LinearOperator.of(space, space, mask, mask);
    }

    private static void mask(Field in, boolean[] components, Field out) {
        long size = in.grid().size();
        for (int c = 0; c < components.length; c++) {
            for (long i = c * size; i < (c + 1) * size; i++) {
                out.setFlat(i, components[c] ? in.getFlat(i) : 0);
            }
        }
    }

    /**
     * Applies the operator. Memory is allocated for the data.
     *
     * @param in a field of the domain; where values stand at node-centred walls they are {@linkplain #impose imposed}
     * @param data on walls with conditions
     * @param out a field of the range in the same precision, apart from {@code in}; overwritten
     * @throws IllegalArgumentException if fields do not fit, or data are given where no condition with data stands;
     *     nothing is written then
     */
    public void apply(Field in, WallData data, Field out) {
        Map<Integer, Field> walls = new LinkedHashMap<>();
        for (int a = 0; a < 3; a++) {
            for (Side side : Side.values()) {
                if (data.has(a, side)) {
                    requireCondition(a, side);
                    walls.put(2 * a + side.ordinal(), data.on(a, side, inner, in.precision()));
                }
            }
        }
        linear.apply(in, out);
        walls.forEach((place, values) -> {
            for (Part part : parts) {
                WallSource source = part.sources.get(place);
                if (source != null) {
                    Field some = values;
                    if (parts.size() > 1) {
                        some = Fields.automatic().like(values);
                        mask(values, part.components, some);
                    }
                    source.add(some, out);
                }
            }
        });
    }

    private void requireCondition(int axis, Side side) {
        if (parts.stream().noneMatch(part -> part.sources.containsKey(2 * axis + side.ordinal()))) {
            throw new IllegalArgumentException("data are on the " + side + " side of axis " + axis
                    + "; there had to be a condition at that wall, and more than one node across it");
        }
    }

    /**
     * Applies the operator to a new field.
     *
     * @param in a field of the domain
     * @param data on walls with conditions
     * @return a fresh field in memory that the garbage collector frees
     */
    public Field apply(Field in, WallData data) {
        inner.require(in, "in");
        Field out = Fields.automatic().precision(in.precision()).of(range().type(), range().grid());
        apply(in, data, out);
        return out;
    }

    /**
     * Writes the values that stand at node-centred walls into the end nodes of a field; others are left as they are.
     * Where two walls meet, the later axis has the last word.
     *
     * @param data on walls with conditions; walls that are not named hold 0
     * @param field of the domain
     */
    public void impose(WallData data, Field field) {
        inner.require(field, "field");
        for (int a = 0; a < inner.grid().dimension(); a++) {
            Axis axis = inner.grid().axis(a);
            for (Side side : Side.values()) {
                for (Part part : parts) {
                    if (part.sources.containsKey(2 * a + side.ordinal())
                            && axis.centring() == Axis.Centring.NODE
                            && part.boundaries.at(a, side) instanceof Condition condition
                            && condition.kind() == Condition.Kind.VALUE) {
                        impose(data.on(a, side, inner, field.precision()), a, side, part.components, field);
                    }
                }
            }
        }
    }

    private static void impose(Field wall, int a, Side side, boolean[] components, Field field) {
        int[] shape = wall.grid().shape();
        int[] index = new int[shape.length];
        int end = side == Side.LOW ? 0 : field.grid().axis(a).size() - 1;
        for (long node = 0; node < wall.grid().size(); node++) {
            int[] place = index.clone();
            place[a] = end;
            for (int c = 0; c < components.length; c++) {
                if (components[c]) {
                    field.set(wall.get(c, index), c, place);
                }
            }
            for (int b = shape.length - 1; b >= 0 && ++index[b] == shape[b]; b--) {
                index[b] = 0;
            }
        }
    }

    /**
     * What this operator stands for.
     *
     * @return the linear part, and what each wall adds
     */
    public String explain() {
        StringBuilder text = new StringBuilder(linear.explain());
        for (Part part : parts) {
            part.sources.forEach((place, source) -> text.append("\nplus data on the ")
                    .append(Side.values()[place % 2]).append(" side of axis ").append(place / 2).append(": ")
                    .append(part.boundaries.at(place / 2, Side.values()[place % 2])));
        }
        return text.toString();
    }
}
