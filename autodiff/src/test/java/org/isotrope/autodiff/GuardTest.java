package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;

/** Derivatives of values that have been changed in place are refused. */
class GuardTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 7));

    private static Field random(long seed) {
        return DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(seed));
    }

    @Test
    void anInputChangedAfterItWasUsedIsNamed() {
        Field field = random(1);
        Tape tape = new Tape(Precision.DOUBLE);
        tape.input(2.0);
        FieldVariable x = tape.input(field);
        ArrayVariable loss = tape.dot(x, tape.map(PointwiseFunction.TANH, x));
        tape.backward(loss);
        double before = field.getFlat(34);
        field.setFlat(34, Math.nextUp(before));
        Runnable[] uses = {() -> tape.backward(loss), tape::tangent, () -> tape.hessianProduct(loss)};
        for (Runnable use : uses) {
            assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("input 1, scalar field").hasMessageContaining("forward()");
        }
        field.setFlat(34, before);
        tape.backward(loss);
        field.setFlat(34, 5);
        tape.forward();
        tape.backward(loss);
        assertThat(x.gradient().getFlat(34)).isEqualTo(Math.tanh(5) + 5 * (1 - Math.tanh(5) * Math.tanh(5)));
    }

    @Test
    void aChangeBetweenTwoRecordedStepsIsFound() {
        Field field = random(2);
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable x = tape.input(field);
        FieldVariable square = tape.multiply(x, x);
        field.fill(3);
        ArrayVariable loss = tape.dot(square, x);
        assertThatThrownBy(() -> tape.backward(loss)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsFilledBeforeItIsUsedIsNoChange() {
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable x = tape.input(new org.isotrope.kernels.Space(GRID, org.isotrope.grids.FieldType.SCALAR));
        x.value().fill(2);
        ArrayVariable loss = tape.dot(x, x);
        tape.backward(loss);
        assertThat(x.gradient().getFlat(0)).isEqualTo(4);
    }

    @Test
    void constantsAndNumbersAreWatchedToo() {
        Field weights = random(3);
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable c = tape.input(2.0);
        FieldVariable x = tape.input(random(4));
        ArrayVariable loss = tape.dot(tape.constant(weights), tape.scale(c, x));
        c.set(3);
        assertThatThrownBy(() -> tape.backward(loss)).hasMessageContaining("input 0, array of 1");
        tape.forward();
        tape.backward(loss);
        weights.fill(1);
        assertThatThrownBy(() -> tape.backward(loss)).hasMessageContaining("a constant, scalar field");
    }

    @Test
    void theGuardCanBeDismissed() {
        Field field = random(5);
        Tape tape = new Tape(Precision.DOUBLE).guarded(false);
        FieldVariable x = tape.input(field);
        ArrayVariable loss = tape.sum(x);
        field.fill(1);
        tape.backward(loss);
        assertThat(x.gradient().getFlat(0)).isEqualTo(1);
        tape.guarded(true);
        tape.backward(loss);
        field.fill(2);
        assertThatThrownBy(() -> tape.backward(loss)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everySingleBitCounts() {
        Field field = random(6);
        long hash = Fingerprint.of(field.segment());
        for (long i = 0; i < field.count(); i++) {
            double value = field.getFlat(i);
            field.setFlat(i, -value);
            assertThat(Fingerprint.of(field.segment())).isNotEqualTo(hash);
            field.setFlat(i, Math.nextDown(value));
            assertThat(Fingerprint.of(field.segment())).isNotEqualTo(hash);
            field.setFlat(i, value);
        }
        double first = field.getFlat(0);
        field.setFlat(0, field.getFlat(4));
        field.setFlat(4, first);
        assertThat(Fingerprint.of(field.segment())).as("two values exchanged").isNotEqualTo(hash);
    }
}
