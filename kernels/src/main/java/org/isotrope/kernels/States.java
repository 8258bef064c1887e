package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.Recursion;
import org.jspecify.annotations.Nullable;

/** The fields that one run of a recurrence works in, as fields and as their memory. */
final class States {
    /** States, of which the first {@code levels} are the caller's outputs and the last is a spare one. */
    final Field[] ring;
    final Field[] fixed;
    final MemorySegment[] ringMemory;
    final MemorySegment[] fixedMemory;
    private final Field spare;

    /**
     * Allocates the spare state.
     *
     * @param fixed fields that keep their place; null for the caller's
     */
    States(Space space, Precision precision, int levels, List<@Nullable Field> fixed) {
        this.spare = Fields.automatic().precision(precision).of(space.type(), space.grid());
        this.ring = new Field[levels + 1];
        this.ringMemory = new MemorySegment[levels + 1];
        this.fixed = new Field[fixed.size()];
        this.fixedMemory = new MemorySegment[fixed.size()];
        for (int k = 0; k < ring.length; k++) {
            state(k, spare);
        }
        for (int k = 0; k < this.fixed.length; k++) {
            Field field = fixed.get(k);
            keep(k, field == null ? spare : field);
        }
    }

    void state(int k, Field field) {
        ring[k] = field;
        ringMemory[k] = field.segment();
    }

    void keep(int k, Field field) {
        fixed[k] = field;
        fixedMemory[k] = field.segment();
    }

    /** Lets go of the caller's fields. */
    void forget(int carried) {
        for (int k = 0; k < ring.length; k++) {
            state(k, spare);
        }
        if (carried >= 0) {
            keep(carried, spare);
        }
    }

    /** The field of a place during a step, of so many steps that begin with a state and the one before it. */
    Field at(int place, int step, int steps, Field now, @Nullable Field before) {
        if (place >= Recursion.FIXED) {
            return fixed[place - Recursion.FIXED];
        }
        int state = step - place;
        if (state == 0) {
            return now;
        }
        return state < 0 && before != null ? before : ring[(steps - state) % ring.length];
    }
}
