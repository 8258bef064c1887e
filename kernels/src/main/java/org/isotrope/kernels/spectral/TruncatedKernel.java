package org.isotrope.kernels.spectral;

import java.util.HashMap;
import java.util.Map;

/**
 * The Fourier transform of a radial Green's function in {@code d} free dimensions, cut off at a length {@code L}.
 *
 * <p>With {@code x = kL}, {@code Q = qL} and all lengths in units of L, {@code ∫_{ρ<1} G(ρ) exp(−ik·ρ)}:
 *
 * <table>
 * <caption>Green's functions of q² − Δ and their cut-off transforms</caption>
 * <tr><th>d</th><th>G</th><th>transform, x &gt; 0</th></tr>
 * <tr><td>3</td><td>{@code e^(−Qρ)/4πρ}</td><td>{@code [1 − e^(−Q)(cos x + (Q/x) sin x)]/(x² + Q²)}</td></tr>
 * <tr><td>2</td><td>{@code K₀(Qρ)/2π}</td><td>{@code [1 + x J₁(x) K₀(Q) − Q J₀(x) K₁(Q)]/(x² + Q²)}</td></tr>
 * <tr><td>2, Q = 0</td><td>{@code −ln ρ/2π}</td><td>{@code (1 − J₀(x))/x²}</td></tr>
 * <tr><td>1</td><td>{@code e^(−Qρ)/2Q}</td><td>{@code [1 − e^(−Q)(cos x − (x/Q) sin x)]/(x² + Q²)}</td></tr>
 * <tr><td>1, Q = 0</td><td>{@code −ρ/2}</td><td>{@code (1 − cos x)/x² − sin x/x}</td></tr>
 * </table>
 *
 * <p>The biharmonic ones, Green's functions of Δ², are {@code −ρ/8π}, {@code ρ² ln ρ/8π} and {@code ρ³/12}; those of
 * {@code (Q² − Δ)²} are the derivatives of the table in Q² with the opposite sign.
 *
 * <p>Where nothing varies along periodic axes a polynomial in ρ² is taken off before the cut, so that value, slope and
 * curvature go to zero there; a caller adds it again in space, where it is smooth. Fields that the grid resolves do not
 * notice; for others the cut leaves no ripples.
 *
 * <p>Source: F. Vico, L. Greengard, M. Ferrando, J. Comput. Phys. 323 (2016) 191, equations 11 to 15.
 */
final class TruncatedKernel {
    /** Which function of r and q. */
    enum Kind {
        /** Green's function of {@code q² − Δ}. */
        POTENTIAL,
        /** Its derivative in q; {@code q > 0}. */
        DERIVATIVE,
        /** Green's function of Δ², of {@code (q² − Δ)²} where q is a wave number along periodic axes; no screening. */
        BIHARMONIC
    }

    private record AtCutoff(double k0, double k1) {}

    private final int d;
    private final Kind kind;
    private final double length;
    private final double q;
    private final double[] smooth;
    private final double scale;
    private final Map<Double, AtCutoff> macdonald = new HashMap<>();

    /**
     * A kernel.
     *
     * @param d free dimensions, 1 to 3
     * @param kind which function
     * @param q inverse screening length where nothing varies along periodic axes
     * @param length L
     */
    TruncatedKernel(int d, Kind kind, double q, double length) {
        this.d = d;
        this.kind = kind;
        this.q = q;
        this.length = length;
        smooth = matching(edge(q * length));
        scale = Math.pow(length, power() + d);
    }

    /** Power of L that the transform scales with, less d. */
    private int power() {
        return switch (kind) {
            case POTENTIAL -> 2 - d;
            case DERIVATIVE -> 3 - d;
            case BIHARMONIC -> 4 - d;
        };
    }

    /** {@code c₀ + c₁ρ² + c₂ρ⁴} with the given value, slope and curvature at 1. */
    private static double[] matching(double[] edge) {
        double c2 = (edge[2] - edge[1]) / 8;
        double c1 = (edge[1] - 4 * c2) / 2;
        return new double[] {edge[0] - c1 - c2, c1, c2};
    }

    /** Value, slope and curvature of G at ρ = 1. */
    private double[] edge(double s) {
        double e = Math.exp(-s);
        double pi = Math.PI;
        if (kind == Kind.BIHARMONIC) {
            return switch (d) {
                case 3 -> new double[] {-1 / (8 * pi), -1 / (8 * pi), 0};
                case 2 -> new double[] {0, 1 / (8 * pi), 3 / (8 * pi)};
                default -> new double[] {1 / 12.0, 0.25, 0.5};
            };
        }
        boolean slope = kind == Kind.DERIVATIVE;
        if (d == 3) {
            return slope
                    ? new double[] {-e / (4 * pi), s * e / (4 * pi), -s * s * e / (4 * pi)}
                    : new double[] {e / (4 * pi), -(1 + s) * e / (4 * pi), (s * s + 2 * s + 2) * e / (4 * pi)};
        } else if (d == 2) {
            if (s == 0) {
                return new double[] {0, -1 / (2 * pi), 1 / (2 * pi)};
            }
            double k0 = Bessel.k0(s);
            double k1 = Bessel.k1(s);
            return slope
                    ? new double[] {-k1 / (2 * pi), s * k0 / (2 * pi), s * (k0 - s * k1) / (2 * pi)}
                    : new double[] {k0 / (2 * pi), -s * k1 / (2 * pi), s * (s * k0 + k1) / (2 * pi)};
        }
        if (s == 0) {
            return new double[] {-0.5, -0.5, 0};
        }
        return slope
                ? new double[] {-(1 + s) * e / (2 * s * s), e / 2, (1 - s) * e / 2}
                : new double[] {e / (2 * s), -e / 2, s * e / 2};
    }

