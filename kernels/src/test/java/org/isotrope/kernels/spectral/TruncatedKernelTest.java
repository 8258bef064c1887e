package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.isotrope.kernels.spectral.TruncatedKernel.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed forms of transforms against quadrature in space. */
class TruncatedKernelTest {
    private static final double CUTOFF = 1.7;

    /** The kernel in space, as its Javadoc says it. */
    private static double kernel(int d, Kind kind, double q, double r) {
        if (kind == Kind.BIHARMONIC) {
            return switch (d) {
                case 3 -> -r / (8 * Math.PI);
                case 2 -> r * r * (Math.log(r) - 1.5) / (8 * Math.PI);
                default -> r * r * r / 12;
            };
        }
        boolean slope = kind == Kind.DERIVATIVE;
        return switch (d) {
            case 3 -> slope ? -Math.exp(-q * r) / (4 * Math.PI) : Math.exp(-q * r) / (4 * Math.PI * r);
            case 2 -> slope ? -r * Bessel.k1(q * r) / (2 * Math.PI)
                    : q == 0 ? -Math.log(r) / (2 * Math.PI) : Bessel.k0(q * r) / (2 * Math.PI);
            default -> slope ? -(1 + q * r) * Math.exp(-q * r) / (2 * q * q)
                    : q == 0 ? -r / 2 : Math.exp(-q * r) / (2 * q);
        };
    }

    private static double transform(int d, DoubleUnaryOperator radial, double k) {
        return CUTOFF * BesselTest.integral(s -> {
            double r = s * CUTOFF;
            double wave = switch (d) {
                case 3 -> 4 * Math.PI * r * (k == 0 ? r : Math.sin(k * r) / k);
                case 2 -> 2 * Math.PI * r * Bessel.j0(k * r);
                default -> 2 * Math.cos(k * r);
            };
            return wave * radial.applyAsDouble(r);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "3, POTENTIAL, 0", "3, POTENTIAL, 1e-5", "3, POTENTIAL, 2.3", "3, DERIVATIVE, 2.3", "3, DERIVATIVE, 1e-5",
        "3, BIHARMONIC, 0", "2, POTENTIAL, 0", "2, POTENTIAL, 0.02", "2, POTENTIAL, 2.3", "2, DERIVATIVE, 0.02",
        "2, DERIVATIVE, 2.3", "2, BIHARMONIC, 0", "1, POTENTIAL, 0", "1, POTENTIAL, 0.4", "1, DERIVATIVE, 0.4",
        "1, BIHARMONIC, 0"
    })
    void closedFormsAreTransforms(int d, Kind kind, double q) {
        TruncatedKernel kernel = new TruncatedKernel(d, kind, q, CUTOFF);
        double[] c = kernel.polynomial();
        DoubleUnaryOperator rest = r -> kernel(d, kind, q, r) - c[0] - c[1] * r * r - c[2] * r * r * r * r;
        double scale = transform(d, r -> Math.abs(kernel(d, kind, q, r)), 0);
        for (double k : new double[] {0, 2.5, 3.1, 9, 27.4}) {
            assertThat(kernel.transform(0, k)).as("k = %s", k)
                    .isCloseTo(transform(d, rest, k), within(1e-12 * scale));
        }
        // along periodic axes the squares of wave numbers add, and nothing is taken off
        double along = 1.1;
        if (kind == Kind.BIHARMONIC) {
            // −1/2κ of the derivative of the potential
            assertThat(kernel.transform(along, 3.3)).isCloseTo(
                    -transform(d, r -> kernel(d, Kind.DERIVATIVE, along, r), 3.3) / (2 * along), within(1e-12 * scale));
        } else {
            double total = Math.hypot(q, along);
            double factor = kind == Kind.DERIVATIVE ? q / total : 1;
            assertThat(kernel.transform(along, 3.3))
                    .isCloseTo(factor * transform(d, r -> kernel(d, kind, total, r), 3.3), within(1e-12 * scale));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, POTENTIAL, 1.5", "3, BIHARMONIC, 0", "2, POTENTIAL, 0", "2, DERIVATIVE, 1.5", "1, POTENTIAL, 0"})
    void whatIsCutGoesToZeroThere(int d, Kind kind, double q) {
        double[] c = new TruncatedKernel(d, kind, q, CUTOFF).polynomial();
        for (double s : new double[] {1e-2, 1e-3}) {
            double r = CUTOFF - s;
            double left = kernel(d, kind, q, r) - c[0] - r * r * (c[1] + r * r * c[2]);
            assertThat(Math.abs(left)).isLessThan(s * s * s);
        }
    }
}
