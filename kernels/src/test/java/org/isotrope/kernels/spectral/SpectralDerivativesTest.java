package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against waves, whose derivatives are known, against centred differences of high order, and against each other. */
class SpectralDerivativesTest {
    static Stream<Grid> grids() {
        return Stream.of(
                Grid.of(Axis.periodic(0, 2, 15)),
                Grid.of(Axis.periodic(0, 1, 16), Axis.periodic(-1, 2, 9)),
                Grid.of(new double[][] {{1, 0.4}, {0, 1.2}}, Axis.periodic(0, 1, 13), Axis.periodic(0, 2, 10)),
                Grid.of(new double[][] {{1, 0.2, 0}, {0, 1, -0.3}, {0.1, 0, 0.8}},
                        Axis.periodic(0, 1, 7), Axis.periodic(0, 1, 8), Axis.periodic(0, 3, 9)));
    }

    /** A wave vector of the lattice: whole turns along each lattice vector, none at a Nyquist index. */
    private static double[] waveVector(Grid grid, int... turns) {
        double[][] inverse = grid.inverseCell();
        double[] k = new double[turns.length];
        for (int a = 0; a < turns.length; a++) {
            for (int i = 0; i < turns.length; i++) {
                k[i] += 2 * Math.PI * turns[a] / grid.axis(a).period() * inverse[a][i];
            }
        }
        return k;
    }

    private static double phase(double[] k, double[] x) {
        double phase = 0.3;
        for (int a = 0; a < k.length; a++) {
            phase += k[a] * x[a];
        }
        return phase;
    }

    private static double squares(double[] k) {
        double squares = 0;
        for (double entry : k) {
            squares += entry * entry;
        }
        return squares;
    }

    private static void requireSame(Field found, Field expected) {
        double largest = Math.max(1, Fits.largest(expected));
        Field difference = Fields.automatic().copy(found);
        Arithmetic.addScaled(-1, expected, difference);
        assertThat(Fits.largest(difference) / largest).isLessThan(1e-12);
    }

    @ParameterizedTest
    @MethodSource("grids")
    void wavesHaveTheirDerivatives(Grid grid) {
        int d = grid.dimension();
        int[] turns = {2, -3, 1};
        double[] k = waveVector(grid, Arrays.copyOf(turns, d));
        SpectralDerivatives derivatives = SpectralDerivatives.on(grid);
        Fields fields = Fields.automatic();
        Field wave = fields.scalar(grid, x -> Math.sin(phase(k, x)));
        Field gradient = fields.vector(grid, (x, v) -> {
            for (int a = 0; a < d; a++) {
                v[a] = k[a] * Math.cos(phase(k, x));
            }
        });
        requireSame(derivatives.gradient().apply(wave), gradient);
        requireSame(derivatives.derivative(d - 1).apply(wave), fields.scalar(grid, x -> k[d - 1] * Math.cos(phase(k, x))));
        Field laplacian = fields.scalar(grid, x -> -squares(k) * Math.sin(phase(k, x)));
        requireSame(derivatives.laplacian().apply(wave), laplacian);
        requireSame(derivatives.divergence().apply(gradient), laplacian);
        requireSame(derivatives.fractionalLaplacian(0.7).apply(wave),
                fields.scalar(grid, x -> Math.pow(squares(k), 0.7) * Math.sin(phase(k, x))));
        if (d == 2) {
            Field flow = fields.vector(grid, (x, v) -> {
                v[0] = Math.sin(phase(k, x));
                v[1] = 2 * Math.cos(phase(k, x));
            });
            requireNear(derivatives.curl().apply(flow), fields.scalar(grid,
                    x -> -2 * k[0] * Math.sin(phase(k, x)) - k[1] * Math.cos(phase(k, x))));
        }
        if (d == 3) {
            Field flow = fields.vector(grid, (x, v) -> {
                v[0] = Math.sin(phase(k, x));
                v[1] = 2 * Math.cos(phase(k, x));
                v[2] = -Math.sin(phase(k, x));
            });
            requireNear(derivatives.curl().apply(flow), fields.vector(grid, (x, v) -> {
                double sine = Math.sin(phase(k, x));
                double cosine = Math.cos(phase(k, x));
                v[0] = -k[1] * cosine + 2 * k[2] * sine;
                v[1] = k[2] * cosine + k[0] * cosine;
                v[2] = -2 * k[0] * sine - k[1] * cosine;
            }));
        }
    }

    /** The numbers alone, whatever the types. */
    private static void requireNear(Field found, Field expected) {
        assertThat(found.count()).isEqualTo(expected.count());
        for (long i = 0; i < found.count(); i++) {
            assertThat(found.getFlat(i)).isCloseTo(expected.getFlat(i), within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void lawsHold(Grid grid) {
        SpectralDerivatives derivatives = SpectralDerivatives.on(grid);
        LinearOperator[] operators = {
            derivatives.gradient(), derivatives.divergence(), derivatives.laplacian(FieldType.VECTOR),
            derivatives.derivative(0), derivatives.fractionalLaplacian(0.25)
        };
        for (LinearOperator operator : operators) {
            Verify.that(operator).linear().orThrow();
            Verify.that(operator).adjoint().orThrow();
            Verify.that(operator).translationEquivariant().orThrow();
        }
        Random random = new Random(4);
        Field u = Fields.automatic().scalar(grid, x -> random.nextGaussian());
        Field v = Fields.automatic().vector(grid, (x, out) -> {
            for (int a = 0; a < out.length; a++) {
                out[a] = random.nextGaussian();
            }
        });
        double left = Arithmetic.dot(derivatives.gradient().apply(u), v);
        double right = Arithmetic.dot(u, derivatives.divergence().apply(v));
        assertThat(left + right).isCloseTo(0, within(1e-12 * (Math.abs(left) + 1) * grid.size()));
        assertThat(derivatives.gradient().explain()).contains("spectral gradient");
        assertThat(derivatives.laplacian().plan(Precision.FLOAT, Execution.standard()).explain()).contains("FLOAT");
    }

    @Test
    void othersAreRefused() {
        assertThatThrownBy(() -> SpectralDerivatives.on(Grid.of(Axis.uniform(0, 1, 8))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis 0 is").hasMessageContaining("it had to be periodic for spectral derivatives");
        assertThatThrownBy(() -> SpectralDerivatives.on(Grid.of(Axis.periodicNodes(1, 0, 0.3, 0.5))))
                .isInstanceOf(IllegalArgumentException.class);
        SpectralDerivatives line = SpectralDerivatives.on(Grid.of(Axis.periodic(0, 1, 8)));
        assertThatThrownBy(() -> line.derivative(1)).hasMessage("coordinate is 1; it had to be 0 to 0");
        assertThatThrownBy(line::curl).isInstanceOf(IllegalStateException.class)
                .hasMessage("grid has dimension 1; it had to have 2 or 3 for a curl");
        assertThatThrownBy(() -> line.fractionalLaplacian(0)).hasMessage("power is 0.0; it had to be above 0 and finite");
    }
}
