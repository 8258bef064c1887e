package org.isotrope.autodiff;

import java.util.Locale;
import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/**
 * Tells whether the parts of a {@link FieldFunction} agree at a state, before it is trusted on a tape. For linear
 * operators of the caller's own there is {@link org.isotrope.kernels.verify.Verify}, and {@link #operator} in one call.
 *
 * <p>All is tried on random fields of normal numbers in {@code double}. The dot test is that of J. Claerbout, Earth
 * Soundings Analysis, chapter 5.
 */
public final class FunctionCheck {
    private static final double TOLERANCE = 1e-12;
    private static final double DIFFERENCE_TOLERANCE = 1e-6;
    private static final int ROUNDS = 3;

    private final Random random = new Random(21);

    private FunctionCheck() {}

    /**
     * Requires that an operator's adjoint is its transpose to 1e-12, and that both write their whole output and leave
     * their input alone.
     *
     * @param operator any
     * @return the operator
     * @throws IllegalArgumentException if one of these fails, with the numbers
     */
    public static LinearOperator operator(LinearOperator operator) {
        FunctionCheck check = new FunctionCheck();
        for (int round = 0; round < ROUNDS; round++) {
            Field x = check.random(operator.domain());
            Field y = check.random(operator.range());
            requireTransposed(x, applied(operator, x, "operator"), y, applied(operator.adjoint(), y, "adjoint"));
        }
        return operator;
    }

    /**
     * Requires that the pushforward is the derivative of the value by central differences to 1e-6, the pullback the
     * transpose of the pushforward to 1e-12, and the derivative of the pullback, if there is one, that by central
     * differences to 1e-6; and that all write their whole output and leave the state alone.
     *
     * @param function any
     * @param state where to test, of its domain in {@code double}
     * @return the function
     * @throws IllegalArgumentException if one of these fails, with the numbers
     */
    public static FieldFunction at(Field state, FieldFunction function) {
        function.domain().require(state, "state");
        FunctionCheck check = new FunctionCheck();
        for (int round = 0; round < ROUNDS; round++) {
            check.round(state, function);
        }
        return function;
    }

    private void round(Field state, FieldFunction function) {
        Field direction = random(function.domain());
        Field y = random(function.range());
        Field kept = Fields.automatic().copy(state);
        LinearOperator jacobian = function.at(kept);
        Field pushed = applied(jacobian, direction, "pushforward");
        Field pulled = applied(jacobian.adjoint(), y, "pullback");
        double step = 1e-5 * Math.max(1, norm(state)) / norm(direction);
        Field value = poisoned(function.range());
        Field difference = difference(state, direction, step, value, at -> function.value(at, value));
        requireNear("pushforward", pushed, difference);
        requireTransposed(direction, pushed, y, pulled);
        Field second = poisoned(function.domain());
        try {
            function.pullbackTangent(state, direction, y, second);
        } catch (IllegalStateException withoutSecondDerivatives) {
            return;
        }
        Field pullback = poisoned(function.domain());
        Field moved = difference(state, direction, step, pullback, at -> function.pullback(at, y, pullback));
        requireWritten(second, "derivative of the pullback");
        requireNear("derivative of the pullback", second, moved);
        if (state.segment().mismatch(kept.segment()) >= 0) {
            throw new IllegalArgumentException("function changes its state; it had to leave it alone");
        }
    }

    @FunctionalInterface
    private interface Evaluation {
        void at(Field x);
    }

    private static Field difference(Field state, Field direction, double step, Field result, Evaluation evaluation) {
        Field moved = Fields.automatic().like(state);
        Arithmetic.combine(step, direction, state, moved);
        evaluation.at(moved);
        Field above = Fields.automatic().copy(result);
        Arithmetic.combine(-step, direction, state, moved);
        evaluation.at(moved);
        Arithmetic.addScaled(-1, result, above);
        Arithmetic.scale(0.5 / step, above, above);
        return above;
    }

    private static void requireNear(String what, Field actual, Field expected) {
        Field error = Fields.automatic().copy(actual);
        Arithmetic.addScaled(-1, expected, error);
        double size = Math.max(norm(actual), norm(expected));
        double allowed = DIFFERENCE_TOLERANCE * Math.max(size, DIFFERENCE_TOLERANCE);
        if (!(norm(error) <= allowed)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s is off from central differences by %.3g, where its size is %.3g; it had to be at most %.3g",
                    what, norm(error), size, allowed));
        }
    }

    private static void requireTransposed(Field x, Field image, Field y, Field back) {
        double forward = Arithmetic.dot(image, y);
        double reverse = Arithmetic.dot(x, back);
        double size = Math.max(norm(image), norm(back));
        if (!(Math.abs(forward - reverse) <= TOLERANCE * size)) {
            double ratio = reverse / forward;
            String hint = Math.abs(ratio + 1) < 1e-9
                    ? "opposite signs" : String.format(Locale.ROOT, "the ratio %.9g", ratio);
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "adjoint disagrees with its operator: ⟨A x, y⟩ is %.17g and ⟨x, Aᵀ y⟩ is %.17g;"
                            + " they had to agree to %.3g, and have %s", forward, reverse, TOLERANCE * size, hint));
        }
    }

    private static Field applied(LinearOperator operator, Field in, String name) {
        Field before = Fields.automatic().copy(in);
        Field out = poisoned(operator.range());
        operator.apply(in, out);
        if (in.segment().mismatch(before.segment()) >= 0) {
            throw new IllegalArgumentException(name + " changes its input; it had to leave it alone");
        }
        requireWritten(out, name);
        return out;
    }

    private static void requireWritten(Field out, String name) {
        for (long i = 0; i < out.count(); i++) {
            if (Double.isNaN(out.getFlat(i))) {
                throw new IllegalArgumentException(name + " leaves element " + i + " of its output unwritten or NaN;"
                        + " it had to overwrite all of it with numbers");
            }
        }
    }

    private Field random(Space space) {
        Field field = Fields.automatic().of(space.type(), space.grid());
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    private static Field poisoned(Space space) {
        return Fields.automatic().of(space.type(), space.grid()).fill(Double.NaN);
    }

    private static double norm(Field x) {
        return Math.sqrt(Arithmetic.dot(x, x));
    }
}
