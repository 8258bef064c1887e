package org.isotrope.jmh;

import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.ShellPlan;
import org.isotrope.kernels.radial.Radial;

/**
 * A radial operator in its ball on n³ values; {@code gradient}, the gradient of ⟨ȳ, A f⟩ in its values on shells; and
 * {@code adjoint}, the gradient in f.
 */
final class ShellGradient extends Workload {
    private final int radius;

    private final Field outAdjoint;
    private double[] gradient = {};
    private long calls;

    ShellGradient(int radius, int n, Precision precision) {
        this.radius = radius;
        super(precision, 3, n, radius, Taps.Edges.ZERO);
        outAdjoint = random(FieldType.SCALAR, in.grid());
    }

    @Override
    RadialOperator operator(Grid grid) {
        return Operators.radial(grid, Radial.of("e⁻ʳ", r -> Math.exp(-r)).within(radius));
    }

    @Override
    Task other(String who) {
        return switch (who) {
            case "gradient" -> {
                RadialOperator operator = operator(in.grid());
                ShellPlan plan = operator.shellPlan(precision, Execution.serial());
                gradient = new double[operator.values().length];
                yield () -> {
                    plan.addShellGradient(in, outAdjoint, gradient);
                    calls++;
                };
            }
            case "adjoint" -> {
                LinearOperator adjoint = operator(in.grid()).adjoint();
                var plan = adjoint.plan(precision, Execution.serial());
                yield () -> plan.apply(in, out);
            }
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }

    @Override
    void verify(String who) {
        if (!who.equals("gradient")) {
            // a radial operator of even parity is its own adjoint
            super.verify(who);
            return;
        }
        // A is linear in its values: the gradient in the direction of the values is ⟨ȳ, A f⟩
        RadialOperator operator = operator(in.grid());
        double along = 0;
        for (int s = 0; s < gradient.length; s++) {
            along += gradient[s] * operator.values()[s] / calls;
        }
        Field image = empty(out.type(), out.grid());
        operator.plan(precision, Execution.serial()).apply(in, image);
        double expected = 0;
        for (long i = 0; i < image.count(); i++) {
            expected += image.getFlat(i) * outAdjoint.getFlat(i);
        }
        if (!(Math.abs(along - expected) <= 1e-4 * Math.abs(expected))) {
            throw new IllegalStateException("the gradient along the values is " + along + "; it had to be " + expected);
        }
    }
}
