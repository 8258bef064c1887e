package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.junit.jupiter.api.Test;

class DualTest {
    /** First and second derivatives of a rational, an algebraic and a transcendental function in closed form. */
    @Test
    void derivativesInClosedForm() {
        double x = 0.7;
        Dual rational = Dual.variable(x).dividedBy(Dual.variable(x).times(Dual.variable(x)).plus(1));
        double q = 1 + x * x;
        require(rational, x / q, (1 - x * x) / (q * q), 2 * x * (x * x - 3) / (q * q * q));
        require(Dual.variable(x).times(3).minus(1).sqrt(), Math.sqrt(3 * x - 1), 1.5 / Math.sqrt(3 * x - 1),
                -2.25 / Math.pow(3 * x - 1, 1.5));
        require(Dual.variable(x).sin().exp(), Math.exp(Math.sin(x)), Math.cos(x) * Math.exp(Math.sin(x)),
                (Math.cos(x) * Math.cos(x) - Math.sin(x)) * Math.exp(Math.sin(x)));
        require(Dual.variable(0).pow(2), 0, 0, 2);
        require(Dual.variable(0).pow(1), 0, 1, 0);
    }

    private static void require(Dual f, double value, double first, double second) {
        assertThat(f.value()).isCloseTo(value, within(1e-15));
        assertThat(f.first()).isEqualTo(f.other()).isCloseTo(first, within(1e-14));
        assertThat(f.mixed()).isCloseTo(second, within(1e-14 * Math.max(1, Math.abs(second))));
    }

    /** Every function against differences of its own value and first derivative. */
    @Test
    void everyFunctionAgainstDifferences() {
        Map<String, UnaryOperator<Dual>> functions = Map.ofEntries(
                Map.entry("exp", Dual::exp), Map.entry("log", Dual::log), Map.entry("sin", Dual::sin),
                Map.entry("cos", Dual::cos), Map.entry("tanh", Dual::tanh), Map.entry("atan", Dual::atan),
                Map.entry("sqrt", Dual::sqrt), Map.entry("pow", x -> x.pow(-2.3)), Map.entry("abs", Dual::abs),
                Map.entry("reciprocal", Dual::reciprocal), Map.entry("negate", Dual::negate),
                Map.entry("map", x -> x.map(Math::cosh, Math::sinh, Math::cosh)),
                Map.entry("plus", x -> x.plus(x.dividedBy(3)).minus(x.times(x))));
        double h = 1e-5;
        functions.forEach((name, f) -> {
            for (double x : new double[] {0.3, 1.4}) {
                Dual at = f.apply(Dual.variable(x));
                Dual above = f.apply(Dual.variable(x + h));
                Dual below = f.apply(Dual.variable(x - h));
                double size = 1 + Math.abs(at.mixed());
                double slope = (above.value() - below.value()) / (2 * h);
                double curvature = (above.first() - below.first()) / (2 * h);
                assertThat(at.first()).as(name).isCloseTo(slope, within(1e-7 * size));
                assertThat(at.mixed()).as(name).isCloseTo(curvature, within(1e-7 * size));
            }
        });
    }

    @Test
    void mixedDerivativesOfTwoNumbers() {
        Dual x = new Dual(0.6, 1, 0, 0);
        Dual y = new Dual(-1.2, 0, 1, 0);
        Dual f = x.times(x).times(y).sin();
        double angle = 0.36 * -1.2;
        assertThat(f.first()).isCloseTo(2 * 0.6 * -1.2 * Math.cos(angle), within(1e-15));
        assertThat(f.other()).isCloseTo(0.36 * Math.cos(angle), within(1e-15));
        assertThat(f.mixed()).isCloseTo(
                2 * 0.6 * Math.cos(angle) - 2 * 0.6 * -1.2 * 0.36 * Math.sin(angle), within(1e-15));
    }

    /** A perceptron written in dual numbers has the derivatives of the one written by hand. */
    @Test
    void radialModelsByFormulaAndByHandAgree() {
        int hidden = 3;
        double[] r = {0, 0.2, 0.35, 0.7};
        RadialModel hand = RadialModel.perceptron(hidden, 0.2, 0.7);
        double[] p = hand.initial(new Random(3));
        RadialModel formula = RadialModel.formula("perceptron", 0.7, p, (distance, q) -> {
            if (distance.value() == 0) {
                return q[3 * hidden + 1];
            }
            Dual s = distance.dividedBy(0.2).log().times(2 / Math.log(3.5)).minus(1);
            Dual sum = q[3 * hidden];
            for (int j = 0; j < hidden; j++) {
                sum = sum.plus(q[2 * hidden + j].times(q[j].times(s).plus(q[hidden + j]).tanh()));
            }
            return sum;
        });
        double[] seed = {0.3, -1, 2, 0.7};
        double[] direction = new Random(4).doubles(p.length).toArray();
        double[][] results = new double[6][];
        for (int k = 0; k < 2; k++) {
            RadialModel model = k == 0 ? hand : formula;
            results[k] = new double[4];
            model.values(p, r, results[k]);
            results[2 + k] = new double[p.length];
            model.pullback(p, r, seed, results[2 + k]);
            results[4 + k] = new double[p.length];
            model.pullbackTangent(p, direction, r, seed, results[4 + k]);
        }
        assertThat(results[0]).containsExactly(results[1], within(1e-13));
        assertThat(results[2]).containsExactly(results[3], within(1e-13));
        assertThat(results[4]).containsExactly(results[5], within(1e-13));
    }

    @Test
    void wrongUseIsNamed() {
        assertThatThrownBy(() -> ArrayFunction.of(0, x -> x)).hasMessageContaining("results is 0");
        assertThatThrownBy(() -> ArrayFunction.of(1, x -> x).value(new double[2], new double[1]))
                .hasMessageContaining("gave 2 results");
        assertThatThrownBy(() -> RadialModel.formula("f", -1, new double[1], (r, p) -> r))
                .hasMessageContaining("cutoff is -1.0");
    }
}
