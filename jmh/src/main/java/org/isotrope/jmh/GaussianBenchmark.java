package org.isotrope.jmh;

import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.stencil.Stencil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A Gaussian of σ = 2 nodes on n³ values, its radius from a lost mass of 1e-6, as a product along the axes.
 */
public class GaussianBenchmark extends Workbench {
    /** In nodes: beyond it lies 1e-6 of the mass of a Gaussian of σ = 2 along each axis. */
    private static final int RADIUS = 10;

    /** Nodes along each axis. */
    @Param("256")
    public int n;

    private Field in;
    private Field out;
    private Plan plan;

    @Setup
    public void setup() {
        Grid grid = bounded(3, n);
        Stencil.Builder cube = Stencil.builder(3, 1, 1);
        for (int x = -RADIUS; x <= RADIUS; x++) {
            for (int y = -RADIUS; y <= RADIUS; y++) {
                for (int z = -RADIUS; z <= RADIUS; z++) {
                    cube.tap(0, 0, Math.exp(-(x * x + y * y + z * z) / 8.0), x, y, z);
                }
            }
        }
        plan = Operators.stencil(cube.build(), grid, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.zero())).plan(precision, Execution.serial().allowing(1e-6));
        in = smooth(FieldType.SCALAR, grid);
        out = empty(FieldType.SCALAR, grid);
    }

    @Benchmark
    public void isotrope() {
        plan.apply(in, out);
    }
}
