package org.isotrope.laws;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Location;
import org.isotrope.grids.Precision;
import org.isotrope.grids.StaggeredType;
import org.isotrope.grids.Stretching;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;

/**
 * Grids of every kind, with every remainder of the last axis modulo the length of vectors, and fields of every kind.
 * Shrinks to the smallest grid, of uniform bounded axes.
 */
public final class Generators extends DomainContextBase {
    private static final int LONGEST = 70;

    /** What fields are like. */
    public enum Kind {
        SMOOTH, ROUGH, POINT, HUGE, TINY, NOT_A_NUMBER
    }

    /** A type with its dimension, for not every type is in every dimension. */
    public record TypeIn(FieldType type, int dimension) {}

    /** A grid with what lies beyond each of its walls. */
    public record Walled(Grid grid, Boundaries boundaries) {
        @Override
        public String toString() {
            return grid + "\nbeyond walls " + boundaries;
        }
    }

    /** Kinds of axes on [0, 1], from a number of nodes and a seed. */
    private enum Nodes {
        UNIFORM((n, seed) -> Axis.uniform(0, 1, n)),
        CELLS((n, seed) -> Axis.cells(0, 1, n)),
        PERIODIC((n, seed) -> Axis.periodic(0, 1, n)),
        UNEVEN((n, seed) -> Axis.nodes(jittered(n, seed, 0.6))),
        UNEVEN_CELLS((n, seed) -> Axis.cellsBetween(jittered(n + 1, seed, 0.6))),
        STRETCHED((n, seed) -> Stretching.tanh(1.5).nodes(0, 1, n)),
        UNEVEN_PERIODIC((n, seed) -> Axis.periodicNodes(1, jittered(n, seed, 0.6)));

        private final BiFunction<Integer, Long, Axis> make;

        Nodes(BiFunction<Integer, Long, Axis> make) {
            this.make = make;
        }
    }

