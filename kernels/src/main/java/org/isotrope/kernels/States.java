package org.isotrope.kernels;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.steps.Recursion;
import org.jspecify.annotations.Nullable;

/** The fields that one run of a recurrence works in, as fields and as their memory. */
final class States {
    /**
     * What a place is that keeps its memory.
     *
     * @param kind who owns the memory
     * @param field the coefficient, or null
     */
    record Place(Kind kind, @Nullable Field field) {
        /** Owners of memory. */
        enum Kind {
            /** The plan: all runs read it. */
            COEFFICIENT,
            /** One run, for results on the way. */
            SCRATCH,
            /** The caller, for a result. */
            RESULT
        }

        static final Place SCRATCH = new Place(Kind.SCRATCH, null);
        static final Place RESULT = new Place(Kind.RESULT, null);

        static Place of(Field coefficient) {
            return new Place(Kind.COEFFICIENT, coefficient);
        }
    }

    /**
     * States for the runs of a plan. Those of a run that has ended wait for the next one, so that a plan which one thread
     * applies allocates nothing.
     */
    static final class Shelf {
        private final Supplier<States> make;
        private final AtomicReference<@Nullable States> spare = new AtomicReference<>();

        Shelf(Space space, Precision precision, int levels, List<Place> fixed) {
            this.make = () -> new States(space, precision, levels, fixed);
            spare.set(make.get());
        }

        States take() {
            States waiting = spare.getAndSet(null);
            return waiting != null ? waiting : make.get();
        }

        /** Takes states back, without the caller's fields. */
        void give(States states) {
            states.forget();
            spare.set(states);
        }
    }

    /** States, of which the first {@code levels} are the caller's outputs and the last is a spare one. */
    final Field[] ring;
    final Field[] fixed;
    final MemorySegment[] ringMemory;
    final MemorySegment[] fixedMemory;
    private final Field spare;
    /** Which of the fixed fields is the caller's, or below 0. */
    private final int result;

    /** Allocates the spare state and the scratch places. */
    States(Space space, Precision precision, int levels, List<Place> fixed) {
        Fields fields = Fields.automatic().precision(precision);
        this.spare = fields.of(space.type(), space.grid());
        this.result = fixed.indexOf(Place.RESULT);
        this.ring = new Field[levels + 1];
        this.ringMemory = new MemorySegment[levels + 1];
        this.fixed = new Field[fixed.size()];
        this.fixedMemory = new MemorySegment[fixed.size()];
        for (int k = 0; k < ring.length; k++) {
            state(k, spare);
        }
        for (int k = 0; k < this.fixed.length; k++) {
            Place place = fixed.get(k);
            boolean scratch = place.kind == Place.Kind.SCRATCH;
            keep(k, scratch ? fields.of(space.type(), space.grid()) : place.field == null ? spare : place.field);
        }
    }

    /** Adds a place to those of a recursion; returns its number. */
    static int place(List<Place> fixed, Place place) {
        fixed.add(place);
        return Recursion.FIXED + fixed.size() - 1;
    }

    void state(int k, Field field) {
        ring[k] = field;
        ringMemory[k] = field.segment();
    }

    /** Whether one of the fixed places is the caller's. */
    boolean hasResult() {
        return result >= 0;
    }

    void result(Field field) {
        keep(result, field);
    }

    private void keep(int k, Field field) {
        fixed[k] = field;
        fixedMemory[k] = field.segment();
    }

    /** Lets go of the caller's fields. */
    private void forget() {
        for (int k = 0; k < ring.length; k++) {
            state(k, spare);
        }
        if (hasResult()) {
            result(spare);
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
