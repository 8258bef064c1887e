package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
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
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code |J(m + ε d) − J(m)|} falls with slope 1 and {@code |J(m + ε d) − J(m) − ε ⟨∇J, d⟩|} with slope 2, over four
 * decades of ε, for everything that one differentiates in.
 */
class TaylorRemainderTest {
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 16), Axis.periodic(0, 1, 12));
    private static final Space SPACE = new Space(GRID, FieldType.SCALAR);
    private static final Boundaries MIRROR = Boundaries.all(Boundary.mirror());

    /** A number that depends on a vector, with its gradient if asked for. */
    private interface Functional {
        double value(double[] m, double[] gradient);
    }

    private record Problem(double[] at, Functional functional) {}

    private static Field random(Space space, long seed) {
        return DirectionalDerivatives.random(Fields.automatic().of(space.type(), space.grid()), new Random(seed));
    }

    private static Field filled(double[] values) {
        Field field = Fields.automatic().scalar(GRID);
        for (int i = 0; i < values.length; i++) {
            field.setFlat(i, values[i]);
        }
        return field;
    }

    /** Advection and reaction with a source in every cell: {@code u' = 0.01 Δu − ∂u/∂x + sin u + s}. */
    private static Trajectory run(Field initial, Field source) {
        LinearOperator linear = Operators.laplacian(GRID).times(0.01)
                .minus(Operators.derivative(GRID, 0, Boundaries.all(Boundary.zero())));
        TapedSystem system = new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) -> tape.add(
                tape.add(tape.apply(linear, u), tape.map(PointwiseFunction.SIN, u)), tape.input(source)));
        return Trajectory.fixed(system, Tableau.ssprk3(), initial, new double[] {0, 0.4}, 20, Checkpoints.slots(4));
    }

    private static double mismatch(Trajectory run, double[] gradient, boolean inSource) {
        Field difference = Fields.automatic().copy(run.frame(1));
        Arithmetic.addScaled(-1, random(SPACE, 1), difference);
        List<Field> seeds = new ArrayList<>(Arrays.asList(null, difference));
        if (gradient.length > 0) {
            Trajectory.Gradient all = run.backward(seeds);
            double[] part = (inSource ? all.field(0) : all.initial()).toArray();
            System.arraycopy(part, 0, gradient, 0, part.length);
        }
        return 0.5 * Arithmetic.dot(difference, difference);
    }

    private static double onTape(Tape tape, ArrayVariable loss, Variable input, double[] gradient) {
        if (gradient.length > 0) {
            tape.backward(loss);
            double[] part = input instanceof FieldVariable field
                    ? field.gradient().toArray() : ((ArrayVariable) input).gradient();
            System.arraycopy(part, 0, gradient, 0, part.length);
        }
        return loss.value();
    }

    /** {@code k u = f} for {@code −0.05 div(eᵏ grad u) + u = f}, seen through a target. */
    private static double diffusivity(double[] m, double[] gradient) {
        LinearOperator[] slopes = {Operators.derivative(GRID, 0, MIRROR), Operators.derivative(GRID, 1, MIRROR)};
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable k = tape.input(filled(m));
        FieldVariable u = tape.solve(
                LinearSolver.conjugateGradients().withRelative(1e-14).withAbsolute(1e-13),
                (inner, x, parameters) -> {
                    FieldVariable sum = x;
                    for (LinearOperator slope : slopes) {
                        FieldVariable flux = inner.multiply(
                                (FieldVariable) parameters.getFirst(), inner.apply(slope, x));
                        sum = inner.add(sum, inner.scale(0.05, inner.apply(slope.adjoint(), flux)));
                    }
                    return sum;
                },
                tape.constant(random(SPACE, 2)), tape.map(PointwiseFunction.EXP, k));
        return onTape(tape, Losses.squaredError(u, tape.constant(random(SPACE, 3))), k, gradient);
    }

    private static double boundaryData(double[] m, double[] gradient) {
        Grid box = Grid.of(Axis.uniform(0, 1, 12), Axis.uniform(0, 1, 9));
        NodeList walls = NodeList.walls(box);
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable data = tape.input(m);
        FieldVariable u = Walls.replace(tape.constant(Fields.automatic().scalar(box)), walls, data);
        LinearOperator laplacian = Operators.laplacian(box, MIRROR);
        for (int step = 0; step < 10; step++) {
            FieldVariable rate = tape.apply(laplacian, tape.map(PointwiseFunction.TANH, u));
            u = Walls.replace(tape.add(u, tape.scale(1e-3, rate)), walls, data);
        }
        return onTape(tape, tape.dot(u, tape.map(PointwiseFunction.SQUARE, u)), data, gradient);
    }

    private static double radialWeights(double[] m, double[] gradient) {
        RadialModel model = RadialModel.perceptron(4, 1.0 / 16, 0.3);
        LearnedOperator operator = LearnedOperator.of(GRID, model, FieldType.SCALAR, FieldType.VECTOR);
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable parameters = tape.input(m);
        FieldVariable e = operator.record(parameters, tape.constant(random(SPACE, 4)));
        FieldVariable target = tape.constant(random(new Space(GRID, FieldType.VECTOR), 5));
        return onTape(tape, Losses.squaredError(e, target), parameters, gradient);
    }

    private static double sourcePosition(double[] m, double[] gradient) {
        LinearOperator potential = Operators.radial(GRID, Radial.gaussian(2, 0.1).within(0.4));
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable positions = tape.input(m);
        FieldVariable phi = tape.apply(potential, Points.deposit(SPACE, tape.constant(1, -0.7), positions, 3));
        ArrayVariable measured = Walls.trace(phi, NodeList.where(GRID, index -> index[0] == 0));
        return onTape(tape, tape.map(ArrayFunction.of(1, x -> new Dual[] {
            Arrays.stream(x).map(Dual::sin).reduce(Dual::plus).orElseThrow()
        }), measured), positions, gradient);
    }

    private static Map<String, Problem> problems() {
        Map<String, Problem> problems = new LinkedHashMap<>();
        Field initial = random(SPACE, 6);
        Field control = random(SPACE, 7);
        problems.put("initial state", new Problem(initial.toArray(), (m, gradient) ->
                mismatch(run(filled(m), control), gradient, false)));
        problems.put("control", new Problem(control.toArray(), (m, gradient) ->
                mismatch(run(initial, filled(m)), gradient, true)));
        problems.put("coefficient field", new Problem(random(SPACE, 8).toArray(), TaylorRemainderTest::diffusivity));
        problems.put("boundary data", new Problem(
                new Random(9).doubles(38, -1, 1).toArray(), TaylorRemainderTest::boundaryData));
        problems.put("radial weights", new Problem(
                RadialModel.perceptron(4, 1.0 / 16, 0.3).initial(new Random(10)), TaylorRemainderTest::radialWeights));
        problems.put("source position", new Problem(
                new double[] {0.131, 0.272, 0.853, 0.614}, TaylorRemainderTest::sourcePosition));
        return problems;
    }

    static Stream<String> names() {
        return problems().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void remaindersFallWithSlopesOneAndTwo(String name) {
        Problem problem = problems().get(name);
        double[] gradient = new double[problem.at.length];
        double value = problem.functional.value(problem.at, gradient);
        double size = Math.sqrt(Arrays.stream(gradient).map(x -> x * x).sum());
        double length = Math.sqrt(Arrays.stream(problem.at).map(x -> x * x).sum());
        // mostly along the gradient, so that neither remainder vanishes by chance
        double[] direction = new double[gradient.length];
        Random random = new Random(13);
        double derivative = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] = length * (gradient[i] / size + 0.5 * random.nextGaussian() / Math.sqrt(direction.length));
            derivative += gradient[i] * direction[i];
        }
        int decades = 4;
        double largest = name.equals("source position") ? 3e-3 : 1e-2;
        double[][] remainder = new double[2][decades + 1];
        for (int k = 0; k <= decades; k++) {
            double epsilon = largest * Math.pow(10, -k);
            double[] moved = problem.at.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += epsilon * direction[i];
            }
            double change = problem.functional.value(moved, new double[0]) - value;
            remainder[0][k] = Math.abs(change);
            remainder[1][k] = Math.abs(change - epsilon * derivative);
        }
        for (int order = 1; order <= 2; order++) {
            double slope = Math.log10(remainder[order - 1][0] / remainder[order - 1][decades]) / decades;
            assertThat(slope).as("%s, order %d, %s", name, order, Arrays.toString(remainder[order - 1]))
                    .isCloseTo(order, within(0.05 * order));
        }
    }
}
