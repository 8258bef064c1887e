package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.CellAverages;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.tensor.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
    private static final Boundaries NOTHING = Boundaries.all(Boundary.zero());
    private static final double[][] SHEAR = {{1, 0.4}, {-0.1, 0.9}};

    static Stream<Grid> grids() {
        return Stream.of(
                Grid.of(Axis.periodic(0, 40, 40)),
                Grid.of(Axis.periodic(0, 40, 40), Axis.periodic(0, 36, 48)),
                Grid.of(SHEAR, Axis.periodic(0, 40, 40), Axis.periodic(0, 36, 40)),
                Grid.of(Axis.periodic(0, 24, 24), Axis.periodic(0, 24, 20), Axis.periodic(0, 24, 24)));
    }

    /** The weights of a kernel on scalars as the image of a point; the point is in the middle. */
    private static Field image(LinearOperator operator) {
        Grid grid = operator.domain().grid();
        Field point = Fields.automatic().of(operator.domain().type(), grid);
        point.set(1 / grid.cellVolume(), 0, middle(grid));
        return operator.apply(point);
    }

    private static int[] middle(Grid grid) {
        int[] shape = grid.shape();
        for (int a = 0; a < shape.length; a++) {
            shape[a] /= 2;
        }
        return shape;
    }

    @ParameterizedTest
    @MethodSource("grids")
    void gaussiansHaveMassOneAndNoFirstMoments(Grid grid) {
        Field weights = image(Kernels.gaussian(grid, 1.7, 1e-3));
        int d = grid.dimension();
        double[] centre = grid.position(middle(grid));
        double mass = 0;
        double[] moments = new double[d];
        for (long i = 0; i < grid.size(); i++) {
            double[] x = grid.position(grid.index(i));
            double weight = weights.getFlat(i) * grid.cellVolume();
            mass += weight;
            for (int a = 0; a < d; a++) {
                moments[a] += weight * (x[a] - centre[a]);
            }
        }
        assertThat(mass).isCloseTo(1, within(1e-14));
        for (double moment : moments) {
            assertThat(moment).isCloseTo(0, within(1e-13));
        }
        // opposite weights are the same number, so that the moments of the kernel itself vanish exactly
        int[] c = middle(grid);
        int[] right = c.clone();
        int[] left = c.clone();
        right[d - 1] += 2;
        left[d - 1] -= 2;
        assertThat(weights.get(0, right)).isEqualTo(weights.get(0, left)).isPositive();
    }

    /** The mass beyond the cutoff, by quadrature of the density itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void cutoffsLoseWhatWasAllowed(int d) {
        for (double tolerance : new double[] {0.1, 1e-3, 1e-6, 1e-12}) {
            double cutoff = Radial.gaussianCutoff(d, 1, 0, tolerance);
            double sphere = d == 1 ? 2 : d == 2 ? 2 * Math.PI : 4 * Math.PI;
            double lost = 0;
            int n = 20_000;
            double h = 12.0 / n;
            for (int i = 0; i < n; i++) {
                double r = cutoff + (i + 0.5) * h;
                lost += h * sphere * Math.pow(r, d - 1) * Math.exp(-r * r / 2) * Math.pow(2 * Math.PI, -0.5 * d);
            }
            assertThat(lost).isCloseTo(tolerance, within(1e-5 * tolerance));
        }
    }

    /** Signal to noise in decibels of every component against its exact value. */
    private static double decibels(Field found, List<ToDoubleFunction<double[]>> exact) {
        double worst = Double.POSITIVE_INFINITY;
        Grid grid = found.grid();
        for (int c = 0; c < exact.size(); c++) {
            double signal = 0;
            double noise = 0;
            for (long i = 0; i < grid.size(); i++) {
                double expected = exact.get(c).applyAsDouble(grid.position(grid.index(i)));
                double error = found.getFlat(c * grid.size() + i) - expected;
                signal += expected * expected;
                noise += error * error;
            }
            worst = Math.min(worst, 10 * Math.log10(signal / noise));
        }
        return worst;
    }

    /** A plane wave under a Gaussian of σ = 4h is damped by exp(−σ²k²/2), whatever the direction. */
    @Test
    void valueAndDerivativesAtFourSpacingsAreGoodToAHundredDecibels() {
        int n = 64;
        double h = 1.0 / n;
        Grid grid = Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 1, n));
        double kx = 2 * Math.PI * 3;
        double ky = 2 * Math.PI * 2;
        double sigma = 4 * h;
        double damping = Math.exp(-sigma * sigma * (kx * kx + ky * ky) / 2);
        Field wave = Fields.automatic().scalar(grid, x -> Math.cos(kx * x[0] + ky * x[1] + 0.3));
        ToDoubleFunction<double[]> cos = x -> damping * Math.cos(kx * x[0] + ky * x[1] + 0.3);
        ToDoubleFunction<double[]> sin = x -> damping * Math.sin(kx * x[0] + ky * x[1] + 0.3);
        double tolerance = 1e-10;
        assertThat(decibels(Kernels.gaussian(grid, sigma, tolerance).apply(wave), List.of(cos)))
                .isGreaterThan(100);
        assertThat(decibels(Kernels.gaussianGradient(grid, sigma, tolerance, NOTHING).apply(wave),
                List.of(x -> -kx * sin.applyAsDouble(x), x -> -ky * sin.applyAsDouble(x)))).isGreaterThan(100);
        assertThat(decibels(Kernels.gaussianHessian(grid, sigma, tolerance, NOTHING).apply(wave),
                List.of(x -> -kx * kx * cos.applyAsDouble(x), x -> -ky * ky * cos.applyAsDouble(x),
                        x -> -kx * ky * cos.applyAsDouble(x)))).isGreaterThan(100);
        assertThat(decibels(Kernels.gaussianLaplacian(grid, sigma, tolerance, NOTHING).apply(wave),
                List.of(x -> -(kx * kx + ky * ky) * cos.applyAsDouble(x)))).isGreaterThan(100);
        double time = sigma * sigma / 2;
        assertThat(decibels(Kernels.heat(grid, 1, time, tolerance, NOTHING).apply(wave), List.of(cos)))
                .isGreaterThan(100);
    }

    @Test
    void derivativesOfLinearFunctionsAreExactWhateverIsLost() {
        Grid grid = Grid.of(Axis.uniform(0, 30, 31), Axis.uniform(0, 30, 31));
        Field linear = Fields.automatic().scalar(grid, x -> 2 * x[0] - 3 * x[1] + 5);
        Field gradient = Kernels.gaussianGradient(grid, 1.5, 0.05, NOTHING).apply(linear);
        assertThat(gradient.get(0, 15, 14)).isCloseTo(2, within(1e-12));
        assertThat(gradient.get(1, 15, 14)).isCloseTo(-3, within(1e-12));
        Field hessian = Kernels.gaussianHessian(grid, 1.5, 0.05, NOTHING).apply(linear);
        for (int c = 0; c < 3; c++) {
            assertThat(hessian.get(c, 15, 14)).isCloseTo(0, within(1e-12));
        }
        assertThat(Kernels.gaussianLaplacian(grid, 1.5, 0.05, NOTHING).apply(linear).get(0, 15, 14))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void dipolesAndQuadrupolesAreDerivativesOfThePotential() {
        for (int d = 2; d <= 3; d++) {
            Axis axis = Axis.uniform(-3, 3, 7);
            Grid grid = d == 2 ? Grid.of(axis, axis) : Grid.of(axis, axis, axis);
            ToDoubleFunction<double[]> potential = d == 2
                    ? x -> -Math.log(Math.hypot(x[0], x[1])) / (2 * Math.PI)
                    : x -> 1 / (4 * Math.PI * Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]));
            double[] at = d == 2 ? new double[] {2, -1} : new double[] {2, -1, 1};
            int[] node = d == 2 ? new int[] {5, 2} : new int[] {5, 2, 4};
            double e = 1e-3;
            Field quadrupole = image(Kernels.quadrupole(grid, 3));
            double[][] toFull = TensorType.TRACELESS.toFull(d);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    double expected = second(potential, at, i, j, e);
                    double found = 0;
                    for (int c = 0; c < quadrupole.components(); c++) {
                        found += toFull[i * d + j][c] * quadrupole.get(c, node);
                    }
                    assertThat(found).isCloseTo(expected, within(1e-6));
                }
            }
            Field moment = Fields.automatic().vector(grid);
            moment.set(1, 1, middle(grid));
            Field field = Kernels.dipole(grid, 3).apply(moment);
            double slope = (potential.applyAsDouble(moved(at, 1, e)) - potential.applyAsDouble(moved(at, 1, -e))) / (2 * e);
            // a dipole is a charge moved along it, less the charge where it was
            assertThat(field.get(0, node)).isCloseTo(-slope, within(1e-6));
        }
    }

    private static double[] moved(double[] x, int i, double by) {
        double[] moved = x.clone();
        moved[i] += by;
        return moved;
    }

    private static double second(ToDoubleFunction<double[]> f, double[] x, int i, int j, double e) {
        return (f.applyAsDouble(moved(moved(x, i, e), j, e)) - f.applyAsDouble(moved(moved(x, i, e), j, -e))
                - f.applyAsDouble(moved(moved(x, i, -e), j, e)) + f.applyAsDouble(moved(moved(x, i, -e), j, -e)))
                / (4 * e * e);
    }

    /** Of order 2: the path of a tensor convolution, whose harmonics come from elsewhere. */
    @Test
    void theQuadrupoleIsTheConvolutionOfOrderTwo() {
        Axis axis = Axis.uniform(-2, 2, 5);
        Grid grid = Grid.of(axis, axis, axis);
        LinearOperator path = TensorConvolution.on(grid, SCALAR, TensorType.TRACELESS).orders(2, 2)
                .radial(Radial.of("3/(4πr³)", r -> 3 / (4 * Math.PI * r * r * r)).withCentre(0).within(1.9));
        LinearOperator quadrupole = Kernels.quadrupole(grid, 1.9);
        Field f = Samples.random(quadrupole.domain(), 9);
        Field expected = path.apply(f);
        Field found = quadrupole.apply(f);
        // r̂r̂ᵀ − 1/3 has norm √(2/3), the harmonic norm 1 on every path
        Arithmetic.scale(Math.sqrt(2.0 / 3), expected, expected);
        assertThat(Samples.distance(found, expected)).isLessThan(1e-12 * Samples.largest(expected));
    }

    /** Derivatives of Gaussians as harmonics times a radial part: the gradient of order 1, the traceless Hessian of order 2. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void derivativesOfGaussiansAreSteerable(int d) {
        Axis axis = Axis.periodic(0, 12, 12);
        Grid grid = d == 2 ? Grid.of(axis, axis) : Grid.of(axis, axis, axis);
        double sigma = 1.2;
        double cutoff = Radial.gaussianCutoff(d, sigma, 2, 1e-4);
        Field f = Samples.random(SCALAR, grid, Precision.DOUBLE, 6);
        Field gradient = Kernels.gaussianGradient(grid, sigma, 1e-9, NOTHING).apply(f);
        Field steered = TensorConvolution.on(grid, SCALAR, VECTOR)
                .radial(Radial.gaussianDerivative(d, sigma, 1).within(Radial.gaussianCutoff(d, sigma, 1, 1e-9))).apply(f);
        assertThat(Samples.distance(steered, gradient)).isLessThan(1e-6 * Samples.largest(gradient));
        Field hessian = Kernels.gaussianHessian(grid, sigma, 1e-4, NOTHING).apply(f);
        Field second = TensorConvolution.on(grid, SCALAR, TensorType.TRACELESS).orders(2, 2)
                .radial(Radial.gaussianDerivative(d, sigma, 2).within(cutoff)).apply(f);
        // r̂r̂ᵀ − 1/d has norm √((d − 1)/d)
        double norm = Math.sqrt((d - 1.0) / d);
        int mixed = d == 2 ? 2 : 5;
        for (int i = 0; i < 12; i++) {
            int[] at = d == 2 ? new int[] {i, 5} : new int[] {i, 5, 7};
            double trace = 0;
            for (int k = 0; k < d; k++) {
                trace += hessian.get(k, at);
            }
            assertThat(norm * second.get(0, at)).isCloseTo(hessian.get(0, at) - trace / d, within(1e-12));
            assertThat(norm * second.get(d == 2 ? 1 : 4, at)).isCloseTo(hessian.get(mixed, at), within(1e-12));
        }
    }

    /** What the operator gives is a velocity that obeys Stokes' equations with the pressure of a point force. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void stokesletsSolveStokesEquations(int d) {
        double viscosity = 0.7;
        Axis axis = Axis.uniform(-3, 3, 7);
        Grid grid = d == 2 ? Grid.of(axis, axis) : Grid.of(axis, axis, axis);
        Field force = Fields.automatic().vector(grid);
        force.set(1, 0, middle(grid));
        LinearOperator stokeslet = Kernels.stokeslet(grid, viscosity, 2.3);
        Field velocity = stokeslet.apply(force);
        List<ToDoubleFunction<double[]>> u = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            int component = i;
            u.add(x -> {
                double r = Math.sqrt(squares(x));
                double isotropic = d == 3 ? 1 / r : -Math.log(r);
                double along = x[0] * x[component] / (d == 3 ? r * r * r : r * r);
                return ((component == 0 ? isotropic : 0) + along) / ((d == 3 ? 8 : 4) * Math.PI * viscosity);
            });
        }
        for (int[] offset : new int[][] {{1, 0, 0}, {-1, 2, 0}, {0, 1, d == 3 ? 1 : 0}, {1, -1, d == 3 ? 1 : 0}}) {
            double[] x = new double[d];
            int[] node = middle(grid);
            for (int i = 0; i < d; i++) {
                x[i] = offset[i];
                node[i] += offset[i];
            }
            for (int i = 0; i < d; i++) {
                assertThat(velocity.get(i, node)).isCloseTo(u.get(i).applyAsDouble(x), within(1e-15));
            }
            double e = 1e-3;
            ToDoubleFunction<double[]> pressure =
                    y -> y[0] / ((d == 3 ? 4 : 2) * Math.PI * Math.pow(squares(y), d / 2.0));
            double divergence = 0;
            for (int i = 0; i < d; i++) {
                divergence += slope(u.get(i), x, i, e);
                double viscous = 0;
                for (int j = 0; j < d; j++) {
                    viscous += viscosity * (u.get(i).applyAsDouble(moved(x, j, e))
                            - 2 * u.get(i).applyAsDouble(x) + u.get(i).applyAsDouble(moved(x, j, -e))) / (e * e);
                }
                assertThat(viscous).isCloseTo(slope(pressure, x, i, e), within(2e-6));
            }
            assertThat(divergence).isCloseTo(0, within(1e-6));
        }
        Field y = Samples.random(stokeslet.range(), 2);
        assertThat(Samples.distance(stokeslet.adjoint().apply(y), stokeslet.apply(y)))
                .as("the velocity at a due to a force at b is that at b due to the force at a")
                .isLessThan(1e-12 * Samples.largest(stokeslet.apply(y)));
    }

    private static double squares(double[] x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return squares;
    }

    private static double slope(ToDoubleFunction<double[]> f, double[] x, int i, double e) {
        return (f.applyAsDouble(moved(x, i, e)) - f.applyAsDouble(moved(x, i, -e))) / (2 * e);
    }

    /** Averages of 1/r over a cube and of ln r over a square about the origin are known in closed form. */
    @Test
    void centralCellsTakeTheirAverage() {
        Axis axis = Axis.uniform(-1, 1, 3);
        double cube = 3 * Math.log((Math.sqrt(3) + 1) / (Math.sqrt(3) - 1)) - Math.PI / 2;
        assertThat(Radial.coulomb(3).averagedAtCentre(Grid.of(axis, axis, axis)).centre())
                .isCloseTo(cube / (4 * Math.PI), within(1e-12));
        double square = Math.PI / 4 - 1.5 - Math.log(2) / 2;
        assertThat(Radial.coulomb(2).averagedAtCentre(Grid.of(axis, axis)).centre())
                .isCloseTo(-square / (2 * Math.PI), within(1e-12));
        double[][] sheared = {{1, 0.5}, {0, 1}};
        double found = CellAverages.on(Grid.of(sheared, axis, axis), 1).atOrigin(Radial.of("r²", r -> r * r));
        // x = s + t/2, y = t over the unit square
        assertThat(found).isCloseTo((1 + 0.25 + 1) / 12, within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.3})
    void latticeConsistentCentresGiveTheChargeBackAtItsNode(double kappa) {
        for (Grid grid : List.of(Grid.of(Axis.uniform(0, 6, 7), Axis.uniform(0, 9, 7)),
                Grid.of(SHEAR, Axis.uniform(0, 6, 7), Axis.uniform(0, 6, 7)),
                Grid.of(Axis.uniform(0, 6, 7), Axis.uniform(0, 6, 7), Axis.uniform(0, 3, 7)))) {
            Radial green = kappa == 0 ? Radial.coulomb(grid.dimension()) : Radial.yukawa(grid.dimension(), kappa);
            Field potential = image(Operators.radial(grid, green.latticeConsistent(grid, kappa).within(2.5)));
            Field laplacian = Operators.laplacian(grid).apply(potential);
            int[] c = middle(grid);
            assertThat(kappa * kappa * potential.get(0, c) - laplacian.get(0, c))
                    .isCloseTo(1 / grid.cellVolume(), within(1e-11 / grid.cellVolume()));
        }
    }

    /** κ² − Δ takes the screened potentials to zero away from the charge. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void screenedPotentialsSolveTheirEquation(int d) {
        double kappa = 1.7;
        var potential = Radial.yukawa(d, kappa).formula();
        var field = Radial.screenedGauss(d, kappa).formula();
        for (double r = 0.05; r < 8; r *= 1.3) {
            double e = 1e-4 * r;
            double slope = (potential.applyAsDouble(r + e) - potential.applyAsDouble(r - e)) / (2 * e);
            assertThat(field.applyAsDouble(r)).isCloseTo(-slope, within(1e-6 * Math.abs(slope)));
            double bent = (field.applyAsDouble(r + e) - field.applyAsDouble(r - e)) / (2 * e);
            double divergence = bent + (d - 1) / r * field.applyAsDouble(r);
            assertThat(-divergence).isCloseTo(kappa * kappa * potential.applyAsDouble(r),
                    within(1e-5 * Math.abs(bent)));
        }
        // M. Abramowitz, I. Stegun, table 9.8: K₀(1) and K₁(1); and K₀(0.1)
        assertThat(Radial.yukawa(2, 1).formula().applyAsDouble(1) * 2 * Math.PI)
                .isCloseTo(0.42102443824070834, within(1e-15));
        assertThat(Radial.screenedGauss(2, 1).formula().applyAsDouble(1) * 2 * Math.PI)
                .isCloseTo(0.60190723019723457, within(2e-15));
        assertThat(Radial.yukawa(2, 1).formula().applyAsDouble(0.1) * 2 * Math.PI)
                .isCloseTo(2.4270690247020164, within(5e-15));
    }

    @Test
    void tablesGoThroughTheirPoints() {
        double[] radii = {0, 0.5, 1.1, 1.5, 2.6, 3};
        double[] cubic = new double[radii.length];
        for (int i = 0; i < radii.length; i++) {
            cubic[i] = 1 - 2 * radii[i] + 0.3 * Math.pow(radii[i], 3);
        }
        var spline = Radial.spline(radii, cubic).within(3);
        for (double r = 0; r <= 3; r += 0.07) {
            assertThat(spline.value(r)).as("cubics are exact").isCloseTo(1 - 2 * r + 0.3 * r * r * r, within(1e-13));
        }
        double[] step = {0, 0, 1, 1, 1, 1};
        var monotone = Radial.monotone(radii, step).within(3);
        double before = 0;
        for (double r = 0; r <= 3; r += 0.01) {
            assertThat(monotone.value(r)).isBetween(before - 1e-15, 1 + 1e-15);
            before = monotone.value(r);
        }
        assertThatThrownBy(() -> Operators.radial(Grid.of(Axis.uniform(0, 9, 10), Axis.uniform(0, 9, 10)),
                Radial.spline(radii, cubic).within(4)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("finite");
        assertThatThrownBy(() -> Radial.spline(new double[] {0, 1, 1, 2}, new double[4]))
                .hasMessage("radius 2 is 1.0; it had to be finite, not negative, and larger than the one before");
        assertThatThrownBy(() -> Radial.spline(new double[3], new double[4])).hasMessageContaining("at least 4");
        assertThatThrownBy(() -> Radial.monotone(radii, new double[] {0, 0, Double.NaN, 0, 0, 0}))
                .hasMessage("value 2 is NaN; it had to be finite");
    }

    @Test
    void anyKernelCanBeSampled() {
        Grid grid = Grid.of(Axis.periodic(0, 8, 8), Axis.periodic(0, 9, 9));
        RadialFunctionOfTest radial = r -> Math.exp(-r);
        LinearOperator sampled = Kernels.sampled(grid, 2.5, (r, value) -> {
            double x = Math.hypot(r[0], r[1]);
            value[0] = radial.at(x) * (x == 0 ? 0 : r[0] / x);
            value[1] = radial.at(x) * (x == 0 ? 0 : r[1] / x);
        }, SCALAR, VECTOR, NOTHING);
        LinearOperator expected = Operators.radial(grid, Radial.of("e⁻ʳ", radial::at).within(2.5), VECTOR);
        Field f = Samples.random(sampled.domain(), 3);
        assertThat(Samples.distance(sampled.apply(f), expected.apply(f))).isLessThan(1e-14);
        assertThatThrownBy(() -> Kernels.sampled(grid, 2.5, (r, value) -> value[0] = Double.NaN, SCALAR, SCALAR, NOTHING))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("kernel is NaN");
    }

    private interface RadialFunctionOfTest {
        double at(double r);
    }

    @Test
    void badNumbersAreRefused() {
        Grid grid = Grid.of(Axis.periodic(0, 8, 8), Axis.periodic(0, 9, 9));
        assertThatThrownBy(() -> Kernels.gaussian(grid, 1, 0))
                .hasMessage("tolerance is 0.0; it had to be above 0 and below 1");
        assertThatThrownBy(() -> Kernels.gaussian(grid, -1, 1e-6))
                .hasMessage("sigma is -1.0; it had to be positive and finite");
        assertThatThrownBy(() -> Kernels.heat(grid, 1, Double.NaN, 1e-6, NOTHING))
                .hasMessage("time is NaN; it had to be positive and finite");
        assertThatThrownBy(() -> Kernels.stokeslet(grid, 0, 1))
                .hasMessage("viscosity is 0.0; it had to be positive and finite");
        assertThatThrownBy(() -> Kernels.quadrupole(Grid.of(Axis.periodic(0, 8, 8)), 1))
                .hasMessage("grid has dimension 1; it had to have 2 or 3");
    }

    /** Vectors of any type are smoothed component by component, in both precisions. */
    @Test
    void gaussiansSmoothFieldsOfAnyType() {
        Grid grid = Grid.of(Axis.periodic(0, 16, 16), Axis.periodic(0, 17, 17));
        for (FieldType type : List.of(VECTOR, TensorType.SYMMETRIC)) {
            Field f = Samples.random(type, grid, Precision.FLOAT, 4);
            Field smooth = Kernels.gaussian(grid, 1, 1e-6, type, NOTHING).apply(f);
            Field alone = Kernels.gaussian(grid, 1, 1e-6).apply(Fields.automatic().precision(Precision.FLOAT)
                    .scalar(grid, x -> f.get(1, (int) Math.round(x[0]), (int) Math.round(x[1]))));
            for (int i = 0; i < 16; i++) {
                assertThat(smooth.get(1, i, 3)).isCloseTo(alone.get(0, i, 3), within(1e-6));
            }
        }
    }
}
