package org.isotrope.autodiff;

/** How far a field is from a target, as one number on the tape. */
public final class Losses {
    private Losses() {}

    /**
     * The squared error, {@code Σ (ŷ_i − y_i)²} over stored values.
     *
     * @param prediction ŷ
     * @param target y, of the same space
     * @return an array of one
     */
    public static ArrayVariable squaredError(FieldVariable prediction, FieldVariable target) {
        Tape tape = prediction.tape();
        FieldVariable difference = tape.subtract(prediction, target);
        return tape.dot(difference, difference);
    }

    /**
     * The normalised absolute error, {@code Σ |ŷ_i − y_i| / Σ |y_i|} over stored values.
     *
     * @param prediction ŷ
     * @param target y, of the same space, constant and not all zero
     * @return an array of one
     */
    public static ArrayVariable normalisedAbsoluteError(FieldVariable prediction, FieldVariable target) {
        Tape tape = prediction.tape();
        if (target.isDifferentiable()) {
            throw new IllegalArgumentException("target depends on inputs; it had to be constant");
        }
        double scale = 0;
        for (long i = 0; i < target.value().count(); i++) {
            scale += Math.abs(target.value().getFlat(i));
        }
        if (!(scale > 0)) {
            throw new IllegalArgumentException("target has absolute sum " + scale + "; it had to be positive");
        }
        FieldVariable difference = tape.subtract(prediction, target);
        ArrayVariable sum = tape.sum(tape.map(PointwiseFunction.ABS, difference));
        return tape.combine(new double[] {1 / scale}, sum);
    }
}
