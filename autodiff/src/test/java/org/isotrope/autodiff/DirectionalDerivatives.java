package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;

/** Holds gradients of a tape against central differences along random directions, one input at a time. */
public final class DirectionalDerivatives {
    private static final double STEP = 1e-5;

    private DirectionalDerivatives() {}

    /** Requires a relative agreement of 1e-7 for every input of the tape. */
    public static void require(Tape tape, ArrayVariable loss) {
        Random random = new Random(7);
        assertThat(tape.inputs()).isNotEmpty();
        for (Variable input : tape.inputs()) {
            tape.forward();
            tape.backward(loss);
            switch (input) {
                case FieldVariable field -> require(tape, loss, field, random);
                case ArrayVariable array -> require(tape, loss, array, random);
            }
        }
    }

    private static void require(Tape tape, ArrayVariable loss, FieldVariable input, Random random) {
        Field direction = random(input.value(), random);
        double analytic = Arithmetic.dot(input.gradient(), direction);
        Field start = Fields.automatic().copy(input.value());
        Arithmetic.combine(STEP, direction, start, input.value());
        tape.forward();
        double above = loss.value();
        Arithmetic.combine(-STEP, direction, start, input.value());
        tape.forward();
        double below = loss.value();
        input.value().copyFrom(start);
        compare(analytic, (above - below) / (2 * STEP), Math.sqrt(Arithmetic.dot(input.gradient(), input.gradient())));
    }

    private static void require(Tape tape, ArrayVariable loss, ArrayVariable input, Random random) {
        double[] start = input.values();
        double[] gradient = input.gradient();
        double[] above = start.clone();
        double[] below = start.clone();
        double analytic = 0;
        double size = 0;
        for (int i = 0; i < start.length; i++) {
            double direction = random.nextGaussian();
            analytic += gradient[i] * direction;
            size += gradient[i] * gradient[i];
            above[i] += STEP * direction;
            below[i] -= STEP * direction;
        }
        input.set(above);
        tape.forward();
        double high = loss.value();
        input.set(below);
        tape.forward();
        double low = loss.value();
        input.set(start);
        compare(analytic, (high - low) / (2 * STEP), Math.sqrt(size));
    }

    private static void compare(double analytic, double difference, double size) {
        assertThat(size).isPositive();
        // a direction may happen to lie across the gradient: errors count against its length
        assertThat(Math.abs(analytic - difference)).isLessThanOrEqualTo(1e-7 * size);
    }

    /** A field of normal numbers like another. */
    public static Field random(Field model, Random random) {
        Field field = Fields.automatic().like(model);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }
}
