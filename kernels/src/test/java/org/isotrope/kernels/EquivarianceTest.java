package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Symmetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotating the input rotates the output, for every symmetry of the grid and everything the library makes. */
class EquivarianceTest {
    static Stream<Arguments> grids() {
        Axis bounded = Axis.uniform(-1, 1, 7);
        Axis ring = Axis.periodic(0, 1, 5);
        Axis cells = Axis.cells(0, 1, 4);
        // stretched towards both walls, the same from either end
        Axis stretched = Axis.nodes(-1, -0.9, -0.6, 0, 0.6, 0.9, 1);
        return Stream.of(
                Arguments.of(2, Grid.of(bounded)),
                Arguments.of(8, Grid.of(bounded, bounded)),
                Arguments.of(8, Grid.of(ring, ring)),
                Arguments.of(2, Grid.of(stretched)),
                Arguments.of(8, Grid.of(stretched, stretched)),
                Arguments.of(4, Grid.of(bounded, stretched)),
                Arguments.of(48, Grid.of(stretched, stretched, stretched)),
                Arguments.of(4, Grid.of(bounded, Axis.uniform(0, 1, 18))),
                // a rhombus: inversion, and the exchange of its axes with or without it
                Arguments.of(4, Grid.of(new double[][] {{1, 0.4}, {0.4, 1}}, bounded, bounded)),
                Arguments.of(48, Grid.of(cells, cells, cells)),
                Arguments.of(48, Grid.of(ring, ring, ring)),
                Arguments.of(16, Grid.of(cells, cells, ring)),
                // a rhombohedron: the exchanges of its axes, with or without inversion
                Arguments.of(12, Grid.of(new double[][] {{1, 0.2, 0.2}, {0.2, 1, 0.2}, {0.2, 0.2, 1}}, cells, cells,
                        cells)));
    }

    private static Field rotated(Symmetry symmetry, Field field) {
        Field out = Fields.automatic().like(field);
        symmetry.apply(field, out);
        return out;
    }

    private static double defect(LinearOperator operator, Symmetry symmetry) {
        Field in = Samples.random(operator.domain(), 51);
        return defect(operator, symmetry, in, operator.apply(in));
    }

    /** How far the image of a turned field is from the turned image. */
    private static double defect(LinearOperator operator, Symmetry symmetry, Field in, Field image) {
        Field first = operator.apply(rotated(symmetry, in));
        Field last = rotated(symmetry, image);
        return Samples.distance(first, last) / Samples.largest(last);
    }

    @ParameterizedTest
    @MethodSource("grids")
    void everyOperatorCommutesWithTheSymmetriesOfItsGrid(int symmetries, Grid grid) {
        assertThat(grid.symmetries()).hasSize(symmetries);
        // walls act axis by axis, so in space a few do
        List<Boundary> rules = grid.dimension() == 3
                ? List.of(Boundary.zero(), Boundary.extrapolate(2), Boundary.mixed(0.6))
                : Stream.concat(Samples.BOUNDARIES.stream(), Samples.CONDITIONS.stream()).toList();
        for (Boundary boundary : rules) {
            if (!Samples.fits(boundary, grid)) {
                continue;
            }
            for (Registry.Entry entry : Registry.operators(grid, Boundaries.all(boundary))) {
                if (!entry.equivariant()) {
                    continue;
                }
                require(entry.operator(), entry + ", " + boundary);
                // the adjoint of an orthogonally equivariant operator is one as well
                if (grid.dimension() < 3 && boundary.equals(Boundary.extrapolate(2))) {
                    require(entry.operator().adjoint(), "adjoint of " + entry);
                }
            }
        }
    }

    private static void require(LinearOperator operator, String name) {
        Field in = Samples.random(operator.domain(), 51);
        Field image = operator.apply(in);
        for (Symmetry symmetry : operator.domain().grid().symmetries()) {
            assertThat(defect(operator, symmetry, in, image)).as("%s under %s", name, symmetry).isLessThan(1e-12);
        }
    }

    @Test
    void theTestNoticesOperatorsThatSingleOutADirection() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 7), Axis.uniform(-1, 1, 7));
        Boundaries zero = Boundaries.all(Boundary.zero());
        for (Registry.Entry entry : Registry.operators(grid, zero)) {
            if (!entry.equivariant()) {
                assertThat(grid.symmetries().stream().mapToDouble(s -> defect(entry.operator(), s)).max().orElseThrow())
                        .as(entry.toString()).isGreaterThan(0.1);
            }
        }
        Boundaries uneven = zero.with(0, Boundaries.Side.LOW, Boundary.symmetric());
        LinearOperator gradient = Operators.gradient(grid, uneven);
        assertThat(grid.symmetries().stream().mapToDouble(s -> defect(gradient, s)).max().orElseThrow())
                .isGreaterThan(0.1);
    }
}
