package org.isotrope.autodiff;

import java.util.Locale;
import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/**
 * Tells whether a map and its transpose agree: {@code ⟨A x, y⟩ = ⟨x, Aᵀ y⟩} for random x and y, in {@code double}. For
 * operators and functions of the caller's own, before they are trusted on a tape.
 *
 * <p>Source: J. Claerbout, Earth Soundings Analysis, chapter 5, "the dot-product test".
 */
public final class DotTest {
    private static final double TOLERANCE = 1e-12;
    private static final double DIFFERENCE_TOLERANCE = 1e-6;
    private static final int ROUNDS = 3;

    private DotTest() {}

    /**
     * The mismatch of an operator and its adjoint.
     *
     * @param operator any
     * @param seed of the random fields, normal numbers each
     * @return {@code |⟨A x, y⟩ − ⟨x, Aᵀ y⟩| / max(‖A x‖, ‖Aᵀ y‖)}; 0 if both vanish
     */
    public static double mismatch(LinearOperator operator, long seed) {
        Random random = new Random(seed);
        Field x = random(operator.domain(), random);
        Field y = random(operator.range(), random);
        Field image = poisoned(operator.range());
        Field back = poisoned(operator.domain());
        operator.apply(x, image);
        operator.adjoint().apply(y, back);
        return mismatch(Arithmetic.dot(image, y), Arithmetic.dot(x, back), image, back);
    }

    private static double mismatch(double forward, double reverse, Field image, Field back) {
        double size = Math.sqrt(Math.max(Arithmetic.dot(image, image), Arithmetic.dot(back, back)));
        return size == 0 ? 0 : Math.abs(forward - reverse) / size;
    }

    /**
     * Requires that an operator is linear, that its adjoint is the transpose to 1e-12, and that both write their whole
     * output and leave their input alone.
     *
     * @param operator any
     * @return the operator
     * @throws IllegalArgumentException if one of these fails, with the numbers and, where they suggest one, the likely cause
     */
    public static LinearOperator require(LinearOperator operator) {
        Random random = new Random(20);
        for (int round = 0; round < ROUNDS; round++) {
            Field x = random(operator.domain(), random);
            Field y = random(operator.range(), random);
            Field image = applied(operator, x, "operator");
            Field back = applied(operator.adjoint(), y, "adjoint");
            requireLinear(operator, x, random, image);
            requireAgreement("⟨A x, y⟩", Arithmetic.dot(image, y), "⟨x, Aᵀ y⟩", Arithmetic.dot(x, back), image, back);
        }
        return operator;
    }

    /**
     * Requires that the three parts of a function agree at a state: the pushforward with central differences of the value
     * to 1e-6, the pullback with the pushforward to 1e-12, and the derivative of the pullback, if there is one, with
     * central differences of the pullback to 1e-6.
     *
     * @param function any
     * @param state where to test, of its domain in {@code double}
     * @return the function
     * @throws IllegalArgumentException if one of these fails, with the numbers
     */
    public static FieldFunction require(FieldFunction function, Field state) {
        function.domain().require(state, "state");
        Random random = new Random(21);
        for (int round = 0; round < ROUNDS; round++) {
            Field direction = random(function.domain(), random);
            Field y = random(function.range(), random);
            LinearOperator jacobian = function.at(state);
            Field pushed = applied(jacobian, direction, "pushforward");
            Field pulled = applied(jacobian.adjoint(), y, "pullback");
            double step = 1e-5 * Math.max(1, norm(state)) / norm(direction);
            Field value = poisoned(function.range());
            Field difference = difference(state, direction, step, value, at -> function.value(at, value));
            requireNear("pushforward", pushed, "the difference of values", difference);
            requireAgreement("⟨ẏ, ȳ⟩", Arithmetic.dot(pushed, y), "⟨ẋ, x̄⟩", Arithmetic.dot(direction, pulled),
                    pushed, pulled);
            Field second = poisoned(function.domain());
            try {
                function.pullbackTangent(state, direction, y, second);
            } catch (IllegalStateException withoutSecondDerivatives) {
                continue;
            }
            Field pullback = poisoned(function.domain());
            Field moved = difference(state, direction, step, pullback, at -> function.pullback(at, y, pullback));
            requireNear("derivative of the pullback", second, "the difference of pullbacks", moved);
        }
        return function;
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

    private static void requireNear(String what, Field actual, String whatExpected, Field expected) {
        Field error = Fields.automatic().copy(actual);
        Arithmetic.addScaled(-1, expected, error);
        double size = Math.max(norm(actual), norm(expected));
        double relative = size == 0 ? 0 : norm(error) / size;
        // also true for NaN
        if (!(relative <= DIFFERENCE_TOLERANCE) && norm(error) > DIFFERENCE_TOLERANCE) {
            throw new IllegalArgumentException(format("%s differs from %s by a relative %.3g; it had to be at most %.3g",
                    what, whatExpected, relative, DIFFERENCE_TOLERANCE));
        }
        if (Double.isNaN(relative)) {
            throw new IllegalArgumentException(what + " is not finite at the state; it had to be");
        }
    }

    private static void requireAgreement(
            String left, double forward, String right, double reverse, Field image, Field back) {
        double mismatch = mismatch(forward, reverse, image, back);
        if (!(mismatch <= TOLERANCE)) {
            double ratio = reverse / forward;
            String cause = Math.abs(ratio + 1) < 1e-9
                    ? "; the adjoint has the wrong sign"
                    : Math.abs(Math.log(Math.abs(norm(back) / norm(image)))) > 0.5 && Double.isFinite(ratio)
                            ? format("; the adjoint may lack a factor: the ratio is %.9g", ratio) : "";
            throw new IllegalArgumentException(format(
                    "operator and adjoint disagree: %s is %.17g and %s is %.17g; they had to agree to %.3g%s",
                    left, forward, right, reverse, TOLERANCE, cause));
        }
    }

    private static Field applied(LinearOperator operator, Field in, String name) {
        Field before = Fields.automatic().copy(in);
        Field out = poisoned(operator.range());
        operator.apply(in, out);
        if (in.segment().mismatch(before.segment()) >= 0) {
            throw new IllegalArgumentException(name + " changes its input; it had to leave it alone");
        }
        for (long i = 0; i < out.count(); i++) {
            if (Double.isNaN(out.getFlat(i))) {
                throw new IllegalArgumentException(name + " leaves element " + i + " of its output unwritten or NaN;"
                        + " it had to overwrite all of it with numbers");
            }
        }
        return out;
    }

    private static void requireLinear(LinearOperator operator, Field x, Random random, Field image) {
        Field z = random(operator.domain(), random);
        Field imageOfZ = applied(operator, z, "operator");
        Field sum = Fields.automatic().like(x);
        Arithmetic.combine(-2.5, z, x, sum);
        Field error = applied(operator, sum, "operator");
        Arithmetic.addScaled(-1, image, error);
        Arithmetic.addScaled(2.5, imageOfZ, error);
        double size = norm(image) + 2.5 * norm(imageOfZ);
        if (norm(error) > TOLERANCE * size) {
            throw new IllegalArgumentException(format(
                    "operator is not linear: A(x − 2.5 z) differs from A x − 2.5 A z by a relative %.3g;"
                            + " it had to be at most %.3g", norm(error) / size, TOLERANCE));
        }
    }

    private static Field random(Space space, Random random) {
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

    private static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }
}
