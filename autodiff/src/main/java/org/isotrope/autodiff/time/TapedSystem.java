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
import org.isotrope.kernels.Space;
import org.isotrope.kernels.time.OdeSystem;

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
        time.set(t);
        state.value().copyFrom(u);
        tape.forward();
        result.copyFrom(rate.value());
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
        time.set(t);
        state.value().copyFrom(u);
        tape.forward();
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
