package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;

/** What any sweep over n³ values has to pay: copies, and the triad {@code a = b + s c}. */
final class Memory extends Workload {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final float FACTOR = 3;

    Memory(int n, Precision precision) {
        super(precision, 3, n, 0, Taps.Edges.PERIODIC);
    }

    @Override
    LinearOperator operator(Grid grid) {
        return Operators.identity(grid, FieldType.SCALAR);
    }

    @Override
    Task other(String who) {
        if (!who.equals("triad")) {
            throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        }
        MemorySegment third = random(FieldType.SCALAR, in.grid()).segment();
        return () -> triad(out.segment(), in.segment(), third);
    }

    private static void triad(MemorySegment a, MemorySegment b, MemorySegment c) {
        FloatVector factor = FloatVector.broadcast(SPECIES, FACTOR);
        for (long i = 0; i < a.byteSize(); i += SPECIES.vectorByteSize()) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, b, i, ByteOrder.nativeOrder());
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, c, i, ByteOrder.nativeOrder());
            y.fma(factor, x).intoMemorySegment(a, i, ByteOrder.nativeOrder());
        }
    }

    @Override
    void verify(String who) {
        double factor = who.equals("triad") ? FACTOR + 1 : 1;
        for (long i = 0; i < out.count(); i += 997) {
            if (!(Math.abs(out.getFlat(i) - factor * in.getFlat(i)) <= tolerance())) {
                throw new IllegalStateException("value " + i + " is " + out.getFlat(i) + "; it had to be "
                        + factor * in.getFlat(i));
            }
        }
    }
}
