package org.isotrope.kernels;

import java.util.concurrent.atomic.AtomicReference;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;

/** One intermediate field of a plan; callers that come at the same time get another one each. */
final class Scratch {
    private final Space space;
    private final Precision precision;
    private final AtomicReference<Field> free = new AtomicReference<>();

    Scratch(Space space, Precision precision) {
        this.space = space;
        this.precision = precision;
        give(allocate());
    }

    private Field allocate() {
        return Fields.automatic().precision(precision).of(space.type(), space.grid());
    }

    Field take() {
        Field field = free.getAndSet(null);
        return field != null ? field : allocate();
    }

    void give(Field field) {
        free.set(field);
    }
}