    /**
     * The polynomial that was taken off, {@code Σ_j c_j r^2j}, and what the units of length leave: the caller adds it
     * where nothing varies along periodic axes.
     */
    double[] polynomial() {
        double unit = Math.pow(length, power());
        double[] c = {smooth[0], smooth[1], smooth[2]};
        if (d == 2 && q == 0 && kind == Kind.POTENTIAL) {
            c[0] -= Math.log(length) / (2 * Math.PI);
        } else if (d == 2 && kind == Kind.BIHARMONIC) {
            // r² (ln r − 3/2)/8π, whose Stokeslet has the usual constant
            c[1] += (Math.log(length) - 1.5) / (8 * Math.PI);
        }
        double l2 = length * length;
        return new double[] {unit * c[0], unit * c[1] / l2, unit * c[2] / (l2 * l2)};
    }

    /**
     * The transform.
     *
     * @param periodic wave number along periodic axes
     * @param free wave number across them
     */
    double transform(double periodic, double free) {
        double x = free * length;
        double total = Math.hypot(q, periodic);
        double s = total * length;
        // what oscillates at the cut
        double even = d == 2 ? Bessel.j0(x) : Math.cos(x);
        double odd = d == 2 ? Bessel.j1(x) : Math.sin(x);
        double value = switch (kind) {
            case POTENTIAL -> potential(x, s, even, odd);
            // q of the caller enters the wave number through its square
            case DERIVATIVE -> q / total * derivative(x, s, even, odd);
            case BIHARMONIC -> s == 0
                    ? biharmonic(x, even, odd)
                    : -derivative(x, s, even, odd) / (2 * s);
        };
        if (periodic == 0) {
            for (int j = 0; j < smooth.length; j++) {
                value -= smooth[j] * evenMoment(j, x, even, odd);
            }
        }
        return value * scale;
    }

    private double potential(double x, double s, double even, double odd) {
        if (s == 0) {
            if (x == 0) {
                return d == 3 ? 0.5 : d == 2 ? 0.25 : -0.5;
            }
            return (1 - even) / (x * x) - (d == 1 ? odd / x : 0);
        }
        if (x == 0) {
            return switch (d) {
                case 3 -> Moments.exponential(1, s);
                case 2 -> Moments.macdonald(0, s);
                default -> Moments.exponential(0, s) / s;
            };
        }
        return numerator(x, s, even, odd) / (x * x + s * s);
    }

    private double numerator(double x, double s, double even, double odd) {
        if (d == 2) {
            AtCutoff k = atCutoff(s);
            return 1 + x * odd * k.k0 - s * even * k.k1;
        }
        double ratio = d == 3 ? s / x : -x / s;
        return 1 - Math.exp(-s) * (even + ratio * odd);
    }

    private AtCutoff atCutoff(double s) {
        return macdonald.computeIfAbsent(s, at -> new AtCutoff(Bessel.k0(at), Bessel.k1(at)));
    }

    private double derivative(double x, double s, double even, double odd) {
        if (x == 0) {
            return switch (d) {
                case 3 -> -Moments.exponential(2, s);
                case 2 -> -Moments.macdonald(1, s);
                default -> -Moments.exponential(1, s) / s - Moments.exponential(0, s) / (s * s);
            };
        }
        double slope;
        if (d == 2) {
            AtCutoff k = atCutoff(s);
            slope = s * even * k.k0 - x * odd * k.k1;
        } else {
            slope = Math.exp(-s) * (even + (d == 3 ? (s - 1) / x : -x * (s + 1) / (s * s)) * odd);
        }
        double squares = x * x + s * s;
        return (slope - 2 * s * numerator(x, s, even, odd) / squares) / squares;
    }

    private double biharmonic(double x, double even, double odd) {
        if (x == 0) {
            return d == 3 ? -1 / 8.0 : d == 2 ? -1 / 64.0 : 1 / 24.0;
        }
        return switch (d) {
            case 3 -> -Moments.sine(2, x, even, odd) / (2 * x);
            case 2 -> (even - 4 * odd / x + 4 * (1 - even) / (x * x)) / (4 * x * x);
            default -> Moments.cosine(3, x, even, odd) / 6;
        };
    }

    /** {@code ∫_{ρ<1} ρ^2j exp(−ik·ρ)}. */
    private double evenMoment(int j, double x, double even, double odd) {
        if (x == 0) {
            return switch (d) {
                case 3 -> 4 * Math.PI / (2 * j + 3);
                case 2 -> Math.PI / (j + 1);
                default -> 2 / (2.0 * j + 1);
            };
        }
        return switch (d) {
            case 3 -> 4 * Math.PI / x * Moments.sine(2 * j + 1, x, even, odd);
            case 2 -> 2 * Math.PI * Moments.bessel(j, x, even, odd);
            default -> 2 * Moments.cosine(2 * j, x, even, odd);
        };
    }
}
