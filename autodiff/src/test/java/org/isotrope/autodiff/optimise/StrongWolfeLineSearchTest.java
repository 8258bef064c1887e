package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The line-search test functions of J. J. Moré and D. J. Thuente, ACM TOMS 20 (1994) 286, section 5. */
class StrongWolfeLineSearchTest {

    record Curve(String name, DoubleUnaryOperator value, DoubleUnaryOperator slope, double c1, double c2) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** γ(β) = √(1 + β²) - β, and the functions of Yanai, Ozawa and Kaneko. */
    private static Curve yanai(String name, double beta1, double beta2) {
        double gamma1 = Math.sqrt(1 + beta1 * beta1) - beta1;
        double gamma2 = Math.sqrt(1 + beta2 * beta2) - beta2;
        return new Curve(name,
            a -> gamma1 * Math.hypot(1 - a, beta2) + gamma2 * Math.hypot(a, beta1),
            a -> gamma1 * (a - 1) / Math.hypot(1 - a, beta2) + gamma2 * a / Math.hypot(a, beta1), 0.001, 0.001);
    }

    private static Curve bumpy() {
        double beta = 0.01;
        double l = 39;
        DoubleUnaryOperator base = a -> a <= 1 - beta ? 1 - a : a >= 1 + beta ? a - 1
            : (a - 1) * (a - 1) / (2 * beta) + beta / 2;
        DoubleUnaryOperator baseSlope = a -> a <= 1 - beta ? -1 : a >= 1 + beta ? 1 : (a - 1) / beta;
        return new Curve("bumpy",
            a -> base.applyAsDouble(a) + 2 * (1 - beta) / (l * Math.PI) * Math.sin(l * Math.PI / 2 * a),
            a -> baseSlope.applyAsDouble(a) + (1 - beta) * Math.cos(l * Math.PI / 2 * a), 0.1, 0.1 + 1e-9);
    }

    static Stream<Arguments> cases() {
        var curves = Stream.of(
            new Curve("rational", a -> -a / (a * a + 2), a -> (a * a - 2) / ((a * a + 2) * (a * a + 2)), 0.001, 0.1),
            new Curve("steep", a -> Math.pow(a + 0.004, 5) - 2 * Math.pow(a + 0.004, 4),
                a -> 5 * Math.pow(a + 0.004, 4) - 8 * Math.pow(a + 0.004, 3), 0.1, 0.1 + 1e-9),
            bumpy(),
            yanai("yanai 1", 0.001, 0.001),
            yanai("yanai 2", 0.01, 0.001),
            yanai("yanai 3", 0.001, 0.01),
            // Undefined beyond a point close behind the minimum.
            new Curve("barrier", a -> -a - 0.01 * Math.log(1 - a), a -> -1 + 0.01 / (1 - a), 0.01, 0.1));
        return curves.flatMap(curve -> Stream.of(1e-3, 1e-1, 1e1, 1e3).map(step -> Arguments.of(curve, step)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsAStepThatSatisfiesTheStrongWolfeConditions(Curve curve, double firstStep) {
        Objective objective = (x, g) -> {
            g[0] = curve.slope().applyAsDouble(x[0]);
            return curve.value().applyAsDouble(x[0]);
        };
        double value0 = curve.value().applyAsDouble(0);
        double slope0 = curve.slope().applyAsDouble(0);
        var counted = new CountedObjective(objective, 1000);
        var origin = new Trial(0, value0, slope0, new double[] {0}, new double[] {slope0});
        Trial found = new StrongWolfeLineSearch(counted, curve.c1(), curve.c2())
            .search(origin, new double[] {1}, firstStep);
        assertThat(found).isNotNull();
        double step = found.x()[0];
        assertThat(step).isEqualTo(found.step());
        assertThat(curve.value().applyAsDouble(step)).isLessThanOrEqualTo(value0 + curve.c1() * step * slope0);
        assertThat(Math.abs(curve.slope().applyAsDouble(step))).isLessThanOrEqualTo(curve.c2() * Math.abs(slope0));
        assertThat(counted.count()).isLessThan(45);
    }
}
