package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Condition;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.AffineOperator;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.WallData;

/** Operators under conditions with data at walls, on rectangular grids of every kind. */
@Domain(WallLaws.Conditions.class)
@Domain(DomainContext.Global.class)
class WallLaws {
    /** Random conditions on the walls of a grid, and the slope of a linear function. */
    record Conditioned(Grid grid, Boundaries boundaries) {
        boolean hasWalls(int axis) {
            return !grid.axis(axis).isPeriodic();
        }

        @Override
        public String toString() {
            return grid + "\nbeyond walls " + boundaries;
        }
    }

    static final class Conditions extends DomainContextBase {
        private static Arbitrary<Axis> axes(int most) {
            return Combinators.combine(Arbitraries.integers().between(6, most), Arbitraries.integers().between(0, 4),
                            Arbitraries.longs())
                    .as((n, kind, seed) -> switch (kind) {
                        case 0 -> Axis.uniform(0, 1, n);
                        case 1 -> Axis.cells(0, 1, n);
                        case 2 -> Axis.nodes(Generators.jittered(n, seed, 0.4));
                        case 3 -> Axis.cellsBetween(Generators.jittered(n + 1, seed, 0.4));
                        default -> Axis.periodic(0, 1, n);
                    });
        }

        @Provide
        Arbitrary<Conditioned> conditioned() {
            Arbitrary<Grid> grids = Arbitraries.oneOf(axes(20).map(Grid::of),
                    Combinators.combine(axes(9), axes(15)).as(Grid::of),
                    Combinators.combine(axes(6), axes(6), axes(7)).as(Grid::of));
            Arbitrary<Boundary> conditions = Arbitraries.of(
                    Boundary.value(), Boundary.slope(), Boundary.mixed(0.7), Boundary.mixed(-0.2));
            return Combinators.combine(grids, conditions.list().ofSize(6)).as((grid, chosen) -> {
                Boundaries walls = Boundaries.all(chosen.getFirst());
                for (int a = 0; a < grid.dimension(); a++) {
                    if (!grid.axis(a).isPeriodic()) {
                        walls = walls.with(a, Side.LOW, chosen.get(2 * a)).with(a, Side.HIGH, chosen.get(2 * a + 1));
                    }
                }
                return new Conditioned(grid, walls);
            });
        }
    }

    /** What the conditions say of a linear function that is constant along periodic axes. */
    private static WallData data(Conditioned conditioned, double[] slope, double offset) {
        WallData data = WallData.zero();
        for (int a = 0; a < slope.length; a++) {
            for (Side side : Side.values()) {
                if (conditioned.hasWalls(a) && conditioned.boundaries.at(a, side) instanceof Condition condition) {
                    double outward = side == Side.LOW ? -slope[a] : slope[a];
                    data = data.with(a, side, x -> switch (condition.kind()) {
                        case VALUE -> linear(slope, offset, x);
                        case SLOPE -> outward;
                        case MIXED -> outward + condition.gamma() * linear(slope, offset, x);
                    });
                }
            }
        }
        return data;
    }

    private static double linear(double[] slope, double offset, double[] x) {
        double value = offset;
        for (int a = 0; a < slope.length; a++) {
            value += slope[a] * x[a];
        }
        return value;
    }

    private static double[] slope(Conditioned conditioned, Random random) {
        double[] slope = random.doubles(conditioned.grid.dimension(), -1, 1).toArray();
        for (int a = 0; a < slope.length; a++) {
            slope[a] = conditioned.hasWalls(a) ? slope[a] : 0;
        }
        return slope;
    }

    /** The least distance between nodes, a wall between them counted too. */
    private static double finest(Grid grid) {
        double least = 1;
        for (Axis axis : grid.axes()) {
            for (int i = 1; i < axis.size(); i++) {
                least = Math.min(least, axis.node(i) - axis.node(i - 1));
            }
            if (axis.centring() == Axis.Centring.CELL) {
                least = Math.min(least, 2 * (axis.node(0) - axis.low()));
                least = Math.min(least, 2 * (axis.high() - axis.node(axis.size() - 1)));
            }
        }
        return least;
    }

