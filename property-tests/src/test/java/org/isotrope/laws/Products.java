package org.isotrope.laws;

import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.FieldProduct;

/** Products of fields at a single place. */
final class Products {
    private Products() {}

    static double[] at(FieldProduct product, int dimension, double[] x, double[] y) {
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, Axis.singleton(0));
        Grid place = Grid.of(axes);
        Field out = Fields.automatic().of(product.out(), place);
        product.apply(field(product.first(), place, x), field(product.second(), place, y), out);
        return out.toArray();
    }

    private static Field field(FieldType type, Grid place, double[] values) {
        Field field = Fields.automatic().of(type, place);
        for (int c = 0; c < values.length; c++) {
            field.setFlat(c, values[c]);
        }
        return field;
    }
}
