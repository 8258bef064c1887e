package org.isotrope.autodiff;

import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;

/** An operator {@code A(θ)}, linear in the field it is applied to, recorded on a tape of its own. */
public final class ParametricOperator {
    /** Records an operator that depends on parameters. */
    @FunctionalInterface
    public interface Recording {
        /**
         * Records {@code A(θ) u}.
         *
         * @param tape the tape
         * @param u the field
         * @param parameters θ, in the order in which they were given, each of the kind, size or space of the one
         *     outside
         * @return {@code A(θ) u}, linear in u, of the space of u
         */
        FieldVariable apply(Tape tape, FieldVariable u, List<Variable> parameters);
    }

    private final Variable[] outer;
    private final List<Variable> inner;
    private final Tape tape;
    private final FieldVariable u;
    private final FieldVariable image;
    private final Field zero;
    private final LinearOperator operator;

    ParametricOperator(Recording recording, Field model, Variable[] parameters) {
        this.outer = parameters.clone();
        // inputs are written by this class alone
        this.tape = new Tape(model.precision()).guarded(false);
        Fields fields = Fields.automatic();
        this.u = tape.input(fields.like(model));
        Variable[] copies = new Variable[outer.length];
        for (int p = 0; p < outer.length; p++) {
            copies[p] = switch (outer[p]) {
                case ArrayVariable array -> tape.input(array.values());
                case FieldVariable field -> tape.input(fields.copy(field.value()));
            };
        }
        this.inner = List.of(copies);
        this.image = recording.apply(tape, u, inner);
        Space space = u.space();
        if (!image.space().equals(space)) {
            throw new IllegalArgumentException("recorded operator maps to " + image.space() + "\nit had to map to "
                    + space);
        }
        if (!image.isDifferentiable()) {
            throw new IllegalArgumentException("recorded operator does not depend on its field;"
                    + " it had to be linear in it");
        }
        if (!isZero(image.value())) {
            throw new IllegalArgumentException("recorded operator maps 0 to something else; it had to be linear");
        }
        this.zero = fields.like(model);
        this.operator = LinearOperator.of(space, space, this::apply, this::applyAdjoint);
    }

    private static boolean isZero(Field field) {
        for (long i = 0; i < field.count(); i++) {
            if (field.getFlat(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code A(θ)} at the parameters of the last {@link #takeParameters}. */
    LinearOperator operator() {
        return operator;
    }

    Variable[] parameters() {
        return outer;
    }

    /** Takes over the current values of the parameters outside. */
    void takeParameters() {
        for (int p = 0; p < outer.length; p++) {
            switch (outer[p]) {
                case ArrayVariable array ->
                    System.arraycopy(array.sharedValue(), 0, inner(p).sharedValue(), 0, array.size());
                case FieldVariable field -> innerField(p).value().copyFrom(field.value());
            }
        }
        tape.forward();
    }

    /** Takes over the current tangents of the parameters outside, 0 for constants. */
    private void takeTangents() {
        for (int p = 0; p < outer.length; p++) {
            switch (outer[p]) {
                case ArrayVariable array -> {
                    if (array.isDifferentiable()) {
                        inner(p).setTangent(array.sharedTangent());
                    }
                }
                case FieldVariable field -> {
                    if (field.isDifferentiable()) {
                        innerField(p).tangent().copyFrom(field.tangent());
                    }
                }
            }
        }
    }

    private ArrayVariable inner(int p) {
        return (ArrayVariable) inner.get(p);
    }

    private FieldVariable innerField(int p) {
        return (FieldVariable) inner.get(p);
    }

    private void apply(Field in, Field out) {
        u.value().copyFrom(in);
        tape.forward();
        out.copyFrom(image.value());
    }

    /** Since the operator is linear in u, its transpose depends on the parameters alone, whatever u is now. */
    private void applyAdjoint(Field in, Field out) {
        tape.backward(image, in);
        out.copyFrom(u.gradient());
    }

    /** {@code out = Ȧ y} along the tangents of the parameters. */
    void applyTangent(Field y, Field out) {
        u.value().copyFrom(y);
        u.clearTangent();
        takeTangents();
        tape.forward();
        tape.tangent();
        out.copyFrom(image.tangent());
    }

    /** {@code θ̄ −= ∂⟨λ, A(θ) y⟩/∂θ}. */
    void subtractParameterGradients(Field y, Field lambda) {
        u.value().copyFrom(y);
        tape.forward();
        tape.backward(image, lambda);
        for (int p = 0; p < outer.length; p++) {
            switch (outer[p]) {
                case ArrayVariable array -> {
                    if (array.isDifferentiable()) {
                        subtract(inner(p).sharedGradient(), array.sharedGradient());
                    }
                }
                case FieldVariable field -> Tape.accumulate(field, -1, innerField(p).gradient());
            }
        }
    }

    /** {@code out = Ȧᵀ λ} along the tangents of the parameters. */
    void applyAdjointTangent(Field y, Field lambda, Field out) {
        u.value().copyFrom(y);
        u.clearTangent();
        takeTangents();
        tape.forward();
        tape.backwardTangent(image, lambda, zero);
        out.copyFrom(u.gradientTangent());
    }

    /** Subtracts the derivative of {@code ∂⟨λ, A(θ) y⟩/∂θ} from the tangents of the gradients of θ. */
    void subtractParameterGradientTangents(Field y, Field yTangent, Field lambda, Field lambdaTangent) {
        u.value().copyFrom(y);
        u.tangent().copyFrom(yTangent);
        takeTangents();
        tape.forward();
        tape.backwardTangent(image, lambda, lambdaTangent);
        for (int p = 0; p < outer.length; p++) {
            if (!outer[p].isDifferentiable()) {
                continue;
            }
            switch (outer[p]) {
                case ArrayVariable array -> subtract(inner(p).sharedGradientTangent(), array.sharedGradientTangent());
                case FieldVariable field -> Arithmetic.addScaled(
                        -1, innerField(p).gradientTangent(), field.gradientTangent());
            }
        }
    }

    private static void subtract(double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] -= x[i];
        }
    }
}
