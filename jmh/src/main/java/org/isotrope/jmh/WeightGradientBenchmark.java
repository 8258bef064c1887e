package org.isotrope.jmh;

import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.ShellPlan;
import org.isotrope.kernels.radial.Radial;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The gradient of a radial operator in its values on shells, beside the operator itself: k = 2r + 1 nodes wide on n³ values.
 */
public class WeightGradientBenchmark extends Workbench {
    /** Reach in nodes. */
    @Param("3")
    public int radius;

    /** Nodes along each axis. */
    @Param("128")
    public int n;

    private Field in;
    private Field out;
    private Plan forward;
    private Plan adjoint;
    private ShellPlan shells;
    private double[] gradient;

    @Setup
    public void setup() {
        Grid grid = bounded(3, n);
        RadialOperator operator = Operators.radial(grid, Radial.of("e⁻ʳ", r -> Math.exp(-r)).within(radius));
        forward = operator.plan(precision, Execution.serial());
        adjoint = operator.adjoint().plan(precision, Execution.serial());
        shells = operator.shellPlan(precision, Execution.serial());
        gradient = new double[operator.values().length];
        in = smooth(FieldType.SCALAR, grid);
        out = smooth(FieldType.SCALAR, grid);
    }

    @Benchmark
    public void isotropeForward() {
        forward.apply(in, out);
    }

    @Benchmark
    public void adjointInInput() {
        adjoint.apply(in, out);
    }

    @Benchmark
    public double[] gradientInValues() {
        shells.addShellGradient(in, out, gradient);
        return gradient;
    }
}
