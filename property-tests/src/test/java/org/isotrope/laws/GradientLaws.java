package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.PointwiseFunction;
import org.isotrope.autodiff.Tape;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.ShellConvolution;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.transport.Transport;

/** Gradients of random programs on tapes, against differences and against forward mode. */
@Domain(GradientLaws.Grids.class)
@Domain(DomainContext.Global.class)
class GradientLaws {
    static final class Grids extends DomainContextBase {
        private static Arbitrary<Axis> axes(int most) {
            return Combinators.combine(Arbitraries.integers().between(4, most), Arbitraries.of(false, true))
                    .as((n, periodic) -> periodic ? Axis.periodic(0, 2, n) : Axis.cells(0, 2, n));
        }

        @Provide
        Arbitrary<Grid> grids() {
            return Arbitraries.oneOf(axes(20).map(Grid::of), Combinators.combine(axes(7), axes(9)).as(Grid::of));
        }
    }

    /** A program of some steps, each random, with all values of order 1. */
    private static final class Program {
        private final Tape tape = new Tape(Precision.DOUBLE);
        private final FieldVariable u;
        private final ArrayVariable numbers;
        private final ArrayVariable loss;

        Program(Grid grid, long seed) {
            Random random = new Random(seed);
            Boundaries walls = Boundaries.all(Boundary.symmetric());
            double finest = grid.axes().stream().mapToDouble(Axis::spacing).min().orElseThrow();
            ShellConvolution kernel = Operators.radial(grid,
                    Radial.gaussian(grid.dimension(), 1.5 * finest).within(2.1 * finest), FieldType.SCALAR, FieldType.SCALAR,
                    walls);
            u = tape.input(Samples.random(new Space(grid, FieldType.SCALAR), Precision.DOUBLE, seed));
            numbers = tape.input(kernel.values());
            FieldVariable y = tape.map(PointwiseFunction.TANH, u);
            for (int step = 0; step < 4; step++) {
                y = switch (random.nextInt(8)) {
                    case 0 -> tape.map(PointwiseFunction.SIN, y);
                    case 1 -> tape.multiply(y, u);
                    case 2 -> tape.add(y, tape.scale(0.3, u));
                    case 3 -> tape.map(PointwiseFunction.TANH,
                            tape.apply(Operators.laplacian(grid, walls).times(0.1 * finest * finest), y));
                    case 4 -> tape.convolve(kernel, numbers, y);
                    case 5 -> tape.divide(y, tape.map(PointwiseFunction.EXP, tape.map(PointwiseFunction.SIN, u)));
                    case 6 -> tape.map(PointwiseFunction.TANH, tape.scale(finest * finest,
                            tape.apply(Transport.diffusion(grid), tape.map(PointwiseFunction.SQUARE, y), u)));
                    default -> tape.subtract(tape.map(PointwiseFunction.SQUARE, y), u);
                };
            }
            FieldVariable weights = tape.constant(Samples.random(u.space(), Precision.DOUBLE, seed + 1));
            loss = tape.combine(new double[] {1, 0.1}, tape.dot(weights, y), tape.dot(y, y));
        }

        double at(Field place, double[] values) {
            u.value().copyFrom(place);
            numbers.set(values);
            tape.forward();
            return loss.value();
        }
    }

    private static double[] moved(double[] x, double step, double[] direction) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += step * direction[i];
        }
        return y;
    }

    /** What five points say of the slope, whose error falls with the fourth power of the step. */
    @Property(seed = "2108")
    void gradientsOfProgramsAreThoseOfDifferences(@ForAll Grid grid, @ForAll long seed) {
        Program program = new Program(grid, seed);
        Field start = Fields.automatic().copy(program.u.value());
        double[] numbers = program.numbers.values();
        Field direction = Samples.random(program.u.space(), Precision.DOUBLE, seed + 2);
        double[] along = new Random(seed).doubles(numbers.length, -1, 1).toArray();
        program.at(start, numbers);
        program.tape.backward(program.loss);
        double slope = Arithmetic.dot(program.u.gradient(), direction);
        double size = Samples.norm(program.u.gradient()) * Samples.norm(direction);
        for (int i = 0; i < numbers.length; i++) {
            slope += program.numbers.gradient()[i] * along[i];
            size += Math.abs(program.numbers.gradient()[i] * along[i]);
        }
        double step = 1e-4;
        double[] weights = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
        int[] places = {-2, -1, 1, 2};
        double difference = 0;
        double largest = 0;
        for (int k = 0; k < 4; k++) {
            Field moved = Fields.automatic().like(start);
            Arithmetic.combine(places[k] * step, direction, start, moved);
            double value = program.at(moved, moved(numbers, places[k] * step, along));
            largest = Math.max(largest, Math.abs(value));
            difference += weights[k] * value / step;
        }
        assertThat(Math.abs(difference - slope)).isLessThanOrEqualTo(1e-6 * size + 1e-11 * largest / step);
    }

    @Property(seed = "2108")
    void forwardAndReverseModeAgreeOnPrograms(@ForAll Grid grid, @ForAll long seed) {
        Program program = new Program(grid, seed);
        program.tape.forward();
        Random random = new Random(seed + 3);
        program.u.tangent().copyFrom(Samples.random(program.u.space(), Precision.DOUBLE, seed + 2));
        double[] along = random.doubles(program.numbers.size(), -1, 1).toArray();
        program.numbers.setTangent(along);
        program.tape.tangent();
        double forward = program.loss.tangent()[0];
        program.tape.backward(program.loss);
        double reverse = Arithmetic.dot(program.u.gradient(), program.u.tangent());
        double size = Samples.norm(program.u.gradient()) * Samples.norm(program.u.tangent());
        for (int i = 0; i < along.length; i++) {
            reverse += program.numbers.gradient()[i] * along[i];
            size += Math.abs(program.numbers.gradient()[i] * along[i]);
        }
        assertThat(Math.abs(forward - reverse)).isLessThanOrEqualTo(1e-12 * size);
    }
}
