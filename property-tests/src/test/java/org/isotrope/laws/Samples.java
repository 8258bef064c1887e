package org.isotrope.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.stencil.Stencil;

/** Random grids, boundaries and operators, and fields from a seed. Shrinks towards small grids. */
public final class Samples extends DomainContextBase {
    private static final List<Boundary> RULES = List.of(
            Boundary.zero(),
            Boundary.extrapolate(0),
            Boundary.extrapolate(1),
            Boundary.extrapolate(2),
            Boundary.mirror(),
            Boundary.symmetric());

    /**
     * Fewest nodes of a bounded axis: mirrors reach as far inwards as stencils reach out, and on three nodes between
     * mirrors the divergence of a gradient cancels to nothing, so that relative errors mean nothing.
     */
    private static final int BOUNDED = 5;

    /** An operator made by a factory of the library, with a name for reports. */
    public record Sample(String name, LinearOperator operator) {
        @Override
        public String toString() {
            return name + " on\n" + operator.domain().grid();
        }
    }

    /** A grid all of whose axes are alike, so that every exchange and reversal of axes is a symmetry. */
    public record CubicGrid(Grid grid) {}

    @Provide
    Arbitrary<Precision> precisions() {
        return Arbitraries.of(Precision.class);
    }

    private static Arbitrary<Axis> axes(int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(3, most), Arbitraries.of(true, false),
                        Arbitraries.doubles().between(0.5, 3))
                .as((n, periodic, length) ->
                        periodic ? Axis.periodic(0, length, n) : Axis.uniform(0, length, Math.max(n, BOUNDED)));
    }

    @Provide
    Arbitrary<Grid> grids() {
        Arbitrary<Grid> line = axes(70).map(Grid::of);
        Arbitrary<Grid> plane = Combinators.combine(axes(40), axes(70)).as(Grid::of);
        Arbitrary<Grid> sheared = Combinators.combine(axes(20), axes(40), Arbitraries.doubles().between(-0.8, 0.8))
                .as((x, y, shear) -> Grid.of(new double[][] {{1, shear}, {0.1, 0.9}}, x, y));
        Arbitrary<Grid> space = Combinators.combine(axes(9), axes(12), axes(40)).as(Grid::of);
        return Arbitraries.oneOf(line, plane, sheared, space);
    }

    @Provide
    Arbitrary<CubicGrid> cubicGrids() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 3), Arbitraries.integers().between(4, 12),
                        Arbitraries.of(true, false))
                .as((dimension, n, periodic) -> {
                    int nodes = dimension == 3 ? Math.min(n, 7) : n;
                    Axis axis = periodic ? Axis.periodic(0, 1, nodes) : Axis.uniform(0, 1, nodes);
                    return new CubicGrid(Grid.of(java.util.Collections.nCopies(dimension, axis).toArray(Axis[]::new)));
                });
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Combinators.combine(
                        grids(), Arbitraries.of(RULES), Arbitraries.integers().between(0, FACTORIES.size() - 1),
                        Arbitraries.longs())
                .as((grid, rule, factory, seed) -> sample(grid, rule, factory, seed));
    }

    /** One of the factories, replaced by the Laplacian where the dimension does not fit. */
    static Sample sample(Grid grid, Boundary rule, int factory, long seed) {
        Boundaries boundaries = Boundaries.all(rule);
        Factory chosen = FACTORIES.get(factory);
        if (grid.dimension() < chosen.least || grid.dimension() > chosen.most) {
            chosen = FACTORIES.getFirst();
        }
        return new Sample(chosen.name + " beyond walls " + rule, chosen.make.apply(new Recipe(grid, boundaries, seed)));
    }

    private record Recipe(Grid grid, Boundaries boundaries, long seed) {
        Radial bump() {
            return Radial.gaussian(grid.dimension(), 1.5 * spacing());
        }

        double spacing() {
            return grid.axes().stream().mapToDouble(Axis::spacing).min().orElseThrow();
        }

        LinearOperator radial(FieldType in, FieldType out) {
            return Operators.radial(grid, bump().within(2.2 * spacing()), in, out, boundaries);
        }

        LinearOperator randomStencil() {
            Random random = new Random(seed);
            int d = grid.dimension();
            Stencil.Builder stencil = Stencil.builder(d, d, d);
            for (int t = 0; t < 20; t++) {
                int[] offset = random.ints(d, -2, 3).toArray();
                stencil.tap(random.nextInt(d), random.nextInt(d), random.nextGaussian(), offset);
            }
            return Operators.stencil(stencil.build(), grid, FieldType.VECTOR, FieldType.VECTOR, boundaries);
        }
    }

    private record Factory(String name, int least, int most, boolean equivariant, Function<Recipe, LinearOperator> make) {
        Factory(String name, int least, Function<Recipe, LinearOperator> make) {
            this(name, least, 3, true, make);
        }
    }

    private static final List<Factory> FACTORIES = List.of(
            new Factory("laplacian", 1, r -> Operators.laplacian(r.grid, r.boundaries)),
            new Factory("vector laplacian", 1, r -> Operators.laplacian(r.grid, FieldType.VECTOR, r.boundaries)),
            new Factory("gradient", 1, r -> Operators.gradient(r.grid, r.boundaries)),
            new Factory("divergence", 1, r -> Operators.divergence(r.grid, r.boundaries)),
            new Factory("curl", 2, r -> Operators.curl(r.grid, r.boundaries)),
            new Factory("curl of pseudoscalar", 2, 2, true, r -> Operators.curlOfPseudoscalar(r.grid, r.boundaries)),
            new Factory("scalar kernel on scalars", 1, r -> r.radial(FieldType.SCALAR, FieldType.SCALAR)),
            new Factory("scalar kernel on vectors", 1, r -> r.radial(FieldType.VECTOR, FieldType.VECTOR)),
            new Factory("vector kernel on scalars", 1, r -> r.radial(FieldType.SCALAR, FieldType.VECTOR)),
            new Factory("vector kernel dot vectors", 1, r -> r.radial(FieldType.VECTOR, FieldType.SCALAR)),
            new Factory("vector kernel cross vectors", 3, r -> r.radial(FieldType.VECTOR, FieldType.PSEUDOVECTOR)),
            new Factory("vector kernel cross vectors", 2, 2, true,
                    r -> r.radial(FieldType.VECTOR, FieldType.PSEUDOSCALAR)),
            new Factory("gradient then divergence", 1, r -> Operators.gradient(r.grid, r.boundaries)
                    .then(Operators.divergence(r.grid, r.boundaries))),
            new Factory("combination", 1, r -> Operators.laplacian(r.grid, r.boundaries).times(0.3)
                    .minus(r.radial(FieldType.SCALAR, FieldType.SCALAR).adjoint())),
            new Factory("laplacian of order 4", 1,
                    r -> Differential.on(r.grid).accuracy(4).beyondWalls(r.boundaries).laplacian()),
            new Factory("gradient of order 4", 1,
                    r -> Differential.on(r.grid).accuracy(4).beyondWalls(r.boundaries).gradient()),
            new Factory("biharmonic", 1, r -> Differential.on(r.grid).beyondWalls(r.boundaries).biharmonic()),
            new Factory("isotropic laplacian", 1, r -> r.grid.isRectangular()
                    ? Differential.on(r.grid).isotropic().beyondWalls(r.boundaries).laplacian()
                    : Operators.laplacian(r.grid, r.boundaries)),
            new Factory("isotropic gradient", 1, r -> r.grid.isRectangular()
                    ? Differential.on(r.grid).isotropic().beyondWalls(r.boundaries).gradient()
                    : Operators.gradient(r.grid, r.boundaries)),
            new Factory("derivative", 1, 3, false, r -> Operators.derivative(r.grid, 0, r.boundaries)),
            new Factory("random stencil", 1, 3, false, Recipe::randomStencil));

    /** From one of the factories whose operators commute with rotations. */
    static Sample equivariant(Grid grid, Boundary rule, long seed) {
        List<Integer> fitting = new ArrayList<>();
        for (int f = 0; f < FACTORIES.size(); f++) {
            Factory factory = FACTORIES.get(f);
            boolean fits = grid.dimension() >= factory.least && grid.dimension() <= factory.most;
            if (factory.equivariant && fits) {
                fitting.add(f);
            }
        }
        return sample(grid, rule, fitting.get((int) Math.floorMod(seed, (long) fitting.size())), seed);
    }

    static Field random(Space space, Precision precision, long seed) {
        Field field = Fields.automatic().precision(precision).of(space.type(), space.grid());
        Random random = new Random(seed);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    static double norm(Field field) {
        return Math.sqrt(Arithmetic.dot(field, field));
    }

    static Field difference(Field a, Field b) {
        Field difference = Fields.automatic().copy(a);
        Arithmetic.addScaled(-1, b, difference);
        return difference;
    }
}
