package org.isotrope.kernels;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;

/** A field that does not change, in either precision. */
final class Constant {
    private final AtomicReferenceArray<Field> fields = new AtomicReferenceArray<>(Precision.values().length);
    private final Field given;

    Constant(Field given) {
        this.given = given;
        fields.set(given.precision().ordinal(), given);
    }

    Field in(Precision precision) {
        Field known = fields.get(precision.ordinal());
        if (known == null) {
            known = Fields.automatic().precision(precision).of(given.type(), given.grid()).copyFrom(given);
            fields.set(precision.ordinal(), known);
        }
        return known;
    }
}
