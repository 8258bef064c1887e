package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.NodeList;
import org.isotrope.autodiff.Points;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.Walls;
import org.isotrope.autodiff.optimise.Bounds;
import org.isotrope.autodiff.optimise.LevenbergMarquardt;
import org.isotrope.autodiff.optimise.Residuals;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Radial;

/**
 * Where are the charges, and how large are they, if the potential is known on the walls alone? The model puts them on
 * the grid by cubic splines, convolves with {@code −ln r/2π} and reads the walls; its Jacobian in positions and charges
 * comes from forward mode, its least squares from Levenberg–Marquardt. The data are those of points, in closed form,
 * not the model's own.
 */
final class SourceLocalisation {
    private static final double[] POSITIONS = {-0.43, 0.31, 0.36, 0.17, 0.04, -0.46};
    private static final double[] CHARGES = {1, -0.8, 0.6};
    private static final double[] START = {-0.1, 0.5, 0.5, -0.2, -0.4, -0.3};

    /** Positions after every iteration, the sum of squares there, and the last charges. */
    record Search(List<double[]> path, double[] squares, double[] charges, int evaluations) {
        double[] positions() {
            return path.getLast();
        }

        /** Largest distance of a coordinate from the true one, in lengths of a half side. */
        double positionError() {
            return distance(positions(), POSITIONS);
        }

        double chargeError() {
            return distance(charges, CHARGES);
        }

        private static double distance(double[] a, double[] b) {
            double worst = 0;
            for (int i = 0; i < a.length; i++) {
                worst = Math.max(worst, Math.abs(a[i] - b[i]));
            }
            return worst;
        }
    }

    private final Grid grid;
    private final NodeList walls;
    private final LinearOperator coulomb;
    private final double[] data;

    /**
     * Makes exact data.
     *
     * @param cells cells along each axis of [−1, 1]²
     */
    SourceLocalisation(int cells) {
        this.grid = Grid.of(Axis.uniform(-1, 1, cells + 1), Axis.uniform(-1, 1, cells + 1));
        this.walls = NodeList.walls(grid);
        // from any place that a charge may take to the walls, and no farther
        this.coulomb = Operators.radial(grid, Radial.coulomb(2).within(2.6));
        this.data = new double[walls.count()];
        for (int k = 0; k < data.length; k++) {
            double[] x = grid.position(grid.index(walls.flat(k)));
            for (int s = 0; s < CHARGES.length; s++) {
                double r = Math.hypot(x[0] - POSITIONS[2 * s], x[1] - POSITIONS[2 * s + 1]);
                data[k] -= CHARGES[s] * Math.log(r) / (2 * Math.PI);
            }
        }
    }

    static double[] truePositions() {
        return POSITIONS.clone();
    }

    static double[] trueCharges() {
        return CHARGES.clone();
    }

    int sensors() {
        return data.length;
    }

    /** The true potential on the grid, for pictures. */
    Field potential() {
        return Fields.automatic().scalar(grid).fill(x -> {
            double sum = 0;
            for (int s = 0; s < CHARGES.length; s++) {
                double r = Math.hypot(x[0] - POSITIONS[2 * s], x[1] - POSITIONS[2 * s + 1]);
                sum -= CHARGES[s] * Math.log(Math.max(r, 0.5 * grid.axis(0).spacing())) / (2 * Math.PI);
            }
            return sum;
        });
    }

    /** Searches from one place, under noise of a deviation over the root mean square of the data. */
    Search search(double noise, long seed, Progress progress) {
        double[] measured = data.clone();
        Random random = new Random(seed);
        double rms = Math.sqrt(Arrays.stream(data).map(v -> v * v).average().orElseThrow());
        for (int k = 0; k < measured.length; k++) {
            measured[k] += noise * rms * random.nextGaussian();
        }
        Tape tape = new Tape(Precision.DOUBLE).guarded(false);
        ArrayVariable positions = tape.input(START);
        ArrayVariable charges = tape.input(0.5, -0.5, 0.5);
        FieldVariable density = Points.deposit(new Space(grid, FieldType.SCALAR), charges, positions, 3);
        ArrayVariable seen = Walls.trace(tape.apply(coulomb, density), walls);
        double[] start = Arrays.copyOf(START, 9);
        System.arraycopy(charges.values(), 0, start, 6, 3);
        double[] low = new double[9];
        double[] high = new double[9];
        Arrays.fill(low, 0, 6, -0.8);
        Arrays.fill(high, 0, 6, 0.8);
        Arrays.fill(low, 6, 9, -5);
        Arrays.fill(high, 6, 9, 5);
        List<double[]> path = new ArrayList<>();
        Result result = LevenbergMarquardt.defaults()
                .bounds(Bounds.of(low, high))
                .stopping(LevenbergMarquardt.defaults().stopping().withMaxIterations(60).withGradientNorm(1e-14)
                        .withRelativeDecrease(1e-10))
                .minimise(Residuals.of(measured.length,
                        (x, residuals) -> {
                            place(tape, positions, charges, x);
                            for (int k = 0; k < measured.length; k++) {
                                residuals[k] = seen.value(k) - measured[k];
                            }
                        },
                        (x, rows) -> {
                            place(tape, positions, charges, x);
                            for (int p = 0; p < x.length; p++) {
                                tape.clearTangents();
                                double[] direction = new double[p < 6 ? 6 : 3];
                                direction[p < 6 ? p : p - 6] = 1;
                                (p < 6 ? positions : charges).setTangent(direction);
                                tape.tangent();
                                double[] column = seen.tangent();
                                for (int k = 0; k < column.length; k++) {
                                    rows[k][p] = column[k];
                                }
                            }
                        }), start, iteration -> {
                            path.add(Arrays.copyOf(iteration.parameters(), 6));
                            progress.step();
                            return true;
                        });
        path.add(Arrays.copyOf(result.parameters(), 6));
        return new Search(path, result.history(), Arrays.copyOfRange(result.parameters(), 6, 9),
                result.evaluations());
    }

    private static void place(Tape tape, ArrayVariable positions, ArrayVariable charges, double[] x) {
        positions.set(Arrays.copyOf(x, 6));
        charges.set(Arrays.copyOfRange(x, 6, 9));
        tape.forward();
    }
}
