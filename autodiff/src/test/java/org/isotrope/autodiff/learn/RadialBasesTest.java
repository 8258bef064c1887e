package org.isotrope.autodiff.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RadialBasesTest {
    private static double value(RadialModel model, int n, double r) {
        double[] p = new double[model.parameters()];
        p[n - 1] = 1;
        double[] values = new double[1];
        model.values(p, new double[] {r}, values);
        return values[0];
    }

    @Test
    void bumpsStandAtEqualDistances() {
        // five places 0.5 apart in a cutoff of 3
        for (int n = 1; n <= 5; n++) {
            for (RadialModel model : new RadialModel[] {
                RadialModel.gaussians(5, 3), RadialModel.cosines(5, 3), RadialModel.smoothBumps(5, 3)
            }) {
                assertThat(value(model, n, 0.5 * n)).isCloseTo(1, within(1e-15));
                assertThat(value(model, n, 0.5 * n + 0.2)).isCloseTo(value(model, n, 0.5 * n - 0.2), within(1e-14));
            }
            assertThat(value(RadialModel.gaussians(5, 3), n, 0.5 * n + 0.5)).isCloseTo(Math.exp(-1), within(1e-14));
            assertThat(value(RadialModel.cosines(5, 3), n, 0.5 * n + 0.25)).isCloseTo(Math.sqrt(0.5), within(1e-14));
            // e² · e^(−1/1.5 − 1/0.5)
            assertThat(value(RadialModel.smoothBumps(5, 3), n, 0.5 * n + 0.25))
                    .isCloseTo(Math.exp(2 - 2 / 3.0 - 2), within(1e-14));
            assertThat(value(RadialModel.cosines(5, 3), n, 0.5 * n + 0.5)).isCloseTo(0, within(1e-15));
            assertThat(value(RadialModel.smoothBumps(5, 3), n, 0.5 * n - 0.5)).isZero();
        }
    }

    @Test
    void squaresOfNeighbouringCosinesSumToOne() {
        RadialModel cosines = RadialModel.cosines(4, 2);
        for (double r = 0.41; r < 1.6; r += 0.07) {
            double sum = 0;
            for (int n = 1; n <= 4; n++) {
                sum += value(cosines, n, r) * value(cosines, n, r);
            }
            assertThat(sum).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void envelopesEndSmoothly() {
        for (int order = 1; order <= 6; order++) {
            RadialModel bare = RadialModel.gaussians(1, 2);
            RadialModel model = bare.enveloped(order);
            double e = 1e-3;
            // third order zero at the cutoff
            assertThat(value(model, 1, 2)).isCloseTo(0, within(1e-12));
            double near = value(model, 1, 2 - e) / value(bare, 1, 2 - e);
            double farther = value(model, 1, 2 - 2 * e) / value(bare, 1, 2 - 2 * e);
            assertThat(farther / near).isCloseTo(8, within(0.1));
            assertThat(value(model, 1, 1e-9) / value(bare, 1, 1e-9)).isCloseTo(1, within(1e-8));
        }
        assertThatThrownBy(() -> RadialModel.bessel(3, 1).enveloped(0))
                .hasMessage("order is 0; it had to be at least 1");
        assertThatThrownBy(() -> RadialModel.gaussians(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RadialModel.cosines(2, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
