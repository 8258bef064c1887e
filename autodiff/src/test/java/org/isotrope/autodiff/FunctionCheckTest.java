package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.solve.LinearSolver;
import org.junit.jupiter.api.Test;

class FunctionCheckTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 6), Axis.periodic(0, 1, 7));
    private static final Space SPACE = new Space(GRID, FieldType.SCALAR);
    private static final Field STATE = DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(1));

    /** {@code y = x²} with a fault of choice. */
    private record Square(double slope, double transposed, double second, boolean lazy) implements FieldFunction {
        @Override
        public Space domain() {
            return SPACE;
        }

        @Override
        public Space range() {
            return SPACE;
        }

        @Override
        public void value(Field x, Field y) {
            Arithmetic.multiply(x, x, y);
        }

        @Override
        public void pushforward(Field x, Field xTangent, Field yTangent) {
            Arithmetic.multiply(x, xTangent, yTangent);
            Arithmetic.scale(slope, yTangent, yTangent);
            if (lazy) {
                yTangent.setFlat(4, Double.NaN);
            }
        }

        @Override
        public void pullback(Field x, Field yAdjoint, Field xAdjoint) {
            Arithmetic.multiply(x, yAdjoint, xAdjoint);
            Arithmetic.scale(transposed, xAdjoint, xAdjoint);
        }

        @Override
        public void pullbackTangent(Field x, Field xTangent, Field yAdjoint, Field xAdjointTangent) {
            Arithmetic.multiply(xTangent, yAdjoint, xAdjointTangent);
            Arithmetic.scale(second, xAdjointTangent, xAdjointTangent);
        }
    }

    @Test
    void rightFunctionsPassAndEachFaultIsFound() {
        FieldFunction right = new Square(2, 2, 2, false);
        assertThat(FunctionCheck.at(STATE, right)).isSameAs(right);
        FunctionCheck.at(STATE, new DerivativeSamples.Burgers(GRID));
        assertThatThrownBy(() -> FunctionCheck.at(STATE, new Square(2.1, 2.1, 2, false)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("pushforward is off");
        assertThatThrownBy(() -> FunctionCheck.at(STATE, new Square(2, 1, 2, false)))
                .hasMessageContaining("adjoint disagrees").hasMessageContaining("ratio 0.500000000");
        assertThatThrownBy(() -> FunctionCheck.at(STATE, new Square(2, -2, 2, false)))
                .hasMessageContaining("opposite signs");
        assertThatThrownBy(() -> FunctionCheck.at(STATE, new Square(2, 2, 3, false)))
                .hasMessageContaining("derivative of the pullback is off");
        assertThatThrownBy(() -> FunctionCheck.at(STATE, new Square(2, 2, 2, true)))
                .hasMessageContaining("element 4 of its output unwritten");
    }

    @Test
    void operatorsOfTheCallersOwn() {
        LinearOperator derivative = Operators.gradient(GRID);
        FunctionCheck.operator(derivative);
        LinearOperator wrong = LinearOperator.of(SPACE, derivative.range(), derivative::apply, (in, out) -> {
            derivative.adjoint().apply(in, out);
            Arithmetic.scale(1 + 1e-9, out, out);
        });
        assertThatThrownBy(() -> FunctionCheck.operator(wrong)).hasMessageContaining("adjoint disagrees");
        LinearOperator rude = LinearOperator.of(SPACE, SPACE, (in, out) -> {
            out.copyFrom(in);
            in.fill(0);
        }, (in, out) -> out.copyFrom(in));
        assertThatThrownBy(() -> FunctionCheck.operator(rude)).hasMessageContaining("changes its input");
    }

    @Test
    void wrongUseOfSolvesAndSecondDerivativesIsNamed() {
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable x = tape.input(Fields.automatic().copy(STATE));
        LinearOperator negative = Operators.laplacian(GRID);
        assertThatThrownBy(() -> tape.solve(LinearSolver.conjugateGradients(), negative, x))
                .isInstanceOf(ArithmeticException.class).hasMessageContaining("linear solve broke down");
        assertThatThrownBy(() -> tape.solve(LinearSolver.gmres(5), (inner, u, parameters) ->
                inner.apply(Operators.gradient(GRID), u), x)).hasMessageContaining("vector");
        assertThatThrownBy(() -> tape.solve(LinearSolver.gmres(5), (inner, u, parameters) ->
                inner.map(PointwiseFunction.EXP, u), x)).hasMessageContaining("had to be linear");
        ArrayVariable loss = tape.sum(tape.map(new PointwiseFunction(Math::cosh, Math::sinh), x));
        tape.backward(loss);
        assertThatThrownBy(() -> tape.hessianProduct(loss)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("second derivative");
        ArrayVariable pair = tape.input(1, 2);
        assertThatThrownBy(() -> tape.hessianProduct(pair)).hasMessageContaining("one number");
        assertThatThrownBy(() -> pair.setTangent(1)).hasMessageContaining("had to have 2");
        assertThatThrownBy(() -> loss.setTangent(1)).isInstanceOf(IllegalStateException.class);
        assertThat(List.copyOf(tape.inputs())).containsExactly(x, pair);
        tape.clearTangents();
        assertThat(pair.tangent()).containsExactly(0, 0);
    }
}
