package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.constraints.IntRange;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.laws.Samples.CubicGrid;
import org.isotrope.laws.Samples.Sample;

@Domain(Samples.class)
@Domain(DomainContext.Global.class)
class EquivarianceLaws {
    private static final Boundary[] RULES = {
        Boundary.zero(), Boundary.extrapolate(0), Boundary.extrapolate(2), Boundary.symmetric()
    };

    private static Field moved(Symmetry symmetry, Field field) {
        Field moved = Fields.automatic().like(field);
        symmetry.apply(field, moved);
        return moved;
    }

    private static double violation(LinearOperator operator, Symmetry symmetry, Field x) {
        Field first = operator.apply(moved(symmetry, x));
        Field last = moved(symmetry, operator.apply(x));
        return Samples.norm(Samples.difference(first, last)) / Samples.norm(last);
    }

    @Property(seed = "2108")
    void commuteWithEverySymmetryOfTheGrid(
            @ForAll CubicGrid cubic, @ForAll @IntRange(min = 0, max = 3) int rule, @ForAll long seed) {
        Grid grid = cubic.grid();
        assertThat(grid.symmetries()).hasSize(grid.dimension() == 2 ? 8 : 48);
        Sample sample = Samples.equivariant(grid, RULES[rule], seed);
        Field x = Samples.random(sample.operator().domain(), Precision.DOUBLE, seed);
        List<Symmetry> symmetries = grid.symmetries();
        // one in six, and all of them over the tries
        for (int s = (int) Math.floorMod(seed >> 8, 6L); s < symmetries.size(); s += 6) {
            assertThat(violation(sample.operator(), symmetries.get(s), x)).as(sample + " under " + symmetries.get(s))
                    .isLessThan(1e-12);
        }
    }

    /** The control: on unequal spacings the exchange of axes is no symmetry, and operators must show it. */
    @Property(seed = "2108")
    void anisotropicGridsHaveFewerSymmetries(@ForAll @IntRange(min = 5, max = 12) int n, @ForAll long seed) {
        Grid grid = Grid.of(Axis.uniform(0, 1, n), Axis.uniform(0, 1.3, n));
        assertThat(grid.symmetries()).hasSize(4);
        // the same samples as if both axes had the first spacing: now the exchange is taken for a symmetry
        Grid square = Grid.of(Axis.uniform(0, 1, n), Axis.uniform(0, 1, n));
        LinearOperator laplacian = Operators.laplacian(grid);
        Field x = Samples.random(laplacian.domain(), Precision.DOUBLE, seed);
        Symmetry exchange = square.symmetries().stream()
                .filter(symmetry -> symmetry.toString().equals("(y, x)"))
                .findFirst()
                .orElseThrow();
        Field exchanged = Fields.automatic().scalar(grid).fill(0);
        exchanged.segment().copyFrom(moved(exchange, onto(square, x)).segment());
        Field image = moved(exchange, onto(square, laplacian.apply(x)));
        Field imageOfExchanged = onto(square, laplacian.apply(exchanged));
        assertThat(Samples.norm(Samples.difference(image, imageOfExchanged)))
                .isGreaterThan(1e-3 * Samples.norm(image));
    }

    private static Field onto(Grid grid, Field field) {
        Field same = Fields.automatic().precision(field.precision()).of(field.type(), grid);
        same.segment().copyFrom(field.segment());
        return same;
    }

    @Property(seed = "2108")
    void commuteWithShiftsOfPeriodicGrids(
            @ForAll @IntRange(min = 4, max = 20) int n,
            @ForAll @IntRange(min = 0, max = 19) int shift,
            @ForAll long seed) {
        Grid grid = Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 2, n + 3));
        Sample sample = Samples.equivariant(grid, Boundary.zero(), seed);
        LinearOperator operator = sample.operator();
        Field x = Samples.random(operator.domain(), Precision.FLOAT, seed);
        Field first = operator.apply(shifted(x, shift));
        Field last = shifted(operator.apply(x), shift);
        assertThat(first.segment().mismatch(last.segment())).as(sample.name()).isEqualTo(-1);
    }

    private static Field shifted(Field field, int shift) {
        Field shifted = Fields.automatic().like(field);
        int[] shape = field.grid().shape();
        for (int c = 0; c < field.components(); c++) {
            for (int i = 0; i < shape[0]; i++) {
                for (int j = 0; j < shape[1]; j++) {
                    shifted.set(field.get(c, i, j), c, (i + shift) % shape[0], (j + 2 * shift) % shape[1]);
                }
            }
        }
        return shifted;
    }
}
