package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, in which words, and that nothing is written then. */
class BadInputTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 7));
    private static final Grid OTHER = Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 8));
    private static final Boundaries ZERO = Boundaries.all(Boundary.zero());

    private final Fields fields = Fields.automatic();

    /** One operator of every class, all from scalar to scalar. */
    static List<LinearOperator> operators() {
        LinearOperator laplacian = Operators.laplacian(GRID);
        LinearOperator kernel = Operators.radial(GRID, Radial.coulomb(3).within(0.5));
        return List.of(laplacian, laplacian.adjoint(), kernel, laplacian.then(kernel), laplacian.plus(kernel),
                LinearOperator.of(laplacian.domain(), laplacian.range(), laplacian::apply, laplacian::apply));
    }

    private static void assertRefused(
            Field out, ThrowingCallable call, Class<? extends Exception> type, String... parts) {
        long[] before = out.segment().scope().isAlive() ? Samples.bits(out) : new long[0];
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContainingAll(parts);
        if (out.segment().scope().isAlive()) {
            assertThat(Samples.bits(out)).as("nothing is written").isEqualTo(before);
        }
    }

    private void check(LinearOperator operator, Field in, Field out, Class<? extends Exception> type, String... parts) {
        assertRefused(out, () -> operator.apply(in, out), type, parts);
        for (Execution execution : List.of(Execution.standard(), Execution.scalarReference())) {
            Plan plan = operator.plan(in.precision(), execution);
            assertRefused(out, () -> plan.apply(in, out), type, parts);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void fieldsOfOtherTypesAreRefused(LinearOperator operator) {
        Field scalar = fields.scalar(GRID).fill(1);
        Field vector = fields.vector(GRID).fill(1);
        check(operator, vector, scalar, IllegalArgumentException.class,
                "in is a vector field; it had to be a scalar field");
        check(operator, scalar, vector, IllegalArgumentException.class,
                "out is a vector field; it had to be a scalar field");
        assertThatThrownBy(() -> operator.apply(vector)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("in is a vector field; it had to be a scalar field");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void fieldsOnOtherGridsAreRefused(LinearOperator operator) {
        Field here = fields.scalar(GRID).fill(1);
        Field there = fields.scalar(OTHER).fill(1);
        check(operator, there, here, IllegalArgumentException.class, "in lives on another grid:\n", "8 nodes",
                "\nit had to be\n", "7 nodes");
        check(operator, here, there, IllegalArgumentException.class, "out lives on another grid:\n", "8 nodes",
                "\nit had to be\n", "7 nodes");
        assertThatThrownBy(() -> operator.apply(there)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("in lives on another grid");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void otherPrecisionsAreRefused(LinearOperator operator) {
        Field doubles = fields.scalar(GRID).fill(1);
        Field floats = fields.precision(Precision.FLOAT).scalar(GRID).fill(1);
        check(operator, doubles, floats, IllegalArgumentException.class,
                "out has precision FLOAT; it had to be DOUBLE like in");
        check(operator, floats, doubles, IllegalArgumentException.class,
                "out has precision DOUBLE; it had to be FLOAT like in");
        Plan plan = operator.plan(Precision.DOUBLE, Execution.serial());
        Field out = fields.precision(Precision.FLOAT).scalar(GRID).fill(1);
        assertRefused(out, () -> plan.apply(floats, out), IllegalArgumentException.class,
                "in has precision FLOAT; it had to be DOUBLE, for which this plan was made");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void overlappingFieldsAreRefused(LinearOperator operator) {
        Field field = fields.scalar(GRID).fill(1);
        check(operator, field, field, IllegalArgumentException.class,
                "out overlaps the input in memory; it had to lie apart");
        long bytes = GRID.size() * Double.BYTES;
        MemorySegment memory = Arena.ofAuto().allocate(2 * bytes, 64);
        Field first = Fields.wrap(memory.asSlice(0, bytes), SCALAR, GRID, Precision.DOUBLE);
        Field second = Fields.wrap(memory.asSlice(bytes, bytes), SCALAR, GRID, Precision.DOUBLE);
        Field between = Fields.wrap(memory.asSlice(bytes - Double.BYTES, bytes), SCALAR, GRID, Precision.DOUBLE);
        check(operator, first, between, IllegalArgumentException.class, "out overlaps the input");
        check(operator, between, second, IllegalArgumentException.class, "out overlaps the input");
        operator.apply(first, second);
        operator.apply(second, first);
    }

    @Test
    void componentsOfOneFieldDoNotOverlap() {
        Field vector = Samples.random(new Space(GRID, VECTOR), 3);
        LinearOperator laplacian = Operators.laplacian(GRID);
        Field expected = laplacian.apply(vector.component(0));
        laplacian.apply(vector.component(0), vector.component(1));
        assertThat(Samples.bits(vector.component(1))).isEqualTo(Samples.bits(expected));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void closedMemoryIsRefused(LinearOperator operator) {
        Field open = fields.scalar(GRID).fill(1);
        for (Fields arena : List.of(Fields.confined(), Fields.shared())) {
            Field closed = arena.scalar(GRID);
            arena.close();
            check(operator, closed, open, IllegalStateException.class,
                    "in lies in an arena that has been closed; it had to be open");
            check(operator, open, closed, IllegalStateException.class,
                    "out lies in an arena that has been closed; it had to be open");
        }
    }

    @Test
    void boundariesOnPeriodicAxesAreRefused() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 6), Axis.periodic(0, 1, 7));
        Boundaries wrong = ZERO.with(1, Boundaries.Side.HIGH, Boundary.mirror());
        List<ThrowingCallable> calls = List.of(() -> Operators.gradient(grid, wrong),
                () -> Operators.divergence(grid, wrong), () -> Operators.curl(grid, wrong),
                () -> Operators.laplacian(grid, wrong), () -> Operators.derivative(grid, 0, wrong),
                () -> Operators.radial(grid, Radial.coulomb(3).within(0.5), SCALAR, SCALAR, wrong));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("boundary mirror is on the HIGH side of axis 1, which is periodic;"
                            + " it had to be on a bounded axis");
        }
        assertThatThrownBy(() -> Operators.gradient(grid, ZERO.with(2, Boundaries.Side.LOW, Boundary.mirror())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("boundary is on axis 2; it had to be below 2, the dimension of the grid");
    }

    @Test
    void nonuniformAxesAreRefusedByIsotropicDifferences() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 6), Axis.nodes(0, 0.1, 0.5, 1));
        List<ThrowingCallable> calls = List.of(() -> Operators.isotropicLaplacian(grid),
                () -> Operators.isotropicLaplacian(grid, ZERO), () -> Operators.isotropicGradient(grid, ZERO));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("axis 1 is nonuniform")
                    .hasMessageEndingWith("; it had to be uniform for isotropic differences");
        }
    }

    @Test
    void tooFewNodesForTheOrderAskedAreRefusedWithTheNumberNeeded() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 30), Axis.nodes(0, 0.1, 0.5, 1, 1.1));
        assertThatThrownBy(() -> Differential.on(grid).accuracy(4).laplacian())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("axis 1: axis is nonuniform")
                .hasMessageEndingWith("it had to have at least 6 nodes for derivative 2 at accuracy 4");
        assertThatThrownBy(() -> Differential.on(grid).accuracy(6).beyondWalls(Boundaries.all(Boundary.mirror()))
                .biharmonic())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it had to have at least 6 nodes for boundary mirror under differences");
        assertThatThrownBy(() -> Operators.laplacian(Grid.of(Axis.uniform(0, 1, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it had to have at least 4 nodes for derivative 2 at accuracy 2");
        assertThatThrownBy(() -> Operators.laplacian(Grid.of(Axis.periodicNodes(1, 0, 0.1, 0.5, 0.7))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it had to have at least 5 nodes for derivative 2 at accuracy 2");
    }

    @Test
    void duplicateAndMissingCoordinatesAreRefused() {
        assertThatThrownBy(() -> Axis.nodes(0, 0.5, 0.5, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node 2 is 0.5 after 0.5; nodes had to be strictly increasing");
        assertThatThrownBy(() -> Axis.periodicNodes(2, 0, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node 1 is NaN; it had to be finite");
    }

    @Test
    void tooFewNodesForABoundaryAreRefused() {
        assertThatThrownBy(() -> Operators.gradient(Grid.of(Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it had to have at least 3 nodes for derivative 1 at accuracy 2");
        assertThatThrownBy(() -> Operators.radial(GRID, Radial.coulomb(3).within(2), SCALAR, SCALAR,
                Boundaries.all(Boundary.mirror())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis 0 has 6 nodes; it had to have at least 11 for boundary mirror");
    }

    @Test
    void badDirectionsAndDimensionsAreRefused() {
        for (int direction : new int[] {-1, 2}) {
            assertThatThrownBy(() -> Operators.derivative(GRID, direction, ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("direction is " + direction + "; it had to be in [0, 2)");
        }
        Grid line = Grid.of(Axis.uniform(0, 1, 6));
        assertThatThrownBy(() -> Operators.curl(line)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grid has dimension 1; it had to have 2 or 3 for a curl");
        assertThatThrownBy(() -> Operators.curlOfPseudoscalar(line, ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grid has dimension 1; it had to have 2 for the curl of a pseudoscalar");
    }

    @Test
    void stencilsThatDoNotFitAreRefused() {
        Stencil stencil = Stencil.builder(2, 1, 2).tap(0, 0, 1, 0, 0).build();
        String message = "stencil maps 2 to 1 components in 2D; it had to map ";
        assertThatThrownBy(() -> Operators.stencil(stencil, GRID, SCALAR, SCALAR, ZERO))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message + "1 to 1 in 2D");
        assertThatThrownBy(() -> Operators.stencil(stencil, GRID, VECTOR, VECTOR, ZERO))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message + "2 to 2 in 2D");
        assertThatThrownBy(() -> Operators.stencil(stencil, Grid.of(Axis.uniform(0, 1, 6)), SCALAR, SCALAR, ZERO))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message + "1 to 1 in 1D");
        assertThat(Operators.stencil(stencil, GRID, VECTOR, SCALAR, ZERO).domain()).isEqualTo(new Space(GRID, VECTOR));
    }

    @Test
    void badNumbersOfThreadsAreRefused() {
        for (int threads : new int[] {0, -3}) {
            assertThatThrownBy(() -> Execution.threads(threads)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("threads are " + threads + "; they had to be at least 1");
        }
        assertThat(Execution.threads(3).threads()).isEqualTo(3);
        assertThat(Execution.serial()).isEqualTo(new Execution(1, false));
        assertThat(Execution.standard().reference()).isFalse();
        assertThat(Execution.scalarReference().reference()).isTrue();
    }

    @Test
    void moreThreadsThanProcessorsAreNotUsed() {
        Grid large = Grid.of(Axis.uniform(0, 1, 200), Axis.uniform(0, 1, 200));
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(Operators.laplacian(large).plan(Precision.FLOAT, Execution.threads(1000)).explain())
                .contains(", " + processors + (processors == 1 ? " thread, " : " threads, "));
        assertThat(Operators.laplacian(GRID).plan(Precision.FLOAT, Execution.threads(1000)).explain())
                .contains(", 1 thread, ");
    }
}
