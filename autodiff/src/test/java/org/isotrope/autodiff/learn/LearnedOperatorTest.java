package org.isotrope.autodiff.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.DirectionalDerivatives;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Losses;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Shells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnedOperatorTest {
    private static final Grid GRID = Grid.of(Axis.uniform(-1, 1, 11), Axis.uniform(-1, 1, 11));
    private static final double CUTOFF = 0.7;

    static List<RadialModel> models() {
        return List.of(
                RadialModel.free(Shells.of(GRID, CUTOFF)),
                RadialModel.bessel(5, CUTOFF),
                RadialModel.bsplines(6, CUTOFF),
                RadialModel.logarithmicBsplines(5, 0.2, CUTOFF),
                RadialModel.gaussians(5, CUTOFF),
                RadialModel.cosines(4, CUTOFF),
                RadialModel.smoothBumps(4, CUTOFF),
                RadialModel.bessel(4, CUTOFF).enveloped(3),
                RadialModel.perceptron(8, 0.2, CUTOFF).enveloped(2),
                RadialModel.perceptron(32, 0.2, CUTOFF));
    }

    private static Field random(FieldType type, long seed) {
        return DirectionalDerivatives.random(Fields.automatic().of(type, GRID), new Random(seed));
    }

    private static double[] someParameters(RadialModel model) {
        Random random = new Random(2);
        double[] p = model.initial(random);
        for (int i = 0; i < p.length; i++) {
            p[i] += 0.3 * random.nextGaussian();
        }
        return p;
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientInParametersAndField(RadialModel model) {
        for (FieldType out : List.of(FieldType.SCALAR, FieldType.VECTOR)) {
            LearnedOperator operator = LearnedOperator.of(GRID, model, FieldType.SCALAR, out);
            Tape tape = new Tape(Precision.DOUBLE);
            ArrayVariable parameters = tape.input(someParameters(model));
            FieldVariable x = tape.input(random(FieldType.SCALAR, 4));
            FieldVariable target = tape.constant(random(out, 5));
            DirectionalDerivatives.require(tape, Losses.squaredError(operator.record(parameters, x), target));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void leastSquaresFindsTheParametersOfLinearModels(RadialModel model) {
        LearnedOperator operator = LearnedOperator.of(GRID, model, FieldType.SCALAR, FieldType.SCALAR);
        Field in = random(FieldType.SCALAR, 6);
        if (!model.isLinear()) {
            assertThatThrownBy(() -> operator.design(in)).hasMessageContaining("linear in its parameters");
            return;
        }
        double[] truth = someParameters(model);
        LeastSquaresSolution solution = operator.fit(LeastSquares.defaults(), in, operator.at(truth).apply(in));
        assertThat(solution.rank()).isEqualTo(model.parameters());
        assertThat(solution.parameters()).containsExactly(truth, within(1e-10));
    }

    @Test
    void besselFunctionsAreTheFormula() {
        RadialModel model = RadialModel.bessel(3, 2);
        double[] p = {0, 1, 0, 0};
        double[] values = new double[2];
        model.values(p, new double[] {0.5, 2}, values);
        assertThat(values[0]).isCloseTo(Math.sin(2 * Math.PI * 0.5 / 2) / 0.5, within(1e-15));
        assertThat(values[1]).isCloseTo(0, within(1e-15));
    }

    @Test
    void splinesReproduceCubicsAndSumToOne() {
        // Marsden: a cubic is a spline on any knots, so seven functions fit one exactly
        RadialModel model = RadialModel.bsplines(7, 2);
        double[] r = new double[40];
        double[][] design = new double[40][];
        double[] cubic = new double[40];
        for (int k = 0; k < 40; k++) {
            r[k] = 2 * (k + 1) / 40.0;
            cubic[k] = 1 - r[k] + 0.5 * r[k] * r[k] * r[k];
        }
        double[][] columns = new double[7][40];
        for (int n = 0; n < 7; n++) {
            double[] unit = new double[8];
            unit[n] = 1;
            model.values(unit, r, columns[n]);
        }
        for (int k = 0; k < 40; k++) {
            design[k] = new double[7];
            double sum = 0;
            for (int n = 0; n < 7; n++) {
                design[k][n] = columns[n][k];
                sum += columns[n][k];
                assertThat(columns[n][k]).isBetween(0.0, 1.0);
            }
            assertThat(sum).isCloseTo(1, within(1e-14));
        }
        assertThat(LeastSquares.defaults().solve(design, cubic).residualNorm()).isLessThan(1e-13);
    }

    @Test
    void centreIsAParameterOfItsOwn() {
        for (RadialModel model : models().subList(1, 5)) {
            double[] p = someParameters(model);
            double[] values = new double[1];
            model.values(p, new double[] {0}, values);
            assertThat(values[0]).isEqualTo(p[p.length - 1]);
        }
    }

    @Test
    void badModelsAreNamed() {
        assertThatThrownBy(() -> RadialModel.bessel(0, 1)).hasMessageContaining("is 0");
        assertThatThrownBy(() -> RadialModel.bessel(3, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> RadialModel.bsplines(3, 1)).hasMessageContaining("at least 4");
        assertThatThrownBy(() -> RadialModel.logarithmicBsplines(6, 0, 1)).hasMessageContaining("positive");
        assertThatThrownBy(() -> RadialModel.perceptron(0, 0.1, 1)).hasMessageContaining("hidden units is 0");
        assertThatThrownBy(() -> RadialModel.perceptron(8, 2, 1)).hasMessageContaining("above 2.0");
        LearnedOperator operator =
                LearnedOperator.of(GRID, RadialModel.bessel(3, CUTOFF), FieldType.SCALAR, FieldType.SCALAR);
        assertThatThrownBy(() -> operator.at(1, 2)).hasMessageContaining("there had to be 4");
    }
}
