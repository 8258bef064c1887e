package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Losses;
import org.isotrope.autodiff.Penalties;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.optimise.Lbfgs;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.radial.Radial;

/**
 * Finding a vector field v from what is left of it after blur and noise, {@code d = A v + n}: the least of
 * {@code ∫|A v − d|² + λ ∫|∇v|²}, differentiated in the input of A. How much to smooth follows from the noise alone:
 * the largest λ that leaves a residual of the size of the noise (V. Morozov's discrepancy principle).
 */
final class Deconvolution {
    /** Deviation of the blur, in periods. */
    static final double SIGMA = 0.04;

    /** The weights of the penalty that are tried, the largest first. */
    private static final int WEIGHTS = 13;

    /** What one weight gives: residual and error over the noise and over the true field. */
    record Trial(double weight, double residual, double error, Field found, int iterations) {}

    private final Grid grid;
    private final LinearOperator blur;
    private final Field truth;
    private final Field data;
    private final double noise;

    /**
     * Makes the data.
     *
     * @param nodes nodes along each axis of a periodic plane of period 1
     * @param noiseLevel deviation of the noise over the root mean square of the blurred field
     */
    Deconvolution(int nodes, double noiseLevel, long seed) {
        this.grid = Grid.of(Axis.periodic(0, 1, nodes), Axis.periodic(0, 1, nodes));
        this.blur = Operators.radial(grid, Radial.gaussian(2, SIGMA).within(6 * SIGMA),
                FieldType.VECTOR, FieldType.VECTOR);
        this.truth = Fields.automatic().vector(grid);
        // whirls and sources: position, size, whirl, source
        double[][] parts = {{0.28, 0.30, 0.06, 1, 0}, {0.62, 0.38, 0.05, -0.9, 0.3}, {0.42, 0.70, 0.07, 0.8, -0.5},
            {0.80, 0.75, 0.05, 0, 1}, {0.12, 0.68, 0.045, -0.7, 0}, {0.80, 0.14, 0.05, 0.7, 0.4}};
        truth.fill((x, v) -> {
            v[0] = 0;
            v[1] = 0;
            for (double[] p : parts) {
                double dx = Math.IEEEremainder(x[0] - p[0], 1);
                double dy = Math.IEEEremainder(x[1] - p[1], 1);
                double g = Math.exp(-(dx * dx + dy * dy) / (2 * p[2] * p[2])) / p[2];
                v[0] += g * (p[4] * dx - p[3] * dy);
                v[1] += g * (p[4] * dy + p[3] * dx);
            }
        });
        this.data = blur.apply(truth);
        double deviation = noiseLevel * norm(data) / Math.sqrt(data.count());
        Random random = new Random(seed);
        double sum = 0;
        for (long i = 0; i < data.count(); i++) {
            double n = deviation * random.nextGaussian();
            sum += n * n;
            data.setFlat(i, data.getFlat(i) + n);
        }
        this.noise = Math.sqrt(sum);
    }

    Field truth() {
        return truth;
    }

    Field data() {
        return data;
    }

    /** Length of the error of a field over that of the true one. */
    double error(Field field) {
        Field difference = Fields.automatic().like(field);
        Arithmetic.combine(-1, truth, field, difference);
        return norm(difference) / norm(truth);
    }

    static double norm(Field field) {
        return Math.sqrt(Arithmetic.dot(field, field));
    }

    /** All weights from the largest to the smallest, each begun from the field before. */
    List<Trial> trials(Progress progress) {
        List<Trial> trials = new ArrayList<>();
        Field start = Fields.automatic().copy(data);
        for (int k = 0; k < WEIGHTS; k++) {
            Trial trial = minimise(Math.pow(10, -2.5 - 0.5 * k), start);
            trials.add(trial);
            start = trial.found;
            progress.step();
        }
        return trials;
    }

    static int weights() {
        return WEIGHTS;
    }

    /** The one that the noise asks for. */
    static Trial chosen(List<Trial> trials) {
        for (Trial trial : trials) {
            if (trial.residual <= 1) {
                return trial;
            }
        }
        return trials.getLast();
    }

    /** Minimises for one weight of the penalty. */
    Trial minimise(double weight, Field start) {
        Tape tape = new Tape(Precision.DOUBLE).guarded(false);
        FieldVariable v = tape.input(Fields.automatic().copy(start));
        ArrayVariable misfit = Losses.squaredError(tape.apply(blur, v), tape.constant(data));
        ArrayVariable loss = tape.combine(new double[] {grid.cellVolume(), weight}, misfit, Penalties.h1(v));
        Result result = Lbfgs.defaults()
                .memory(20)
                .stopping(Lbfgs.defaults().stopping().withMaxIterations(2000).withMaxEvaluations(3000)
                        .withGradientNorm(1e-10 * grid.cellVolume() * Picture.size(data)).withRelativeDecrease(0))
                .minimise((x, gradient) -> {
                    Parameters.split(x, v.value());
                    tape.forward();
                    tape.backward(loss);
                    System.arraycopy(Parameters.join(v.gradient()), 0, gradient, 0, gradient.length);
                    return loss.value();
                }, Parameters.join(start));
        Field found = Fields.automatic().like(start);
        Parameters.split(result.parameters(), found);
        Field residual = blur.apply(found);
        Arithmetic.addScaled(-1, data, residual);
        return new Trial(weight, norm(residual) / noise, error(found), found, result.iterations());
    }

    /**
     * The same minimum without any search, {@code v̂ = K̂ d̂ / (K̂² + λ s)} with K̂ the transform of the blur and
     * {@code s = Σ (2 − 2 cos k_a h)/h²} that of the penalty.
     */
    Field closedForm(double weight) {
        Field delta = Fields.automatic().scalar(grid);
        delta.set(1, 0, 0, 0);
        Field kernel = Operators.radial(grid, Radial.gaussian(2, SIGMA).within(6 * SIGMA)).apply(delta);
        int n = grid.axis(0).size();
        double h = grid.axis(0).spacing();
        LinearOperator inverse = FourierMultiplier.of(grid, (kx, ky) -> {
            double gain = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    gain += kernel.get(0, i, j) * Math.cos(kx * i * h + ky * j * h);
                }
            }
            double slope = (4 - 2 * Math.cos(kx * h) - 2 * Math.cos(ky * h)) / (h * h);
            return gain / (gain * gain + weight * slope);
        });
        Field found = Fields.automatic().like(data);
        for (int c = 0; c < 2; c++) {
            inverse.apply(scalar(data.component(c)), scalar(found.component(c)));
        }
        return found;
    }

    private Field scalar(Field component) {
        return Fields.wrap(component.segment(), FieldType.SCALAR, grid, Precision.DOUBLE);
    }
}