    /** Nodes in [0, 1), each moved on by up to a part of their distance. */
    static double[] jittered(int n, long seed, double part) {
        Random random = new Random(seed);
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            nodes[i] = (i + part * random.nextDouble()) / n;
        }
        return nodes;
    }

    private static Arbitrary<Axis> axes(int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, most), Arbitraries.of(Nodes.class), Arbitraries.longs())
                .as((n, nodes, seed) -> n == 1 ? Axis.singleton(0.5) : nodes.make.apply(n, seed));
    }

    @Provide
    Arbitrary<Grid> grids() {
        Arbitrary<Axis> last = axes(LONGEST);
        Arbitrary<Grid> line = last.map(Grid::of);
        Arbitrary<Grid> plane = Combinators.combine(axes(16), last).as(Grid::of);
        Arbitrary<Grid> sheared = Combinators.combine(axes(9), last, Arbitraries.doubles().between(-0.8, 0.8))
                .as((x, y, shear) -> Grid.of(new double[][] {{1, shear}, {0.1, 0.9}}, x, y));
        Arbitrary<Grid> space = Combinators.combine(axes(6), axes(6), last).as(Grid::of);
        Arbitrary<Grid> lattice = Combinators.combine(axes(5), axes(5), axes(9), Arbitraries.doubles().between(-0.5, 0.5))
                .as((x, y, z, shear) -> Grid.of(new double[][] {{1, shear, 0}, {0.1, 0.9, shear}, {0, 0.2, 1.1}}, x, y, z));
        return Arbitraries.oneOf(line, plane, sheared, space, lattice);
    }

    @Provide
    Arbitrary<Boundary> boundaries() {
        return Arbitraries.of(Boundary.zero(), Boundary.extrapolate(0), Boundary.extrapolate(1),
                Boundary.extrapolate(2), Boundary.mirror(), Boundary.symmetric(), Boundary.value(), Boundary.slope(),
                Boundary.mixed(0.6));
    }

    /** One rule everywhere, or one a side. */
    @Provide
    Arbitrary<Walled> walled() {
        return Combinators.combine(grids(), boundaries().list().ofSize(6), Arbitraries.of(false, true))
                .as((grid, rules, single) -> new Walled(grid, walls(grid, rules, single)));
    }

    private static Boundaries walls(Grid grid, List<Boundary> rules, boolean single) {
        Boundaries walls = Boundaries.all(rules.getFirst());
        for (int a = 0; single && a < grid.dimension(); a++) {
            if (!grid.axis(a).isPeriodic()) {
                walls = walls.with(a, Side.LOW, rules.get(2 * a)).with(a, Side.HIGH, rules.get(2 * a + 1));
            }
        }
        return walls;
    }

    @Provide
    Arbitrary<StaggeredType> staggeredTypes() {
        List<StaggeredType> types = Arrays.stream(Location.values())
                .flatMap(place -> (place == Location.NODE || place == Location.CELL
                        ? Stream.of(FieldType.SCALAR, FieldType.PSEUDOSCALAR)
                        : Stream.of(FieldType.VECTOR, FieldType.PSEUDOVECTOR)).map(type -> new StaggeredType(type, place)))
                .toList();
        return Arbitraries.of(types);
    }

    @Provide
    Arbitrary<Kind> kinds() {
        return Arbitraries.of(Kind.class);
    }

    @Provide
    Arbitrary<Precision> precisions() {
        return Arbitraries.of(Precision.class);
    }

    @Provide
    Arbitrary<TypeIn> types() {
        return Combinators.combine(Arbitraries.integers().between(1, 3), Arbitraries.longs())
                .as((dimension, seed) -> new TypeIn(type(dimension, new Random(seed)), dimension));
    }

    static FieldType type(int dimension, Random random) {
        FieldType[] simple = {FieldType.SCALAR, FieldType.PSEUDOSCALAR, FieldType.VECTOR, FieldType.PSEUDOVECTOR};
        FieldType[] tensors = {TensorType.GENERAL, TensorType.SYMMETRIC, TensorType.ANTISYMMETRIC, TensorType.TRACELESS,
            TensorType.SYMMETRIC.reflected()};
        int kind = random.nextInt(dimension == 1 ? 1 : 3);
        if (kind == 0) {
            return simple[random.nextInt(simple.length)];
        } else if (kind == 1) {
            return tensors[random.nextInt(tensors.length)];
        }
        StringBuilder text = new StringBuilder();
        int terms = 1 + random.nextInt(3);
        for (int t = 0; t < terms; t++) {
            int order = random.nextInt(4);
            boolean parity = dimension == 3 || order == 0;
            text.append(t == 0 ? "" : " + ").append(1 + random.nextInt(3)).append('x').append(order)
                    .append(!parity ? "" : random.nextBoolean() ? "e" : "o");
        }
        return IrrepsType.of(text.toString());
    }

    /** A field of a kind. */
    static Field field(Kind kind, FieldType type, Grid grid, Precision precision, long seed) {
        Random random = new Random(seed);
        Field field = Fields.automatic().precision(precision).of(type, grid);
        double size = switch (kind) {
            case HUGE -> precision == Precision.FLOAT ? 1e15 : 1e90;
            case TINY -> precision == Precision.FLOAT ? 1e-15 : 1e-90;
            default -> 1;
        };
        double[] wave = random.doubles(3, -4, 4).toArray();
        for (long i = 0; i < field.count(); i++) {
            double value = size * random.nextGaussian();
            if (kind == Kind.SMOOTH) {
                double phase = 0.3 * (i / grid.size());
                double[] x = grid.position(grid.index(i % grid.size()));
                for (int a = 0; a < x.length; a++) {
                    phase += wave[a] * x[a];
                }
                value = Math.cos(phase);
            }
            field.setFlat(i, kind == Kind.POINT ? 0 : value);
        }
        long somewhere = (random.nextLong() >>> 1) % field.count();
        if (kind == Kind.POINT) {
            field.setFlat(somewhere, 1);
        } else if (kind == Kind.NOT_A_NUMBER) {
            field.setFlat(somewhere, Double.NaN);
        }
        return field;
    }
}
