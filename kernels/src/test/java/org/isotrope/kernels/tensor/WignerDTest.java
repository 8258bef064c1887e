package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WignerDTest {
    @Test
    void degreeOneIsTheRotationToTheBit() {
        Rotation rotation = Rotation.random(1);
        assertThat(WignerD.of(1, rotation)).isDeepEqualTo(rotation.matrix());
        double[][] reflection = {{0, 0, -1}, {0, 1, 0}, {1, 0, 0}};
        assertThat(Irrep.parse("1o", 3).representation(Orthogonal.negative(reflection)))
                .isDeepEqualTo(Orthogonal.negative(reflection));
    }

    @Test
    void homomorphism() {
        Random random = new Random(2);
        for (int n = 0; n < 20; n++) {
            Rotation a = Rotation.random(random);
            Rotation b = Rotation.random(random);
            List<double[][]> da = WignerD.upTo(8, a);
            List<double[][]> db = WignerD.upTo(8, b);
            List<double[][]> dab = WignerD.upTo(8, a.times(b));
            for (int l = 0; l <= 8; l++) {
                assertThat(Sphere.distance(dab.get(l), Sphere.times(da.get(l), db.get(l)))).isLessThan(1e-13);
            }
        }
    }

    @Test
    void orthogonalToTheLargestDegree() {
        Random random = new Random(3);
        for (int n = 0; n < 5; n++) {
            List<double[][]> matrices = WignerD.upTo(SphericalIrrep.MAX_L, Rotation.random(random));
            for (double[][] d : matrices) {
                assertThat(Sphere.distance(Sphere.times(d, Sphere.transpose(d)), Sphere.identity(d.length)))
                        .isLessThan(1e-12);
            }
        }
    }

    @Test
    void rotatesHarmonics() {
        Random random = new Random(4);
        for (int n = 0; n < 20; n++) {
            Rotation rotation = Rotation.random(random);
            double[] p = Sphere.point(random);
            double[] image = rotation.apply(p[0], p[1], p[2]);
            List<double[][]> d = WignerD.upTo(SphericalHarmonics.MAX_L, rotation);
            for (int l = 0; l <= SphericalHarmonics.MAX_L; l++) {
                double[] expected = Sphere.times(d.get(l), SphericalHarmonics.of(l, p[0], p[1], p[2]));
                double[] values = SphericalHarmonics.of(l, image[0], image[1], image[2]);
                assertThat(Sphere.distance(values, expected)).isLessThan(1e-13);
            }
        }
    }

    @Test
    void reflectsHarmonicsByParity() {
        Random random = new Random(5);
        for (int n = 0; n < 10; n++) {
            double[][] map = Orthogonal.negative(Rotation.random(random).matrix());
            double[] p = Sphere.point(random);
            double[] image = Sphere.times(map, p);
            for (int l = 0; l <= 6; l++) {
                Irrep polar = Irrep.spherical(l, Parity.ofHarmonic(l));
                Irrep axial = Irrep.spherical(l, Parity.ofHarmonic(l + 1));
                double[] expected = Sphere.times(polar.representation(map), SphericalHarmonics.of(l, p[0], p[1], p[2]));
                double[] values = SphericalHarmonics.of(l, image[0], image[1], image[2]);
                assertThat(Sphere.distance(values, expected)).isLessThan(1e-13);
                assertThat(axial.representation(map)).isDeepEqualTo(Orthogonal.negative(polar.representation(map)));
            }
        }
    }

    /** {@code tr D^l = sin((l + ½)θ)/sin(θ/2)}. */
    @Test
    void characters() {
        double angle = 1.234;
        Rotation rotation = Rotation.about(0.3, -0.8, 0.5, angle);
        for (int l = 0; l <= SphericalIrrep.MAX_L; l++) {
            double trace = 0;
            double[][] d = WignerD.of(l, rotation);
            for (int i = 0; i < d.length; i++) {
                trace += d[i][i];
            }
            assertThat(trace).isCloseTo(Math.sin((l + 0.5) * angle) / Math.sin(angle / 2), within(1e-11));
        }
    }

    /** About the polar axis, from z to x, components +m and −m turn by mθ. */
    @Test
    void turnsAboutThePolarAxis() {
        double[][] d = WignerD.of(5, Rotation.about(0, 1, 0, 0.7));
        for (int m = 1; m <= 5; m++) {
            assertThat(d[5 + m][5 + m]).isCloseTo(Math.cos(0.7 * m), within(1e-14));
            assertThat(d[5 - m][5 + m]).isCloseTo(Math.sin(0.7 * m), within(1e-14));
            assertThat(d[5 + m][5 - m]).isCloseTo(-Math.sin(0.7 * m), within(1e-14));
        }
        assertThat(d[5][5]).isCloseTo(1, within(1e-14));
    }

    @Test
    void badDegreesAreNamed() {
        assertThatThrownBy(() -> WignerD.of(25, Rotation.identity())).hasMessage("l is 25; it had to be 0 to 24");
        assertThatThrownBy(() -> WignerD.of(-1, Rotation.identity())).hasMessage("l is -1; it had to be 0 to 24");
    }
}
