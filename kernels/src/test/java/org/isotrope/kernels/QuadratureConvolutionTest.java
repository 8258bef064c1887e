package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Stretching;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QuadratureConvolutionTest {
    private static final double[][] SHEAR = {{1, 0.4}, {-0.2, 0.9}};
    private static final double[][] SHEAR3 = {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {0.1, 0, 1.1}};
    private static final Axis STRETCHED = Stretching.tanh(1.3).nodes(-1, 1, 8);
    private static final Axis CELLS = Axis.cellsBetween(-1, -0.7, 0.2, 0.5, 1);
    private static final Axis RING = Axis.periodicNodes(2, -0.9, -0.2, 0.4, 0.6);

    private static RadialFunction kernel(double cutoff) {
        return Radial.of("1/(1 + r²) − r/4", r -> 1 / (1 + r * r) - r / 4).within(cutoff);
    }

    private static List<Grid> grids() {
        Axis uniform = Axis.uniform(-1, 1, 6);
        return List.of(
                Grid.of(STRETCHED), Grid.of(CELLS), Grid.of(RING),
                Grid.of(STRETCHED, uniform), Grid.of(uniform, RING), Grid.of(Axis.periodic(-1, 1, 5), CELLS),
                Grid.of(SHEAR, STRETCHED, RING), Grid.of(SHEAR, CELLS, Axis.periodic(-1, 1, 7)),
                Grid.of(uniform, Axis.periodic(-1, 1, 5), CELLS), Grid.of(RING, CELLS, uniform),
                Grid.of(SHEAR3, CELLS, RING, Axis.cells(-1, 1, 4)),
                Grid.of(Axis.singleton(0.2), STRETCHED, RING));
    }

    /** Equal spacing, but not by name. */
    private static Axis disguised(Axis axis) {
        return axis.isPeriodic() ? Axis.periodicNodes(axis.period(), axis.nodes())
                : axis.size() == 1 ? axis : Axis.nodes(axis.nodes());
    }

    @Test
    void onGridsThatAreNonuniformInNameOnlyItIsTheRadialOperator() {
        List<Grid> uniform = List.of(
                Grid.of(Axis.uniform(-1, 1, 15)),
                Grid.of(Axis.periodic(-1, 1, 9)),
                Grid.of(Axis.uniform(-1, 1, 9), Axis.periodic(-1, 1, 8)),
                Grid.of(SHEAR, Axis.uniform(-1, 1, 8), Axis.uniform(-1, 1, 7)),
                Grid.of(Axis.uniform(-1, 1, 6), Axis.periodic(-1, 1, 5), Axis.uniform(-1, 1, 7)),
                Grid.of(SHEAR3, Axis.uniform(-1, 1, 5), Axis.periodic(-1, 1, 5), Axis.uniform(-1, 1, 6)));
        for (Grid grid : uniform) {
            Axis[] axes = grid.axes().stream().map(QuadratureConvolutionTest::disguised).toArray(Axis[]::new);
            Grid named = grid.isRectangular() ? Grid.of(axes) : Grid.of(grid.cell(), axes);
            Axis[] some = grid.axes().toArray(Axis[]::new);
            some[0] = disguised(some[0]);
            Grid partly = grid.isRectangular() ? Grid.of(some) : Grid.of(grid.cell(), some);
            for (double cutoff : new double[] {0.73, 1.1}) {
                for (FieldType[] types : Registry.products(grid.dimension())) {
                    LinearOperator expected = Operators.radial(grid, kernel(cutoff), types[0], types[1]);
                    for (Grid target : List.of(grid, named, partly)) {
                        LinearOperator found =
                                QuadratureConvolution.radial(target, kernel(cutoff), types[0], types[1]);
                        compare(expected, found, Precision.DOUBLE, 1e-12);
                        compare(expected.adjoint(), found.adjoint(), Precision.DOUBLE, 1e-12);
                        compare(expected, found, Precision.FLOAT, 1e-5);
                    }
                }
            }
        }
    }

    private static void compare(LinearOperator expected, LinearOperator found, Precision precision, double bar) {
        Field x = Samples.random(expected.domain().type(), expected.domain().grid(), precision, 5);
        Field same = Fields.automatic().precision(precision).of(found.domain().type(), found.domain().grid());
        same.segment().copyFrom(x.segment());
        Field y = expected.apply(x);
        assertThat(Samples.distance(found.apply(same), y)).as("%s", found.domain().grid())
                .isLessThanOrEqualTo(bar * Samples.largest(y));
    }

    /** The formula, image by image, with the true positions. */
    private static Field naive(Grid grid, RadialFunction radial, FieldType in, FieldType out, Field f) {
        int d = grid.dimension();
        Product product = Product.of(in, out, d);
        Field y = Fields.automatic().of(out, grid);
        long n = grid.size();
        int[] images = new int[3];
        for (long i = 0; i < n; i++) {
            for (long j = 0; j < n; j++) {
                for (images[0] = -2; images[0] <= 2; images[0]++) {
                    for (images[1] = -2; images[1] <= 2; images[1]++) {
                        for (images[2] = -2; images[2] <= 2; images[2]++) {
                            addPair(grid, radial, product, images, i, j, f, y);
                        }
                    }
                }
            }
        }
        return y;
    }

    private static void addPair(
            Grid grid, RadialFunction radial, Product product, int[] images, long i, long j, Field f, Field y) {
        int d = grid.dimension();
        double[] xi = new double[d];
        for (int a = 0; a < 3; a++) {
            if (images[a] != 0 && (a >= d || !grid.axis(a).isPeriodic())) {
                return;
            }
        }
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            double shift = axis.isPeriodic() ? images[a] * axis.period() : 0;
            xi[a] = axis.node(grid.index(i)[a]) - axis.node(grid.index(j)[a]) - shift;
        }
        double[] x = grid.toSpace(xi);
        double length = 0;
        for (double entry : x) {
            length = Math.hypot(length, entry);
        }
        if (length > radial.cutoff()) {
            return;
        }
        double r = length;
        for (int a = 0; a < d; a++) {
            x[a] = r == 0 ? 0 : x[a] / r;
        }
        double value = radial.value(r) * grid.weight(grid.index(j));
        long n = grid.size();
        product.forEach(x, (output, input, factor) -> y.setFlat(output * n + i,
                y.getFlat(output * n + i) + value * factor * f.getFlat(input * n + j)));
    }

    @Test
    void onEveryGridItIsTheSumThatTheFormulaSays() {
        for (Grid grid : grids()) {
            RadialFunction radial = kernel(0.83);
            List<FieldType[]> products = Registry.products(grid.dimension());
            for (FieldType[] types : grid.size() > 100 ? products.subList(4, 6) : products) {
                LinearOperator operator = QuadratureConvolution.radial(grid, radial, types[0], types[1]);
                Field f = Samples.random(operator.domain(), 7);
                Field expected = naive(grid, radial, types[0], types[1], f);
                assertThat(Samples.distance(operator.apply(f), expected)).as("%s → %s on\n%s", types[0], types[1], grid)
                        .isLessThan(1e-13 * Samples.largest(expected));
            }
        }
    }

    @Test
    void theLawsHold() {
        for (Grid grid : grids()) {
            for (FieldType[] types : Registry.products(grid.dimension())) {
                LinearOperator operator = QuadratureConvolution.radial(grid, kernel(0.83), types[0], types[1]);
                Verify laws = Verify.that(operator);
                laws.linear().orThrow();
                laws.adjoint().orThrow();
                laws.deterministic().orThrow();
                Verify.that(operator.adjoint()).adjoint().orThrow();
                if (grid.symmetries().size() > 1) {
                    Verify.that(operator).rotationEquivariant().orThrow();
                }
                if (grid.isUniform()) {
                    Verify.that(operator).translationEquivariant().orThrow();
                }
            }
        }
        Grid cube = Grid.of(STRETCHED, STRETCHED, STRETCHED);
        Verify.that(QuadratureConvolution.radial(cube, kernel(0.5), SCALAR, VECTOR)).rotationEquivariant().orThrow();
    }

    @Test
    @Tag("alone")
    void allocatesNothing() {
        Verify.that(QuadratureConvolution.radial(grids().get(3), kernel(0.5), VECTOR, SCALAR)).allocationFree().orThrow();
    }

    @Test
    void bitsDoNotDependOnThreads() {
        Grid grid = Grid.of(Stretching.tanh(1.5).nodes(-1, 1, 90), Axis.periodic(-1, 1, 120));
        for (Precision precision : Precision.values()) {
            LinearOperator operator = QuadratureConvolution.radial(grid, kernel(0.11), SCALAR, VECTOR);
            Field x = Samples.random(SCALAR, grid, precision, 9);
            Field one = Samples.poisoned(operator.range(), precision);
            operator.plan(precision, Execution.serial()).apply(x, one);
            for (int threads : new int[] {2, 3, 8}) {
                Field many = Samples.poisoned(operator.range(), precision);
                operator.plan(precision, Execution.threads(threads)).apply(x, many);
                assertThat(Samples.bits(many)).isEqualTo(Samples.bits(one));
            }
        }
    }

    /** Strips of vectors against the scalar reference, on lines of many lengths. */
    @Test
    void vectorsGiveTheBitsOfTheScalarReference() {
        for (int n : new int[] {1, 5, 32, 47, 70, 101}) {
            List<Grid> some = List.of(
                    Grid.of(STRETCHED, Axis.periodic(-1, 1, n)),
                    Grid.of(RING, Axis.cells(-1, 1, n)),
                    Grid.of(SHEAR, CELLS, Axis.cells(-1, 1, n)),
                    Grid.of(Axis.uniform(-1, 1, 3), RING, Axis.cells(-1, 1, n)));
            for (Grid grid : some) {
                for (FieldType[] types : List.of(new FieldType[] {SCALAR, VECTOR}, new FieldType[] {VECTOR, SCALAR})) {
                    LinearOperator operator = QuadratureConvolution.radial(grid, kernel(0.31), types[0], types[1]);
                    for (Precision precision : Precision.values()) {
                        Field x = Samples.random(types[0], grid, precision, n);
                        Field vectors = Samples.poisoned(operator.range(), precision);
                        Field reference = Samples.poisoned(operator.range(), precision);
                        operator.plan(precision, Execution.serial()).apply(x, vectors);
                        operator.plan(precision, Execution.scalarReference()).apply(x, reference);
                        assertThat(Samples.bits(vectors)).as("%s", grid).isEqualTo(Samples.bits(reference));
                    }
                }
            }
        }
    }

    /** Gaussians convolve to a Gaussian; the midpoint rule on smoothly stretched axes is of second order. */
    @Test
    void sumsConvergeOnStretchedAxes() {
        double a = 0.35;
        double b = 0.3;
        RadialFunction radial = Radial.gaussian(2, a).within(6 * a);
        double[] errors = new double[3];
        for (int level = 0; level < 3; level++) {
            int n = (16 << level) + 1;
            Grid grid = Grid.of(Stretching.tanh(1.2).nodes(-3, 3, n), Stretching.tanh(0.8).cells(-3, 3, n - 1));
            LinearOperator smooth = QuadratureConvolution.radial(grid, radial);
            Field f = Fields.automatic().scalar(grid, x -> gauss(x, b));
            Field y = smooth.apply(f);
            Field exact = Fields.automatic().scalar(grid, x -> gauss(x, Math.hypot(a, b)));
            errors[level] = Samples.distance(y, exact) / Samples.largest(exact);
        }
        for (int level = 1; level < 3; level++) {
            assertThat(Math.log(errors[level - 1] / errors[level]) / Math.log(2)).as("order, errors %s %s",
                    errors[level - 1], errors[level]).isGreaterThan(1.85);
        }
        assertThat(errors[2]).isLessThan(5e-3);
    }

    private static double gauss(double[] x, double sigma) {
        double dx = x[0] - 0.2;
        double dy = x[1] + 0.1;
        return Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
    }

    /** On a jittered axis a unit charge still gives the exact field at every distance. */
    @Test
    void aPointChargeGivesTheKernelAtTrueDistances() {
        Axis jittered = Axis.nodes(-1, -0.83, -0.5, -0.41, 0, 0.13, 0.52, 0.7, 1);
        Grid grid = Grid.of(jittered, jittered, jittered);
        Field charge = Fields.automatic().scalar(grid);
        charge.set(1 / grid.weight(3, 4, 5), 0, 3, 4, 5);
        Field field = QuadratureConvolution.radial(grid, Radial.gauss(3).within(0.9), SCALAR, VECTOR).apply(charge);
        double[] at = grid.position(3, 4, 5);
        for (long i = 0; i < grid.size(); i++) {
            double[] x = grid.position(grid.index(i));
            double r = Math.sqrt(Math.pow(x[0] - at[0], 2) + Math.pow(x[1] - at[1], 2) + Math.pow(x[2] - at[2], 2));
            for (int c = 0; c < 3; c++) {
                double expected = r == 0 || r > 0.9 ? 0 : (x[c] - at[c]) / (4 * Math.PI * r * r * r);
                assertThat(field.getFlat(c * grid.size() + i)).isCloseTo(expected, within(1e-13 * (1 + Math.abs(expected))));
            }
        }
    }

    @Test
    void singletonAxesGiveTheBitsOfTheGridWithoutThem() {
        Grid plane = Grid.of(STRETCHED, RING);
        Grid space = Grid.of(STRETCHED, Axis.singleton(3), RING);
        Field flat = Samples.random(SCALAR, plane, Precision.DOUBLE, 4);
        Field deep = Fields.automatic().scalar(space);
        deep.segment().copyFrom(flat.segment());
        assertThat(Samples.bits(QuadratureConvolution.radial(space, kernel(0.7)).apply(deep)))
                .isEqualTo(Samples.bits(QuadratureConvolution.radial(plane, kernel(0.7)).apply(flat)));
        assertThat(Samples.bits(GaussianConvolution.density(space, 0.3, 1e-6, SCALAR).apply(deep)))
                .isEqualTo(Samples.bits(GaussianConvolution.density(plane, 0.3, 1e-6, SCALAR).apply(flat)));
    }

    @Test
    void explanationsSayWhatItCosts() {
        LinearOperator operator = QuadratureConvolution.radial(Grid.of(STRETCHED, Axis.periodic(0, 1, 9)), kernel(0.3));
        assertThat(operator.explain()).contains("radial kernel 1/(1 + r²)", "by quadrature", "nodes within the cutoff",
                "beyond walls: zero", "sums over neighbours");
        assertThat(operator.adjoint().explain()).contains("transposed");
    }

    @Test
    void badInputIsNamed() {
        Grid grid = Grid.of(STRETCHED, RING);
        assertThatThrownBy(() -> QuadratureConvolution.radial(grid, Radial.of("1/(r − ½)", r -> 1 / (r == 0 ? 1 : 0.0))
                .within(1))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is Infinity at r = ");
        assertThatThrownBy(() -> QuadratureConvolution.radial(grid, new RadialFunction() {
            @Override
            public double value(double r) {
                return 1;
            }

            @Override
            public double cutoff() {
                return Double.NaN;
            }
        })).hasMessage("cutoff is NaN; it had to be positive and finite");
        assertThatThrownBy(() -> QuadratureConvolution.radial(grid, kernel(1), SCALAR, FieldType.PSEUDOSCALAR))
                .hasMessageContaining("types are scalar → pseudoscalar");
        LinearOperator operator = QuadratureConvolution.radial(grid, kernel(1));
        Field x = Samples.random(operator.domain(), 1);
        assertThatThrownBy(() -> operator.apply(x, x)).hasMessageContaining("overlaps");
        assertThatThrownBy(() -> operator.apply(x, Fields.automatic().vector(grid))).hasMessageContaining("vector");
        Axis fine = Stretching.tanh(1).nodes(0, 1, 20_000);
        assertThatThrownBy(() -> QuadratureConvolution.radial(Grid.of(fine), kernel(2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("pairs of nodes");
    }
}
