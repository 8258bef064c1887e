package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import boofcv.alg.filter.convolve.ConvolveImage;
import boofcv.core.image.border.FactoryImageBorder;
import boofcv.struct.border.BorderType;
import boofcv.struct.border.ImageBorder_F32;
import boofcv.struct.convolve.Kernel2D_F32;
import boofcv.struct.image.GrayF32;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Stencils on images against the filters of BoofCV, which correlates: rows are axis 0, columns axis 1. Its extended border
 * is {@code extrapolate(0)}, its wrapped one a periodic axis, and its reflected one repeats no edge, as {@code mirror()}.
 */
class ImageFilterLaws {
    private enum Border {
        ZERO(BorderType.ZERO, Boundary.zero()),
        EXTENDED(BorderType.EXTENDED, Boundary.extrapolate(0)),
        REFLECT(BorderType.REFLECT, Boundary.mirror()),
        WRAPPED(BorderType.WRAP, null);

        private final BorderType theirs;
        private final Boundary ours;

        Border(BorderType theirs, Boundary ours) {
            this.theirs = theirs;
            this.ours = ours;
        }

        Axis axis(int n) {
            return ours == null ? Axis.periodic(0, n, n) : Axis.uniform(0, n - 1, n);
        }
    }

    @Property(seed = "2108")
    void stencilsAreTheFiltersOfAnotherLibrary(
            @ForAll @IntRange(min = 4, max = 20) int rows, @ForAll @IntRange(min = 4, max = 40) int columns,
            @ForAll @IntRange(min = 1, max = 3) int radius, @ForAll @IntRange(max = 3) int which, @ForAll long seed) {
        Random random = new Random(seed);
        int width = 2 * radius + 1;
        Kernel2D_F32 kernel = new Kernel2D_F32(width);
        Stencil.Builder stencil = Stencil.builder(2, 1, 1);
        float weights = 0;
        for (int i = -radius; i <= radius; i++) {
            for (int j = -radius; j <= radius; j++) {
                float weight = random.nextFloat() - 0.5f;
                weights += Math.abs(weight);
                kernel.set(j + radius, i + radius, weight);
                stencil.tap(0, 0, weight, i, j);
            }
        }
        Border border = Border.values()[which];
        Grid grid = Grid.of(border.axis(rows), border.axis(columns));
        Field field = Fields.automatic().precision(Precision.FLOAT).scalar(grid);
        GrayF32 image = new GrayF32(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float value = random.nextFloat();
                image.set(j, i, value);
                field.set(value, 0, i, j);
            }
        }
        GrayF32 expected = new GrayF32(columns, rows);
        ConvolveImage.convolve(kernel, image, expected,
                (ImageBorder_F32) FactoryImageBorder.wrap(border.theirs, image));
        LinearOperator filter = Operators.stencil(stencil.build(), grid, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(border.ours == null ? Boundary.zero() : border.ours));
        Field found = filter.apply(field);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(Math.abs(found.get(0, i, j) - expected.get(j, i))).as("%s at %d, %d", border, i, j)
                        .isLessThanOrEqualTo(4e-6 * weights);
            }
        }
    }
}
