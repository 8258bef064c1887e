package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Location;
import org.isotrope.grids.Precision;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.staggered.StaggeredGrid;

/** Identities between staggered places, on rectangular grids of any axes. */
@Domain(StaggeredLaws.Grids.class)
@Domain(DomainContext.Global.class)
class StaggeredLaws {
    /** The places of a grid, and whether what sits on walls is 0. */
    record Places(StaggeredGrid on, boolean zeroOnWalls) {
        @Override
        public String toString() {
            return on.toString();
        }
    }

    static final class Grids extends DomainContextBase {
        private static Arbitrary<Axis> axes(int most) {
            return Combinators.combine(Arbitraries.integers().between(2, most), Arbitraries.integers().between(0, 3),
                            Arbitraries.longs())
                    .as((n, kind, seed) -> switch (kind) {
                        case 0 -> Axis.uniform(0, 1, n);
                        case 1 -> Axis.periodic(0, 1, n);
                        case 2 -> Axis.nodes(Generators.jittered(n, seed, 0.5));
                        default -> Axis.periodicNodes(1.1, Generators.jittered(n, seed, 0.5));
                    });
        }

        @Provide
        Arbitrary<Places> places() {
            return Combinators.combine(
                            Arbitraries.oneOf(Combinators.combine(axes(8), axes(35)).as(Grid::of),
                                    Combinators.combine(axes(5), axes(5), axes(18)).as(Grid::of)),
                            Arbitraries.of(false, true))
                    .as((grid, zero) -> new Places(
                            zero ? StaggeredGrid.on(grid).zeroOnWalls() : StaggeredGrid.on(grid), zero));
        }
    }

    private static void requireNothing(LinearOperator first, LinearOperator second, long seed) {
        Field x = Samples.random(first.domain(), Precision.DOUBLE, seed);
        Field between = first.apply(x);
        Field ones = second.apply(Samples.random(second.domain(), Precision.DOUBLE, seed + 1));
        double gain = Samples.norm(ones) / Math.sqrt(ones.count());
        assertThat(Samples.norm(second.apply(between))).isLessThanOrEqualTo(1e-12 * (1 + gain) * Samples.norm(between) * 4);
    }

    @Property(seed = "2108")
    void curlsOfGradientsVanish(@ForAll Places places, @ForAll long seed) {
        requireNothing(places.on.gradient(Location.NODE), places.on.curl(Location.EDGE), seed);
        requireNothing(places.on.gradient(Location.CELL), places.on.curl(Location.FACE), seed);
    }

    @Property(seed = "2108")
    void divergencesOfCurlsVanish(@ForAll Places places, @ForAll long seed) {
        if (places.on.grid().dimension() == 3) {
            for (Location from : new Location[] {Location.EDGE, Location.FACE}) {
                LinearOperator curl = places.on.curl(from);
                requireNothing(curl, places.on.divergence((StaggeredType) curl.range().type()), seed);
            }
        }
    }

    private static double dot(Field x, Field y) {
        StaggeredType type = (StaggeredType) x.type();
        Grid grid = x.grid();
        double sum = 0;
        for (long i = 0; i < x.count(); i++) {
            sum += type.weight(grid, (int) (i / grid.size()), grid.index(i % grid.size())) * x.getFlat(i) * y.getFlat(i);
        }
        return sum;
    }

    /** ⟨∇u, v⟩ = −⟨u, ∇·v⟩ under the volumes of the places, on both chains. */
    @Property(seed = "2108")
    void divergencesAreMinusAdjointsOfGradientsUnderVolumes(@ForAll Places places, @ForAll long seed) {
        for (boolean primal : new boolean[] {true, false}) {
            LinearOperator gradient = places.on.gradient(primal ? Location.NODE : Location.CELL);
            LinearOperator divergence = places.on.divergence(primal ? Location.EDGE : Location.FACE);
            Field u = inside(Samples.random(gradient.domain(), Precision.DOUBLE, seed), places);
            Field v = inside(Samples.random(divergence.domain(), Precision.DOUBLE, seed + 1), places);
            double forward = dot(gradient.apply(u), v);
            double backward = dot(u, divergence.apply(v));
            double size = Samples.norm(gradient.apply(u)) * Samples.norm(v);
            assertThat(Math.abs(forward + backward)).isLessThanOrEqualTo(1e-12 * size);
        }
    }

    /** Padding is of no place; what sits on walls is 0 where the grid says so. */
    private static Field inside(Field field, Places places) {
        StaggeredType type = (StaggeredType) field.type();
        Grid grid = field.grid();
        for (long i = 0; i < field.count(); i++) {
            int c = (int) (i / grid.size());
            int[] index = grid.index(i % grid.size());
            boolean out = type.isPadding(grid, c, index);
            for (int a = 0; places.zeroOnWalls && a < index.length; a++) {
                boolean end = index[a] == 0 || index[a] == grid.axis(a).size() - 1;
                out |= end && !grid.axis(a).isPeriodic() && !type.isHalf(grid, c, a);
            }
            if (out) {
                field.setFlat(i, 0);
            }
        }
        return field;
    }
}
