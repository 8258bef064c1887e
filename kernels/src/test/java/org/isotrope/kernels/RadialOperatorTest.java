package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.PSEUDOSCALAR;
import static org.isotrope.grids.FieldType.PSEUDOVECTOR;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RadialOperatorTest {
    private static final Grid SQUARE = Grid.of(Axis.uniform(-1, 1, 21), Axis.uniform(-1, 1, 21));
    private static final Boundaries ZERO = Boundaries.all(Boundary.zero());

    @Test
    void theFieldOfAPointChargePointsAwayFromIt() {
        Grid cube = Grid.of(Axis.uniform(-1, 1, 11), Axis.uniform(-1, 1, 11), Axis.uniform(-1, 1, 11));
        for (Grid grid : List.of(SQUARE, cube)) {
            int d = grid.dimension();
            double[] at = Arrays.copyOf(new double[] {0.2, -0.4, 0.6}, d);
            Field charge = Fields.automatic().scalar(grid).deposit(1, at);
            Field field = Operators.radial(grid, Radial.gauss(3).within(0.8), VECTOR).apply(charge);
            for (int flat = 0; flat < grid.size(); flat++) {
                double[] x = grid.position(grid.index(flat));
                double squares = 0;
                for (int i = 0; i < d; i++) {
                    squares += (x[i] - at[i]) * (x[i] - at[i]);
                }
                double r = Math.sqrt(squares);
                for (int i = 0; i < d; i++) {
                    double expected = r < 1e-9 || r > 0.8 + 1e-9 ? 0
                            : (x[i] - at[i]) / r / (4 * Math.PI * r * r);
                    assertThat(field.get(i, grid.index(flat))).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void convolvingADeltaGivesTheKernelExactly(Precision precision) {
        // a power of two for the cell volume, so that the product with it is exact
        Grid grid = Grid.of(Axis.uniform(-4, 4, 17), Axis.uniform(-4, 4, 17));
        RadialFunction kernel = Radial.of("1/(1 + r)", r -> 1 / (1 + r)).within(3);
        Field delta = Fields.automatic().precision(precision).scalar(grid);
        delta.set(1 / grid.cellVolume(), 0, 8, 8);
        RadialOperator operator = Operators.radial(grid, kernel);
        Field image = operator.apply(delta);
        Shells shells = operator.shells();
        Field expected = Fields.automatic().precision(precision).scalar(grid);
        for (int k = 0; k < shells.size(); k++) {
            int[] offset = shells.offset(k);
            expected.set(kernel.value(shells.radius(shells.shell(k))), 0, 8 + offset[0], 8 + offset[1]);
        }
        assertThat(Samples.bits(image)).isEqualTo(Samples.bits(expected));
    }

    @Test
    void theSamplePotentialOfTwoChargesIsThatOfThePaper() {
        Field charges = Fields.automatic().scalar(SQUARE).deposit(1, 0.5, 0).deposit(-1, -0.5, 0);
        Field potential = Operators.radial(SQUARE, Radial.coulomb(3).within(1)).apply(charges);
        // both charges reach (0.1, 0.3): 1/4π (1/√0.25 − 1/√0.45)
        double expected = (1 / Math.sqrt(0.25) - 1 / Math.sqrt(0.45)) / (4 * Math.PI);
        assertThat(potential.get(0, 11, 13)).isCloseTo(expected, within(1e-13));
        assertThat(potential.get(0, 15, 10)).as("at the charge, only the other one, at distance 1")
                .isCloseTo(-1 / (4 * Math.PI), within(1e-13));
        assertThat(potential.get(0, 0, 0)).as("out of reach").isZero();
    }

    static List<Grid> gradientGrids() {
        return List.of(
                Grid.of(Axis.uniform(0, 1, 11)),
                Grid.of(Axis.uniform(0, 1, 8), Axis.periodic(0, 1, 9)),
                Grid.of(new double[][] {{1, 0.4}, {0, 0.9}}, Axis.periodic(0, 1, 7), Axis.cells(0, 1, 20)),
                Grid.of(Axis.uniform(0, 1, 6), Axis.cells(0, 1, 5), Axis.periodic(0, 1, 6)));
    }

    @ParameterizedTest
    @MethodSource("gradientGrids")
    void shellGradientsAreDerivativesInTheValues(Grid grid) {
        Shells shells = Shells.of(grid, 0.37);
        double[] values = new Random(5).doubles(shells.count(), -1, 1).toArray();
        for (Boundary boundary : List.of(Boundary.zero(), Boundary.extrapolate(1), Boundary.symmetric())) {
            for (FieldType[] types : Registry.products(grid.dimension())) {
                RadialOperator operator =
                        Operators.radial(shells, values, types[0], types[1], Boundaries.all(boundary));
                Field f = Samples.random(operator.domain(), 6);
                Field cotangent = Samples.random(operator.range(), 7);
                double[] gradient = operator.shellGradient(f, cotangent);
                double linear = 0;
                for (int s = 0; s < values.length; s++) {
                    // the operator is linear in its values, so a difference over any step is exact
                    double[] changed = values.clone();
                    changed[s] += 0.5;
                    double upper = Samples.dot(cotangent, operator.withValues(changed).apply(f));
                    changed[s] -= 1;
                    double lower = Samples.dot(cotangent, operator.withValues(changed).apply(f));
                    assertThat(gradient[s]).as("shell %d, %s → %s, %s", s, types[0], types[1], boundary)
                            .isCloseTo(upper - lower, within(1e-12));
                    linear += gradient[s] * values[s];
                }
                assertThat(linear).isCloseTo(Samples.dot(cotangent, operator.apply(f)), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void shellGradientsOfLargeFieldsAreTheSameOnAllThreads(Precision precision) {
        Grid grid = Grid.of(Axis.uniform(0, 1, 90), Axis.periodic(0, 1, 101));
        RadialOperator operator = Operators.radial(grid, Radial.coulomb(3).within(0.05), SCALAR, VECTOR);
        Field f = Samples.random(SCALAR, grid, precision, 6);
        Field cotangent = Samples.random(VECTOR, grid, precision, 7);
        double[] gradient = operator.shellGradient(f, cotangent);
        double linear = 0;
        for (int s = 0; s < gradient.length; s++) {
            linear += gradient[s] * operator.values()[s];
        }
        double expected = Samples.dot(cotangent, operator.apply(f));
        assertThat(linear).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        assertThat(gradient[0]).as("the centre of l = 1").isZero();
        for (int repeat = 0; repeat < 5; repeat++) {
            assertThat(operator.shellGradient(f, cotangent)).isEqualTo(gradient);
        }
    }

    @Test
    void newValuesMakeANewOperator() {
        RadialOperator operator = Operators.radial(SQUARE, Radial.coulomb(3).within(0.3));
        double[] ones = new double[operator.shells().count()];
        Arrays.fill(ones, 1);
        RadialOperator changed = operator.withValues(ones);
        assertThat(changed.values()).isEqualTo(ones);
        assertThat(operator.values()[1]).isNotEqualTo(1);
        ones[0] = 7;
        operator.values()[0] = 7;
        assertThat(changed.values()[0]).isEqualTo(1);
        assertThat(operator.values()[0]).isZero();
        Field one = Fields.automatic().scalar(SQUARE).fill(1);
        assertThat(changed.apply(one).get(0, 10, 10)).as("29 offsets times the cell")
                .isCloseTo(29 * 0.01, within(1e-14));
    }

    @Test
    void itExplainsKernelProductAndCost() {
        String text = Operators.radial(SQUARE, Radial.gauss(3).within(1), VECTOR).explain();
        assertThat(text).contains("1/(4πr²) within 1.0", "l = 1", "vector kernel · scalar", "cutoff 1.0", "44 shells",
                "317 offsets", "taps: 634", "beyond walls: zero");
        Shells shells = Shells.of(SQUARE, 0.3);
        assertThat(Operators.radial(shells, new double[shells.count()], SCALAR, SCALAR, ZERO).explain())
                .contains("R(r) on " + shells.count() + " shells", "l = 0", "scalar kernel · field");
    }

    @Test
    void forbiddenProductsAreRefused() {
        Grid cube = Grid.of(Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 5));
        RadialFunction kernel = Radial.coulomb(3).within(0.5);
        for (FieldType in : Samples.TYPES) {
            for (FieldType out : Samples.TYPES) {
                for (Grid grid : List.of(Grid.of(Axis.uniform(0, 1, 5)), SQUARE, cube)) {
                    boolean allowed = Registry.products(grid.dimension()).stream()
                            .anyMatch(pair -> pair[0].equals(in) && pair[1].equals(out));
                    if (allowed) {
                        assertThat(Operators.radial(grid, kernel, in, out).range().type()).isEqualTo(out);
                    } else {
                        assertThatThrownBy(() -> Operators.radial(grid, kernel, in, out))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageStartingWith("types are " + in + " → " + out + " in " + grid.dimension()
                                        + "D; they had to be equal, scalar ↔ vector");
                    }
                }
            }
        }
        assertThatThrownBy(() -> Operators.radial(cube, kernel, SCALAR, PSEUDOVECTOR))
                .hasMessageEndingWith("or vector ↔ pseudovector");
        assertThatThrownBy(() -> Operators.radial(SQUARE, kernel, SCALAR, PSEUDOSCALAR))
                .hasMessageEndingWith("or vector ↔ pseudoscalar");
    }

    private record Bad(double cutoff, double value) implements RadialFunction {
        @Override
        public double value(double r) {
            return r > 0.15 ? value : 1;
        }

        @Override
        public String toString() {
            return "bad";
        }
    }

    @Test
    void badRadialFunctionsAreRefused() {
        for (double cutoff : new double[] {Double.NaN, -1, 0, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Operators.radial(SQUARE, new Bad(cutoff, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cutoff is " + cutoff + "; it had to be positive and finite");
        }
        for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> Operators.radial(SQUARE, new Bad(0.5, value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("radial function bad is " + value + " at r = 0.2")
                    .hasMessageEndingWith("it had to be finite");
        }
    }

    @Test
    void badShellValuesAreRefused() {
        Shells shells = Shells.of(SQUARE, 0.2);
        double[] values = new double[shells.count()];
        values[2] = Double.NaN;
        assertThatThrownBy(() -> Operators.radial(shells, values, SCALAR, SCALAR, ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value of shell 2 is NaN; it had to be finite");
        RadialOperator operator = Operators.radial(shells, new double[shells.count()], SCALAR, SCALAR, ZERO);
        assertThatThrownBy(() -> operator.withValues(1, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values are 2; there had to be 4, one for each shell");
        assertThatThrownBy(() -> operator.withValues(values)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value of shell 2 is NaN; it had to be finite");
    }

    @Test
    void badGradientArgumentsAreRefused() {
        RadialOperator operator = Operators.radial(SQUARE, Radial.coulomb(3).within(0.3), SCALAR, VECTOR);
        Fields fields = Fields.automatic();
        Field scalar = fields.scalar(SQUARE);
        Field vector = fields.vector(SQUARE);
        assertThatThrownBy(() -> operator.shellGradient(vector, vector)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("in is a vector field; it had to be a scalar field");
        assertThatThrownBy(() -> operator.shellGradient(scalar, scalar)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outAdjoint is a scalar field; it had to be a vector field");
        assertThatThrownBy(() -> operator.shellGradient(scalar, fields.precision(Precision.FLOAT).vector(SQUARE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outAdjoint has precision FLOAT; it had to be DOUBLE like in");
        Fields closed = Fields.confined();
        Field gone = closed.vector(SQUARE);
        closed.close();
        assertThatThrownBy(() -> operator.shellGradient(scalar, gone)).isInstanceOf(IllegalStateException.class)
                .hasMessage("outAdjoint lies in an arena that has been closed; it had to be open");
    }

    @Test
    void nonuniformAxesAreRefused() {
        assertThatThrownBy(() -> Operators.radial(Grid.of(Axis.nodes(0, 1, 3)), Radial.coulomb(3).within(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("axis 0 is nonuniform")
                .hasMessageEndingWith("it had to be uniform for shells");
    }
}
