package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.ShellConvolution;
import org.isotrope.kernels.TensorConvolution;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;

/** Convolutions with radial functions of every kind between fields of every type. */
@Domain(ConvolutionLaws.Kernels.class)
@Domain(DomainContext.Global.class)
class ConvolutionLaws {
    /** A convolution on a grid whose axes are alike. */
    record Convolution(ShellConvolution operator) {
        @Override
        public String toString() {
            return operator.domain() + "\n" + operator.explain();
        }
    }

    static final class Kernels extends DomainContextBase {
        private static RadialFunction radial(int dimension, int kind, double cutoff, Grid grid) {
            return switch (kind) {
                case 0 -> Radial.gaussian(dimension, cutoff / 2).within(cutoff);
                case 1 -> Radial.heat(dimension, 0.7, cutoff * cutoff / 9).within(cutoff);
                case 2 -> Radial.gaussianDerivative(dimension, cutoff / 3, 1).within(cutoff);
                case 3 -> Radial.yukawa(dimension, 3).averagedAtCentre(grid).within(cutoff);
                case 4 -> Radial.coulomb(dimension).averagedAtCentre(grid).within(cutoff);
                case 5 -> Radial.gauss(dimension).withCentre(0).within(cutoff);
                case 6 -> Radial.spline(new double[] {0, cutoff / 3, cutoff / 2, cutoff}, new double[] {1, -0.4, 0.3, 0.2}).within(cutoff);
                default -> Radial.of("hat", r -> 1 - r / cutoff).within(cutoff);
            };
        }

        private static List<FieldType> types(int dimension) {
            return List.of(FieldType.SCALAR, FieldType.VECTOR, FieldType.PSEUDOSCALAR, FieldType.PSEUDOVECTOR,
                    TensorType.SYMMETRIC, TensorType.ANTISYMMETRIC,
                    IrrepsType.of(dimension == 3 ? "1x0e + 1x1o" : "2x0e + 1x1"), IrrepsType.of(dimension == 3 ? "1x2e" : "1x3"));
        }

        @Provide
        Arbitrary<Convolution> convolutions() {
            Arbitrary<Integer> choice = Arbitraries.integers().between(0, 7);
            return Combinators.combine(Arbitraries.integers().between(2, 3), Arbitraries.integers().between(4, 7),
                            Arbitraries.of(Boundary.zero(), Boundary.symmetric(), Boundary.extrapolate(0), Boundary.mirror()),
                            Arbitraries.of(false, true), choice, choice, choice)
                    .as((dimension, n, rule, periodic, kind, in, out) -> {
                        int size = dimension == 3 ? 4 : n;
                        Axis axis = periodic ? Axis.periodic(0, 1, size) : Axis.uniform(0, 1, size);
                        Axis[] axes = new Axis[dimension];
                        Arrays.fill(axes, axis);
                        Grid grid = Grid.of(axes);
                        double cutoff = 1.8 * axis.spacing();
                        return new Convolution(made(grid, types(dimension).get(in), types(dimension).get(out), rule,
                                radial(dimension, kind, cutoff, grid)));
                    });
        }

        private static ShellConvolution made(
                Grid grid, FieldType in, FieldType out, Boundary rule, RadialFunction radial) {
            Boundaries walls = Boundaries.all(rule);
            try {
                return TensorConvolution.on(grid, in, out).beyondWalls(walls).radial(radial);
            } catch (IllegalArgumentException refused) {
                // no harmonic joins a scalar and a pseudoscalar
                assertThat(refused).hasMessageContaining("had to");
                return TensorConvolution.on(grid, in, in).beyondWalls(walls).radial(radial);
            }
        }
    }

    @Property(seed = "2108")
    void symmetriesOfTheGridCommute(@ForAll Convolution convolution, @ForAll long seed) {
        LinearOperator a = convolution.operator();
        List<Symmetry> symmetries = a.domain().grid().symmetries();
        Symmetry symmetry = symmetries.get(Math.floorMod(seed, symmetries.size()));
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field moved = Fields.automatic().like(x);
        symmetry.apply(x, moved);
        Field image = a.apply(x);
        Field expected = Fields.automatic().like(image);
        symmetry.apply(image, expected);
        assertThat(Samples.norm(Samples.difference(a.apply(moved), expected))).as(symmetry.toString())
                .isLessThanOrEqualTo(1e-12 * Samples.norm(x));
    }

