package org.isotrope.autodiff.time;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.Variable;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.time.OdeSystem;
import org.isotrope.kernels.time.Spectrum;
import org.isotrope.kernels.time.Tableau;

/**
 * A right-hand side {@code f(t, u; θ)} recorded on a tape of its own, so that it can be differentiated in the state and
 * in every input θ that the recording declared. Time is not differentiated in. Not safe for concurrent use.
 */
public final class TapedSystem implements OdeSystem {
    /** Records a right-hand side. */
    @FunctionalInterface
    public interface Recording {
        /**
         * Records the rate of change; parameters are declared as inputs of the tape.
         *
         * @param tape the tape
         * @param time the time, an array of one
         * @param state u
         * @return f(t, u), of the space of the state
         */
        FieldVariable rate(Tape tape, ArrayVariable time, FieldVariable state);
    }

    /** Enough for bounds to about a thousandth. */
    private static final int SPECTRUM_ITERATIONS = 100;

    private final Tape tape;
    private final ArrayVariable time;
    private final FieldVariable state;
    private final FieldVariable rate;
    private final List<Variable> parameters;

    /**
     * Records the system.
     *
     * @param space of the state
     * @param precision of all fields
     * @param recording the right-hand side
     */
    public TapedSystem(Space space, Precision precision, Recording recording) {
        // checked once a trajectory instead of once a stage
        this.tape = new Tape(precision).guarded(false);
        this.time = tape.constant(0.0);
        this.state = tape.input(Fields.automatic().precision(precision).of(space.type(), space.grid()));
        this.rate = recording.rate(tape, time, state);
        if (!rate.space().equals(space)) {
            throw new IllegalArgumentException("rate lives in " + rate.space() + "\nit had to live in " + space);
        }
        List<Variable> inputs = new ArrayList<>(tape.inputs());
        inputs.remove(state);
        this.parameters = List.copyOf(inputs);
    }

    /**
     * The inputs that the recording declared, in order.
     *
     * @return θ
     */
    public List<Variable> parameters() {
        return parameters;
    }

    /**
     * Precision of states.
     *
     * @return the precision
     */
    public Precision precision() {
        return tape.precision();
    }

    @Override
    public void rate(double t, Field u, Field result) {
        evaluate(t, u);
        result.copyFrom(rate.value());
    }

    /**
     * The derivative of the rate in the state, {@code ∂f/∂u} at (t, u). It runs on this system's tape and sets the
     * tangents of the parameters to zero.
     *
     * @param t time
     * @param u state; copied
     * @return the Jacobian with its adjoint
     */
    public LinearOperator jacobian(double t, Field u) {
        state.value().requireSameSpace(u, "u");
        Field at = Fields.automatic().copy(u);
        return LinearOperator.of(state.space(), state.space(),
                (in, out) -> {
                    tape.clearTangents();
                    evaluate(t, at);
                    state.tangent().copyFrom(in);
                    tape.tangent();
                    out.copyFrom(rate.tangent());
                },
                (in, out) -> {
                    pullback(t, at, in);
                    out.copyFrom(state.gradient());
                });
    }

    /**
     * The largest step with which an explicit method is stable about a state, from the spectral bound of the
     * {@linkplain #jacobian Jacobian} there.
     *
     * @param tableau the method
     * @param t time
     * @param u state
     * @return the step, as {@link Spectrum#largestStep}
     */
    public double largestStep(Tableau tableau, double t, Field u) {
        return spectrum(t, u).largestStep(tableau);
    }

    /**
     * Requires a step to be stable about a state.
     *
     * @param tableau the method
     * @param t time
     * @param u state
     * @param h the step
     * @throws IllegalArgumentException if it is larger than {@link #largestStep}, which the message names
     */
    public void requireStable(Tableau tableau, double t, Field u, double h) {
        spectrum(t, u).requireStable(tableau, h);
    }

    private Spectrum spectrum(double t, Field u) {
        return Spectrum.of(jacobian(t, u), SPECTRUM_ITERATIONS);
    }

    private void evaluate(double t, Field u) {
        time.set(t);
        state.value().copyFrom(u);
        tape.forward();
    }

    /** Rate and its derivative along u̇ and the tangents of the parameters. */
    void tangent(double t, Field u, Field uTangent, Field result, Field resultTangent) {
        time.set(t);
        state.value().copyFrom(u);
        state.tangent().copyFrom(uTangent);
        tape.forward();
        tape.tangent();
        result.copyFrom(rate.value());
        resultTangent.copyFrom(rate.tangent());
    }

    /** Pulls ȳ back through f at (t, u); gradients are left in {@link #stateGradient()} and the parameters. */
    void pullback(double t, Field u, Field adjoint) {
        evaluate(t, u);
        pullback(adjoint);
    }

    /** Pulls ȳ back through f at the time and state of the last {@link #rate(double, Field, Field)}. */
    void pullback(Field adjoint) {
        tape.backward(rate, adjoint);
    }

    /** Hashes of the current values of the parameters. */
    long[] fingerprints() {
        return parameters.stream().mapToLong(Variable::fingerprint).toArray();
    }

    Field stateGradient() {
        return state.gradient();
    }
}
