package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointFunction;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Green's functions against closed forms for Gaussians and against manufactured solutions. */
class GreensFunctionTest {
    private static final Fields FIELDS = Fields.automatic();
    private static final double SIGMA = 0.08;

    private static Grid cube(int d, int n) {
        Axis axis = Axis.cells(-0.5, 0.5, n);
        return d == 3 ? Grid.of(axis, axis, axis) : d == 2 ? Grid.of(axis, axis) : Grid.of(axis);
    }

    private static double radius(double... x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    private static Field gaussian(Grid grid, double sigma) {
        return FIELDS.scalar(grid, x -> Gaussians.density(grid.dimension(), sigma, radius(x)));
    }

    private static double error(LinearOperator operator, Field in, PointFunction exact) {
        Grid grid = operator.range().grid();
        return Fits.error(operator.apply(in), FIELDS.scalar(grid, exact));
    }

    private static double error(LinearOperator operator, Field in, PointMap exact) {
        Grid grid = operator.range().grid();
        return Fits.error(operator.apply(in), FIELDS.vector(grid, exact));
    }

    @ParameterizedTest
    @CsvSource({"16, 1e-6", "24, 1e-9"})
    void potentialOfAGaussianChargeIsSpectrallyAccurate(int n, double bar) {
        Grid grid = cube(3, n);
        double error = error(GreensFunction.coulomb(grid), gaussian(grid, SIGMA),
                x -> Gaussians.potential(3, SIGMA, radius(x)));
        assertThat(error).isLessThan(bar);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void potentialAndFieldOfAGaussianInEveryDimension(int d) {
        Grid grid = cube(d, 32);
        double sigma = 0.06;
        double error = error(GreensFunction.coulomb(grid), gaussian(grid, sigma),
                x -> Gaussians.potential(d, sigma, radius(x)));
        assertThat(error).isLessThan(1e-9);
        double field = error(GreensFunction.gauss(grid), gaussian(grid, sigma), (x, e) -> {
            double r = radius(x);
            for (int i = 0; i < d; i++) {
                e[i] = r == 0 ? 0 : Gaussians.field(d, sigma, r) * x[i] / r;
            }
        });
        assertThat(field).isLessThan(1e-7);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3", "1, 12", "3, 1e-6", "3, 0.3", "3, 12", "3, 80"})
    void screenedPotentialOfAGaussian(int d, double kappa) {
        Grid grid = cube(d, 32);
        double sigma = 0.07;
        double error = error(GreensFunction.yukawa(grid, kappa), gaussian(grid, sigma),
                x -> Gaussians.screened(d, kappa, sigma, radius(x)));
        assertThat(error).isLessThan(1e-8);
    }

    @Test
    void stokesFlowOfAGaussianForce() {
        Grid grid = cube(3, 32);
        double sigma = 0.07;
        double[] force = {0.3, -1, 0.5};
        Field f = FIELDS.vector(grid, (x, value) -> {
            for (int i = 0; i < 3; i++) {
                value[i] = force[i] * Gaussians.density(3, sigma, radius(x));
            }
        });
        double error = error(GreensFunction.stokeslet(grid, 2.5), f, (x, u) -> {
            for (int i = 0; i < 3; i++) {
                u[i] = 0;
                for (int j = 0; j < 3; j++) {
                    u[i] += Gaussians.stokes(sigma, x, i, j) * force[j] / 2.5;
                }
            }
        });
        assertThat(error).isLessThan(1e-8);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anisotropicSpacingsAndShearedLatticesGiveTheSamePotential(int d) {
        double sigma = 0.09;
        Axis x = Axis.uniform(-0.6, 0.6, 27);
        Axis y = Axis.cells(-0.5, 0.5, 24);
        Axis z = Axis.cells(-0.6, 0.6, 25);
        double[][] shear2 = {{1, 0.35}, {-0.1, 0.9}};
        double[][] shear3 = {{1, 0.3, 0.1}, {-0.1, 0.9, 0.2}, {0.05, 0, 1.1}};
        for (Grid grid : d == 2
                ? new Grid[] {Grid.of(x, y), Grid.of(shear2, x, y)}
                : new Grid[] {Grid.of(x, y, z), Grid.of(shear3, x, y, z)}) {
            Field charge = gaussian(grid, sigma);
            double potential = error(GreensFunction.coulomb(grid), charge,
                    p -> Gaussians.potential(d, sigma, radius(p)));
            double field = error(GreensFunction.gauss(grid), charge, (p, e) -> {
                double r = radius(p);
                for (int i = 0; i < d; i++) {
                    e[i] = r == 0 ? 0 : Gaussians.field(d, sigma, r) * p[i] / r;
                }
            });
            // the tail of the charge beyond the walls, and the coarsest spacing, set the limit
            assertThat(potential).isLessThan(5e-7);
            assertThat(field).isLessThan(5e-6);
        }
    }

    /** A bump {@code exp(−|x|²/2s²)} over the free axes times a wave along the periodic ones, with unit period. */
    private static Field[] manufactured(Grid grid, double s, double kappa, int waves) {
        int d = grid.dimension();
        long free = grid.axes().stream().filter(axis -> !axis.isPeriodic()).count();
        Field u = FIELDS.scalar(grid, x -> {
            double value = 1;
            for (int a = 0; a < d; a++) {
                value *= grid.axis(a).isPeriodic()
                        ? Math.cos(2 * Math.PI * waves * x[a] + 0.3) : Math.exp(-x[a] * x[a] / (2 * s * s));
            }
            return value;
        });
        double wave = 2 * Math.PI * waves;
        Field f = FIELDS.scalar(grid, x -> {
            double value = 1;
            double squares = 0;
            for (int a = 0; a < d; a++) {
                boolean periodic = grid.axis(a).isPeriodic();
                value *= periodic ? Math.cos(wave * x[a] + 0.3) : Math.exp(-x[a] * x[a] / (2 * s * s));
                squares += periodic ? 0 : x[a] * x[a];
            }
            double laplacian = squares / (s * s * s * s) - free / (s * s) - (d - free) * wave * wave;
            return (kappa * kappa - laplacian) * value;
        });
        return new Field[] {u, f};
    }

    @ParameterizedTest
    @CsvSource({
        "pff, 0", "pff, 1", "fpf, 1", "ffp, 2", "ppf, 0", "ppf, 1", "pfp, 1", "fpp, 3", "ppp, 1", "pf, 0", "pf, 1",
        "fp, 2", "pp, 1", "ff, 0", "fff, 0", "f, 0", "p, 2"
    })
    void manufacturedSolutionsOfEveryMixtureOfAxes(String axes, int waves) {
        Axis free = Axis.uniform(-0.5, 0.5, 30);
        Axis[] made = axes.chars().mapToObj(c -> c == 'p' ? Axis.periodic(0, 1, 12) : free).toArray(Axis[]::new);
        Grid grid = Grid.of(made);
        Field[] plain = manufactured(grid, 0.07, 0, waves);
        double coulomb = Fits.error(GreensFunction.coulomb(grid).apply(plain[1]), plain[0]);
        assertThat(coulomb).isLessThan(1e-9);
        for (double kappa : new double[] {0.2, 7}) {
            Field[] screened = manufactured(grid, 0.07, kappa, waves);
            double yukawa = Fits.error(GreensFunction.yukawa(grid, kappa).apply(screened[1]), screened[0]);
            assertThat(yukawa).isLessThan(1e-9);
        }
    }

    @Test
    void meansAlongPeriodicAxesAreSheetsAndLines() {
        double sigma = 0.07;
        Axis free = Axis.uniform(-0.5, 0.5, 32);
        Axis closed = Axis.periodic(0, 0.8, 6);
        Grid slab = Grid.of(closed, free, closed);
        Field sheet = FIELDS.scalar(slab, x -> Gaussians.density(1, sigma, x[1]));
        assertThat(error(GreensFunction.coulomb(slab), sheet, x -> Gaussians.potential(1, sigma, Math.abs(x[1]))))
                .isLessThan(1e-10);
        Field away = GreensFunction.gauss(slab).apply(sheet);
        assertThat(away.get(1, 2, 31, 3)).isCloseTo(0.5, within(1e-7));
        assertThat(away.get(1, 2, 0, 3)).isCloseTo(-0.5, within(1e-7));
        Grid wire = Grid.of(free, closed, free);
        Field line = FIELDS.scalar(wire, x -> Gaussians.density(2, sigma, radius(x[0], x[2])));
        assertThat(error(GreensFunction.coulomb(wire), line, x -> Gaussians.potential(2, sigma, radius(x[0], x[2]))))
                .isLessThan(1e-10);
    }

    @Test
    void shearedMixturesOfPeriodicAndFreeAxes() {
        // the second lattice vector leans over the periodic one; x along a periodic axis of length 1
        double[][] cell = {{1, 0.4}, {0, 1}};
        Grid grid = Grid.of(cell, Axis.periodic(0, 1, 12), Axis.uniform(-0.5, 0.5, 30));
        double s = 0.07;
        double k = 2 * Math.PI;
        Field u = FIELDS.scalar(grid, x -> Math.cos(k * x[0]) * Math.exp(-x[1] * x[1] / (2 * s * s)));
        Field f = FIELDS.scalar(grid, x -> Math.cos(k * x[0]) * Math.exp(-x[1] * x[1] / (2 * s * s))
                * (k * k + 1 / (s * s) - x[1] * x[1] / (s * s * s * s)));
        assertThat(Fits.error(GreensFunction.coulomb(grid).apply(f), u)).isLessThan(1e-9);
    }

    @Test
    void periodicPotentialsHaveMeanZero() {
        Grid grid = Grid.of(new double[][] {{1, 0.5}, {0, 1}}, Axis.periodic(0, 1, 9), Axis.periodic(0, 2, 8));
        Field ones = FIELDS.scalar(grid).fill(3.0);
        assertThat(Fits.largest(GreensFunction.coulomb(grid).apply(ones))).isLessThan(1e-15);
        Field screened = GreensFunction.yukawa(grid, 2).apply(ones);
        assertThat(screened.get(0, 4, 5)).isCloseTo(3 / 4.0, within(1e-15));
        Field potential = GreensFunction.coulomb(grid).apply(Fits.random(
                GreensFunction.coulomb(grid).domain(), Precision.DOUBLE, 1));
        assertThat(Arithmetic.sum(potential)).isCloseTo(0, within(1e-13));
    }

    @Test
    void stokesFlowInThePlane() {
        Grid grid = cube(2, 40);
        double sigma = 0.05;
        double mu = 0.7;
        Field f = FIELDS.vector(grid, (x, value) -> {
            value[0] = Gaussians.density(2, sigma, radius(x));
            value[1] = -2 * value[0];
        });
        Field u = GreensFunction.stokeslet(grid, mu).apply(f);
        // outside the force a Gaussian acts as 1 + σ²Δ/2 on a biharmonic kernel
        double worst = 0;
        for (int i : new int[] {0, 3, 38}) {
            for (int j : new int[] {1, 20, 39}) {
                double[] x = grid.position(i, j);
                double r2 = x[0] * x[0] + x[1] * x[1];
                for (int c = 0; c < 2; c++) {
                    double expected = 0;
                    for (int b = 0; b < 2; b++) {
                        double delta = c == b ? 1 : 0;
                        double stokes = -0.5 * Math.log(r2) * delta + x[c] * x[b] / r2;
                        double laplacian = 2 * delta / r2 - 4 * x[c] * x[b] / (r2 * r2);
                        expected += (stokes + sigma * sigma / 2 * laplacian) / (4 * Math.PI * mu) * (b == 0 ? 1 : -2);
                    }
                    worst = Math.max(worst, Math.abs(u.get(c, i, j) - expected));
                }
            }
        }
        assertThat(worst).isLessThan(1e-10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stokesFlowTakesNoPressureAndHasNoDivergence(boolean periodic) {
        // f = −μΔu + ∇p with u the curl of a bump and p another bump
        double s = 0.07;
        double mu = 1.3;
        Axis axis = periodic ? Axis.periodic(-0.5, 0.5, 32) : Axis.cells(-0.5, 0.5, 32);
        Grid grid = Grid.of(axis, axis);
        Field u = FIELDS.vector(grid, (x, value) -> {
            double bump = Math.exp(-(x[0] * x[0] + x[1] * x[1]) / (2 * s * s));
            value[0] = -x[1] * bump;
            value[1] = x[0] * bump;
        });
        Field f = FIELDS.vector(grid, (x, value) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            double bump = Math.exp(-r2 / (2 * s * s));
            // Δ(x_i g) = x_i Δg + 2 ∂_i g = x_i (r²/s⁴ − 4/s²) g
            double laplacian = (r2 / (s * s * s * s) - 4 / (s * s)) * bump;
            double pressure = Math.exp(-((x[0] - 0.05) * (x[0] - 0.05) + x[1] * x[1]) / (2 * s * s));
            value[0] = mu * x[1] * laplacian - (x[0] - 0.05) / (s * s) * pressure;
            value[1] = -mu * x[0] * laplacian - x[1] / (s * s) * pressure;
        });
        double error = Fits.error(GreensFunction.stokeslet(grid, mu).apply(f), u);
        assertThat(error).isLessThan(1e-7);
    }

    @Test
    void floatsAreRightToTheirRounding() {
        Grid grid = cube(3, 24);
        Field charge = FIELDS.precision(Precision.FLOAT).scalar(grid).copyFrom(gaussian(grid, SIGMA));
        Field exact = FIELDS.scalar(grid, x -> Gaussians.potential(3, SIGMA, radius(x)));
        assertThat(Fits.error(GreensFunction.coulomb(grid).apply(charge), exact)).isLessThan(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"f, 0.7", "ff, 0.7", "ff, 30", "fff, 2", "pf, 0.9", "ppf, 3", "pp, 1.1", "fpf, 0.4"})
    void gradientsInKappaAreThoseOfDifferences(String axes, double kappa) {
        Axis[] made = axes.chars()
                .mapToObj(c -> c == 'p' ? Axis.periodic(0, 1, 6) : Axis.uniform(0, 1, 8)).toArray(Axis[]::new);
        Grid grid = Grid.of(made);
        for (DoubleFunction<GreensFunction> family : List.<DoubleFunction<GreensFunction>>of(
                q -> GreensFunction.yukawa(grid, q), q -> GreensFunction.yukawaField(grid, q))) {
            GreensFunction operator = family.apply(kappa);
            Field f = Fits.random(operator.domain(), Precision.DOUBLE, 1);
            Field w = Fits.random(operator.range(), Precision.DOUBLE, 2);
            double step = 1e-3 * kappa;
            double[] values = new double[4];
            for (int k = 0; k < 4; k++) {
                double at = kappa + step * new double[] {-2, -1, 1, 2}[k];
                values[k] = Arithmetic.dot(family.apply(at).apply(f), w);
            }
            double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step);
            assertThat(operator.parameterGradient(f, w)).isCloseTo(difference, within(1e-7 * Math.abs(difference)));
        }
    }

    @Test
    void gradientInTheViscosity() {
        Grid grid = cube(2, 8);
        GreensFunction operator = GreensFunction.stokeslet(grid, 2);
        Field f = Fits.random(operator.domain(), Precision.DOUBLE, 1);
        Field w = Fits.random(operator.range(), Precision.DOUBLE, 2);
        double high = Arithmetic.dot(GreensFunction.stokeslet(grid, 2.001).apply(f), w);
        double low = Arithmetic.dot(GreensFunction.stokeslet(grid, 1.999).apply(f), w);
        double difference = (high - low) / 0.002;
        assertThat(operator.parameterGradient(f, w)).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pf", "fp", "ppf", "pfp", "fpp", "pff", "fpf", "ffp"})
    void stokesFlowAlongPeriodicAxes(String axes) {
        int d = axes.length();
        double mu = 1.3;
        double s = 0.07;
        double wave = 2 * Math.PI;
        int along = axes.indexOf('p');
        int across = axes.indexOf('f');
        Grid grid = Grid.of(axes.chars().mapToObj(c -> c == 'p' ? Axis.periodic(0, 1, 10)
                : Axis.uniform(-0.5, 0.5, 32)).toArray(Axis[]::new));
        // u = (∂ψ/∂b, −∂ψ/∂a) of ψ = cos(wave a) exp(−(b² + c²)/2s²), c another free axis; p = sin(wave a) exp(…)
        Field u = FIELDS.vector(grid, (x, value) -> {
            Arrays.fill(value, 0);
            double bump = bump(axes, x, s);
            value[along] = -x[across] / (s * s) * Math.cos(wave * x[along]) * bump;
            value[across] = wave * Math.sin(wave * x[along]) * bump;
        });
        Field f = FIELDS.vector(grid, (x, value) -> {
            double bump = bump(axes, x, s);
            double r2 = 0;
            int free = 0;
            for (int a = 0; a < d; a++) {
                r2 += axes.charAt(a) == 'f' ? x[a] * x[a] : 0;
                free += axes.charAt(a) == 'f' ? 1 : 0;
            }
            double plain = r2 / (s * s * s * s) - free / (s * s) - wave * wave;
            double cos = Math.cos(wave * x[along]);
            double sin = Math.sin(wave * x[along]);
            for (int a = 0; a < d; a++) {
                value[a] = axes.charAt(a) == 'f' ? -x[a] / (s * s) * sin * bump : 0;
            }
            // Δ(b g) = b (Δg − 2g/s²)
            value[along] = wave * cos * bump + mu * x[across] / (s * s) * cos * bump * (plain - 2 / (s * s));
            value[across] -= mu * wave * sin * bump * plain;
        });
        double error = Fits.error(GreensFunction.stokeslet(grid, mu).apply(f), u);
        assertThat(error).isLessThan(1e-8);
    }

    private static double bump(String axes, double[] x, double s) {
        double r2 = 0;
        for (int a = 0; a < x.length; a++) {
            r2 += axes.charAt(a) == 'f' ? x[a] * x[a] : 0;
        }
        return Math.exp(-r2 / (2 * s * s));
    }

    @Test
    void stokesFlowOfSheetsAndLinesOfForce() {
        double sigma = 0.06;
        double mu = 0.8;
        Axis free = Axis.uniform(-0.5, 0.5, 32);
        Axis closed = Axis.periodic(0, 0.7, 8);
        Grid slab = Grid.of(closed, free, closed);
        Field sheet = FIELDS.vector(slab, (x, f) -> {
            f[0] = Gaussians.density(1, sigma, x[1]);
            // pressure takes what points across
            f[1] = 2 * f[0];
            f[2] = -f[0];
        });
        assertThat(error(GreensFunction.stokeslet(slab, mu), sheet, (x, u) -> {
            u[0] = Gaussians.potential(1, sigma, Math.abs(x[1])) / mu;
            u[1] = 0;
            u[2] = -u[0];
        })).isLessThan(1e-10);
        Grid wire = Grid.of(free, closed, free);
        Field line = FIELDS.vector(wire, (x, f) -> {
            f[0] = 0;
            f[1] = Gaussians.density(2, sigma, radius(x[0], x[2]));
            f[2] = 0;
        });
        assertThat(error(GreensFunction.stokeslet(wire, mu), line, (x, u) -> {
            u[0] = 0;
            u[1] = Gaussians.potential(2, sigma, radius(x[0], x[2])) / mu;
            u[2] = 0;
        })).isLessThan(1e-10);
        // across the line the flow is that of the plane
        Field push = FIELDS.vector(wire, (x, f) -> {
            f[0] = Gaussians.density(2, sigma, radius(x[0], x[2]));
            f[1] = 0;
            f[2] = 0.4 * f[0];
        });
        Field flow = GreensFunction.stokeslet(wire, mu).apply(push);
        Grid plane = Grid.of(free, free);
        Field flat = GreensFunction.stokeslet(plane, mu).apply(FIELDS.vector(plane, (x, f) -> {
            f[0] = Gaussians.density(2, sigma, radius(x));
            f[1] = 0.4 * f[0];
        }));
        for (int i = 0; i < 32; i += 5) {
            for (int j = 0; j < 32; j += 3) {
                assertThat(flow.get(0, i, 2, j)).isCloseTo(flat.get(0, i, j), within(1e-12));
                assertThat(flow.get(1, i, 2, j)).isCloseTo(0, within(1e-12));
                assertThat(flow.get(2, i, 2, j)).isCloseTo(flat.get(1, i, j), within(1e-12));
            }
        }
    }
}
