package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.optimise.Lbfgs;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.autodiff.time.Checkpoints;
import org.isotrope.autodiff.time.TapedSystem;
import org.isotrope.autodiff.time.Trajectory;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.spectral.PoissonProblem;
import org.isotrope.kernels.time.Tableau;

/**
 * The beginning of a plane incompressible flow from the vorticity at its end. {@code ∂ω/∂t = −∇·(u ω) + ν Δω} with
 * {@code u = (∂ψ/∂y, −∂ψ/∂x)} and {@code −Δψ = ω}, the stream function by Fourier transforms: its curl is free of
 * divergence, so the pressure never appears.
 */
final class FlowInversion {
    private static final double END = 0.7;
    private static final int STEPS = 80;
    private static final double VISCOSITY = 4e-4;
    private static final int FRAMES = 5;

    /** Vorticity of the found flow, how far it is off at both ends, and the loss after every iteration. */
    record Found(List<Field> frames, double initialError, double finalError, double[] history, int evaluations) {}

    private final Grid grid;
    private final LinearOperator stream;
    private final double[] times = new double[FRAMES];
    private final List<Field> truth;

    /**
     * Makes the flow.
     *
     * @param nodes nodes along each axis of a periodic plane of period 1
     */
    FlowInversion(int nodes) {
        this.grid = Grid.of(Axis.periodic(0, 1, nodes), Axis.periodic(0, 1, nodes));
        this.stream = PoissonProblem.on(grid).spectral().projecting().solver().times(-1);
        for (int f = 0; f < FRAMES; f++) {
            times[f] = END * f / (FRAMES - 1);
        }
        double[][] whirls = {{0.36, 0.42, 0.06, 14}, {0.60, 0.50, 0.06, 14}, {0.48, 0.74, 0.08, -10},
            {0.16, 0.16, 0.07, -8}, {0.84, 0.20, 0.06, -9}, {0.80, 0.82, 0.05, 8}};
        Field initial = Fields.automatic().scalar(grid).fill(x -> {
            double sum = 0;
            for (double[] w : whirls) {
                double dx = Math.IEEEremainder(x[0] - w[0], 1);
                double dy = Math.IEEEremainder(x[1] - w[1], 1);
                sum += w[3] * Math.exp(-(dx * dx + dy * dy) / (2 * w[2] * w[2]));
            }
            return sum;
        });
        double mean = Arithmetic.sum(initial) / initial.count();
        for (long i = 0; i < initial.count(); i++) {
            initial.setFlat(i, initial.getFlat(i) - mean);
        }
        this.truth = frames(run(system(), initial));
    }

    private TapedSystem system() {
        Boundaries none = Boundaries.all(Boundary.zero());
        LinearOperator alongX = Operators.derivative(grid, 0, none);
        LinearOperator alongY = Operators.derivative(grid, 1, none);
        LinearOperator spread = Operators.laplacian(grid).times(VISCOSITY);
        return new TapedSystem(new Space(grid, FieldType.SCALAR), Precision.DOUBLE, (tape, time, vorticity) -> {
            FieldVariable psi = tape.apply(stream, vorticity);
            FieldVariable fluxX = tape.multiply(tape.apply(alongY, psi), vorticity);
            FieldVariable fluxY = tape.multiply(tape.apply(alongX, psi), vorticity);
            FieldVariable carried = tape.subtract(tape.apply(alongY, fluxY), tape.apply(alongX, fluxX));
            return tape.add(carried, tape.apply(spread, vorticity));
        });
    }

    private Trajectory run(TapedSystem system, Field initial) {
        return Trajectory.fixed(
                system, Tableau.rk4(), initial, times, STEPS / (FRAMES - 1), Checkpoints.everything());
    }

    private static List<Field> frames(Trajectory run) {
        List<Field> frames = new ArrayList<>();
        for (int f = 0; f < run.frames(); f++) {
            frames.add(run.frame(f));
        }
        return frames;
    }

    List<Field> truth() {
        return truth;
    }

    double[] times() {
        return times.clone();
    }

    /** Length of a difference over that of the true field. */
    static double error(Field field, Field truth) {
        Field difference = Fields.automatic().like(field);
        Arithmetic.combine(-1, truth, field, difference);
        return Math.sqrt(Arithmetic.dot(difference, difference) / Arithmetic.dot(truth, truth));
    }

    /** Searches from the final vorticity. */
    Found find(int iterations, Progress progress) {
        TapedSystem system = system();
        Field measured = truth.getLast();
        Field initial = Fields.automatic().copy(measured);
        double worth = 1 / Arithmetic.dot(measured, measured);
        Result result = Lbfgs.defaults().memory(20)
                .stopping(Lbfgs.defaults().stopping().withMaxIterations(iterations).withRelativeDecrease(1e-8))
                .minimise(FieldObjective.turningBack((x, gradient) -> {
                    progress.step();
                    Parameters.split(x, initial);
                    Trajectory run = run(system, initial);
                    Field difference = Fields.automatic().like(measured);
                    Arithmetic.combine(-1, measured, run.frame(FRAMES - 1), difference);
                    double loss = worth * Arithmetic.dot(difference, difference);
                    Arithmetic.scale(2 * worth, difference, difference);
                    List<Field> adjoints = new ArrayList<>(Arrays.asList(new Field[FRAMES]));
                    adjoints.set(FRAMES - 1, difference);
                    System.arraycopy(Parameters.join(run.backward(adjoints).initial()), 0, gradient, 0,
                            gradient.length);
                    return loss;
                }), Parameters.join(initial));
        Parameters.split(result.parameters(), initial);
        List<Field> frames = frames(run(system, initial));
        return new Found(frames, error(frames.getFirst(), truth.getFirst()), error(frames.getLast(), measured),
                result.history(), result.evaluations());
    }
}
