package org.isotrope.laws;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.stencil.Stencil;

/** Factories as they might be added tomorrow, and not good ones. */
public final class Newcomer {
    private Newcomer() {}

    /**
     * Leans to one side by a millionth.
     *
     * @param grid any grid
     * @return scalar → scalar
     */
    public static LinearOperator leaning(Grid grid) {
        int d = grid.dimension();
        Stencil stencil = Stencil.builder(d, 1, 1)
                .tap(0, 0, 1, new int[d])
                .tap(0, 0, 1e-6, IntStream.range(0, d).map(a -> a == 0 ? 1 : 0).toArray())
                .build();
        return Operators.stencil(stencil, grid, FieldType.SCALAR, FieldType.SCALAR, Boundaries.all(Boundary.zero()));
    }

    /**
     * Takes what nobody else takes.
     *
     * @param grid any grid
     * @param name not used
     * @return scalar → scalar
     */
    public static LinearOperator named(Grid grid, StringBuilder name) {
        return Operators.identity(grid, FieldType.SCALAR);
    }

    /**
     * Hands out operators in a list.
     *
     * @param grid any grid
     * @return scalar → scalar
     */
    public static List<LinearOperator> several(Grid grid) {
        return List.of(leaning(grid));
    }

    /**
     * Hands out an operator on demand.
     *
     * @param grid any grid
     * @return gives scalar → scalar
     */
    public static Supplier<? extends LinearOperator> later(Grid grid) {
        return () -> leaning(grid);
    }
}
