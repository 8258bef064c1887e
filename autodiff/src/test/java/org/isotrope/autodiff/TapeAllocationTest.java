package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once warm, running a tape forward and backward allocates nothing. */
@Tag("alone")
class TapeAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Compilation in the background decides when the code is final; code that allocates does so in every round. */
    private static final long PATIENCE = 15_000_000_000L;

    private static final int CALLS = 40;
    private static final Map<String, Function<Tape, Variable>> SAMPLES = DerivativeSamples.all();

    /** Formulas in dual numbers make objects; functions of the wave number make their tables anew for new values. */
    private static final Set<String> EXEMPT =
            new TreeSet<>(Set.of("learned, formula", "array function", "pointwise 22",
                    "function of the wave number", "function of the wave number on a constant"));

    static Stream<String> samples() {
        return SAMPLES.keySet().stream().filter(name -> !EXEMPT.contains(name));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void forwardAndBackward(String sample) {
        Tape tape = new Tape(Precision.DOUBLE);
        Variable result = SAMPLES.get(sample).apply(tape);
        ArrayVariable loss = result instanceof FieldVariable field ? tape.dot(field,
                tape.constant(DirectionalDerivatives.random(field.value(), new Random(1)))) : sum(tape, result);
        ArrayVariable[] arrays = tape.inputs().stream()
                .filter(ArrayVariable.class::isInstance).map(ArrayVariable.class::cast).toArray(ArrayVariable[]::new);
        double[][] values = Stream.of(arrays).map(ArrayVariable::values).toArray(double[][]::new);
        long least = Long.MAX_VALUE;
        long begun = THREADS.getCurrentThreadCpuTime();
        while (least > 0 && THREADS.getCurrentThreadCpuTime() - begun < PATIENCE) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < CALLS; call++) {
                for (int a = 0; a < arrays.length; a++) {
                    // the same numbers might spare a step its work
                    values[a][0] += 1e-6;
                    arrays[a].set(values[a]);
                }
                tape.forward();
                tape.backward(loss);
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes of %d passes", CALLS).isZero();
    }

    private static ArrayVariable sum(Tape tape, Variable result) {
        return tape.map(new ArrayFunction() {
            @Override
            public int results() {
                return 1;
            }

            @Override
            public void value(double[] x, double[] y) {
                y[0] = 0;
                for (double entry : x) {
                    y[0] += entry;
                }
            }

            @Override
            public void pullback(double[] x, double[] yAdjoint, double[] xAdjoint) {
                for (int i = 0; i < x.length; i++) {
                    xAdjoint[i] += yAdjoint[0];
                }
            }
        }, (ArrayVariable) result);
    }
}