    @Property(seed = "2108")
    void linearFunctionsAreExactAtEveryWall(@ForAll Conditioned conditioned, @ForAll long seed) {
        Random random = new Random(seed);
        double[] slope = slope(conditioned, random);
        double offset = random.nextGaussian();
        Grid grid = conditioned.grid;
        Field u = Fields.automatic().scalar(grid, x -> linear(slope, offset, x));
        WallData data = data(conditioned, slope, offset);
        double rounding = 1e-12 * (1 + Math.abs(offset)) / finest(grid);
        Field gradient = AffineOperator.of(grid, conditioned.boundaries, Differential::gradient).apply(u, data);
        for (int c = 0; c < slope.length; c++) {
            for (long i = 0; i < grid.size(); i++) {
                assertThat(gradient.getFlat(c * grid.size() + i)).isCloseTo(slope[c],
                        within(rounding));
            }
        }
        Field laplacian = AffineOperator.of(grid, conditioned.boundaries, Differential::laplacian).apply(u, data);
        for (long i = 0; i < grid.size(); i++) {
            assertThat(Math.abs(laplacian.getFlat(i))).isLessThanOrEqualTo(4 * rounding / finest(grid));
        }
    }

    @Property(seed = "2108")
    void theWholeIsTheLinearPartAndTheSources(@ForAll Conditioned conditioned, @ForAll long seed) {
        Random random = new Random(seed);
        Function<Differential, LinearOperator> kind = random.nextBoolean()
                ? Differential::vectorLaplacian : Differential::divergence;
        AffineOperator affine = AffineOperator.of(conditioned.grid, conditioned.boundaries, kind);
        Field u = Samples.random(affine.domain(), Precision.DOUBLE, random.nextLong());
        Field expected = affine.linear().apply(u);
        double size = Samples.norm(expected);
        WallData data = WallData.zero();
        for (int a = 0; a < conditioned.grid.dimension(); a++) {
            for (Side side : Side.values()) {
                if (conditioned.hasWalls(a)) {
                    LinearOperator source = affine.source(a, side);
                    Field wall = Samples.random(source.domain(), Precision.DOUBLE, random.nextLong());
                    data = data.with(a, side, wall);
                    Field share = source.apply(wall);
                    size += Samples.norm(share);
                    Arithmetic.addScaled(1, share, expected);
                }
            }
        }
        assertThat(Samples.norm(Samples.difference(affine.apply(u, data), expected))).isLessThanOrEqualTo(1e-12 * size);
        Field still = affine.apply(u, WallData.zero());
        assertThat(Samples.norm(Samples.difference(still, affine.linear().apply(u)))).isLessThanOrEqualTo(1e-12 * size);
    }

    @Property(seed = "2108")
    void imposedValuesAreThoseOfTheWalls(@ForAll Conditioned conditioned, @ForAll long seed) {
        Random random = new Random(seed);
        double[] slope = slope(conditioned, random);
        Grid grid = conditioned.grid;
        AffineOperator affine = AffineOperator.of(grid, conditioned.boundaries, Differential::laplacian);
        Field u = Samples.random(affine.domain(), Precision.DOUBLE, seed);
        Field before = Fields.automatic().copy(u);
        affine.impose(data(conditioned, slope, 0.5), u);
        for (long i = 0; i < grid.size(); i++) {
            int[] index = grid.index(i);
            boolean imposed = false;
            for (int a = 0; a < index.length; a++) {
                Axis axis = grid.axis(a);
                boolean node = conditioned.hasWalls(a) && axis.centring() == Axis.Centring.NODE;
                imposed |= node && index[a] == 0 && isValue(conditioned, a, Side.LOW);
                imposed |= node && index[a] == axis.size() - 1 && isValue(conditioned, a, Side.HIGH);
            }
            double expected = imposed ? linear(slope, 0.5, grid.position(index)) : before.getFlat(i);
            assertThat(u.getFlat(i)).isCloseTo(expected, within(1e-14));
        }
        assertThat(affine.domain().type()).isEqualTo(FieldType.SCALAR);
    }

    private static boolean isValue(Conditioned conditioned, int axis, Side side) {
        return conditioned.boundaries.at(axis, side) instanceof Condition condition
                && condition.kind() == Condition.Kind.VALUE;
    }
}
