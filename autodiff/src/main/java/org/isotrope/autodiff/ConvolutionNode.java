package org.isotrope.autodiff;

import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.ShellConvolution;
import org.isotrope.kernels.ShellPlan;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = A(R) x}, {@code x̄ += A(R)ᵀ ȳ}, {@code R̄ += ∂⟨ȳ, A(R) x⟩/∂R}; bilinear in R and x. New values of R only
 * replace the weights of a plan that is made once.
 */
final class ConvolutionNode implements Node {
    private final ShellConvolution model;
    private final ArrayVariable values;
    private final FieldVariable x;
    private final FieldVariable y;
    private final Field contribution;
    private final ShellPlan plan;
    private final double[] current;
    /** With the tangents of the values for values; only where derivatives of these are asked for. */
    private @Nullable ShellPlan moved;
    private @Nullable Field tangentContribution;

    ConvolutionNode(ShellConvolution model, ArrayVariable values, FieldVariable x, FieldVariable y) {
        this.model = model;
        this.current = model.values();
        this.values = values;
        this.x = x;
        this.y = y;
        this.contribution = Fields.automatic().like(x.value());
        this.plan = plan(model, x.value().precision());
    }

    @Override
    public void forward() {
        double[] now = values.sharedValue();
        if (!Arrays.equals(current, now)) {
            plan.setValues(now);
            System.arraycopy(now, 0, current, 0, now.length);
        }
        plan.apply(x.value(), y.value());
    }

    @Override
    public void backward() {
        if (x.isDifferentiable()) {
            addTransposed(plan, y.gradient(), x.gradient());
        }
        if (values.isDifferentiable()) {
            plan.addShellGradient(x.value(), y.gradient(), values.sharedGradient());
        }
    }

    @Override
    public void tangent() {
        if (x.isDifferentiable()) {
            plan.apply(x.tangent(), y.tangent());
        } else {
            y.clearTangent();
        }
        if (values.isDifferentiable()) {
            if (tangentContribution == null) {
                tangentContribution = Fields.automatic().like(y.value());
            }
            moved().apply(x.value(), tangentContribution);
            Arithmetic.addScaled(1, tangentContribution, y.tangent());
        }
    }

    @Override
    public void backwardTangent() {
        if (x.isDifferentiable()) {
            addTransposed(plan, y.gradientTangent(), x.gradientTangent());
            if (values.isDifferentiable()) {
                addTransposed(moved(), y.gradient(), x.gradientTangent());
                plan.addShellGradient(x.tangent(), y.gradient(), values.sharedGradientTangent());
            }
        }
        if (values.isDifferentiable()) {
            plan.addShellGradient(x.value(), y.gradientTangent(), values.sharedGradientTangent());
        }
    }

    private ShellPlan moved() {
        ShellPlan known = moved;
        if (known == null) {
            known = plan(model, x.value().precision());
            moved = known;
        }
        known.setValues(values.sharedTangent());
        return known;
    }

    private void addTransposed(ShellPlan transposed, Field from, Field to) {
        transposed.applyAdjoint(from, contribution);
        Arithmetic.addScaled(1, contribution, to);
    }

    /** Large kernels may go by spectra, whose rounding is relative to the largest input. */
    private static ShellPlan plan(ShellConvolution model, Precision precision) {
        double rounding = precision == Precision.FLOAT ? 1e-6 : 1e-14;
        return model.shellPlan(precision, Execution.standard().allowing(rounding));
    }
}