    @Property(seed = "2108")
    void adjointsAreTransposesAndValuesEnterLinearly(@ForAll Convolution convolution, @ForAll long seed) {
        ShellConvolution a = convolution.operator();
        Field x = Samples.random(a.domain(), Precision.DOUBLE, seed);
        Field y = Samples.random(a.range(), Precision.DOUBLE, seed + 1);
        double error = Arithmetic.dot(a.apply(x), y) - Arithmetic.dot(x, a.adjoint().apply(y));
        double size = Samples.norm(x) * Samples.norm(y);
        assertThat(Math.abs(error)).isLessThanOrEqualTo(1e-12 * size);
        // for values v the image is linear in v, so that a gradient of ⟨y, A(v) x⟩ gives it back
        double[] values = new Random(seed).doubles(a.values().length, -1, 1).toArray();
        double direct = Arithmetic.dot(a.withValues(values).apply(x), y);
        double[] gradient = a.shellGradient(x, y);
        double sum = 0;
        double terms = 0;
        for (int i = 0; i < values.length; i++) {
            sum += gradient[i] * values[i];
            terms += Math.abs(gradient[i] * values[i]);
        }
        assertThat(Math.abs(direct - sum)).isLessThanOrEqualTo(1e-12 * (terms + size));
    }

    @Property(seed = "2108")
    void everyAlgorithmStaysWithinWhatItSays(
            @ForAll Convolution convolution, @ForAll Algorithm algorithm, @ForAll long seed) {
        LinearOperator a = convolution.operator();
        Precision precision = Precision.values()[(int) (seed & 1)];
        Field x = Samples.random(a.domain(), precision, seed);
        Field expected = Fields.automatic().precision(precision).of(a.range().type(), a.range().grid());
        a.plan(precision, Execution.scalarReference().with(Algorithm.SWEEPS)).apply(x, expected);
        Field found = Fields.automatic().like(expected);
        double allowed = 1e-3;
        Plan plan;
        try {
            plan = a.plan(precision, Execution.threads(1 + (int) (seed >> 1 & 1)).with(algorithm).allowing(allowed));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("had to");
            return;
        }
        plan.apply(x, found.fill(Double.NaN));
        if (algorithm == Algorithm.SWEEPS || algorithm == Algorithm.BLOCKS) {
            assertThat(found.segment().mismatch(expected.segment())).isEqualTo(-1);
        }
        double error = Samples.norm(Samples.difference(found, expected));
        assertThat(error).isLessThanOrEqualTo(100 * allowed * Samples.norm(x));
    }

    /** The same image, but for discretisation, when a smooth field and its types are turned by any angle first. */
    @Property(seed = "2108")
    void rotationsByAnyAngleCommuteAsFieldsAreResolved(
            @ForAll @IntRange(max = 2) int in, @ForAll @IntRange(max = 2) int out, @ForAll long seed) {
        Random random = new Random(seed);
        int n = 25;
        Grid grid = Grid.of(Axis.uniform(-1, 1, n), Axis.uniform(-1, 1, n));
        double h = grid.axis(0).spacing();
        FieldType[] types = {FieldType.SCALAR, FieldType.VECTOR, TensorType.SYMMETRIC};
        FieldType from = types[in];
        FieldType to = types[out];
        // r⁴ makes room for harmonics of order up to four at the centre
        RadialFunction radial = Radial.of("ring", r -> Math.pow(r / h, 4) * Math.exp(-r * r / (4.5 * h * h))).within(8.5 * h);
        LinearOperator operator = TensorConvolution.on(grid, from, to).radial(radial);
        double angle = 2 * Math.PI * random.nextDouble();
        double[][] turn = {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
        double[] amplitude = random.doubles(from.components(2), -1, 1).toArray();
        double[] place = {h * (2 * random.nextDouble() - 1), h * (2 * random.nextDouble() - 1)};
        double[] turned = times(turn, place);
        double[] image = atCentre(operator, bump(operator, place, amplitude, h));
        double[] expected = times(to.representation(turn), image);
        double[] found = atCentre(operator, bump(operator, turned, times(from.representation(turn), amplitude), h));
        double size = norm(atCentre(operator, bump(operator, new double[] {h, 0.5 * h}, amplitude, h))) + norm(image);
        for (int c = 0; c < found.length; c++) {
            assertThat(Math.abs(found[c] - expected[c])).isLessThanOrEqualTo(2e-3 * size);
        }
    }

    private static Field bump(LinearOperator operator, double[] place, double[] amplitude, double h) {
        return Fields.automatic().of(operator.domain().type(), operator.domain().grid()).fill((x, values) -> {
            double squares = Math.pow(x[0] - place[0], 2) + Math.pow(x[1] - place[1], 2);
            double bump = Math.exp(-squares / (2 * 3.24 * h * h));
            for (int c = 0; c < values.length; c++) {
                values[c] = amplitude[c] * bump;
            }
        });
    }

    private static double[] atCentre(LinearOperator operator, Field field) {
        Field image = operator.apply(field);
        int middle = field.grid().axis(0).size() / 2;
        double[] values = new double[image.components()];
        Arrays.setAll(values, c -> image.get(c, middle, middle));
        return values;
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(entry -> entry * entry).sum());
    }

    private static double[] times(double[][] matrix, double[] x) {
        double[] y = new double[matrix.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += matrix[i][j] * x[j];
            }
        }
        return y;
    }
}
