package org.isotrope.autodiff;

import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.SplineWeights;
import org.jspecify.annotations.Nullable;

/** {@code y_pc = Σ_j W_j(x_p) f_c(j)}. */
record InterpolationNode(FieldVariable f, ArrayVariable positions, SplineWeights weights, ArrayVariable y)
        implements Node {
    private int points() {
        return positions.size() / weights.dimension();
    }

    private int components() {
        return f.value().components();
    }

    @Override
    public void forward() {
        interpolate(f.value(), y.sharedValue());
    }

    private void interpolate(Field field, double[] values) {
        long size = field.grid().size();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, false);
            for (int c = 0; c < components(); c++) {
                double sum = 0;
                for (int k = 0; k < weights.count(); k++) {
                    sum += weights.weight(k) * field.getFlat(c * size + weights.flat(k));
                }
                values[p * components() + c] = sum;
            }
        }
    }

    @Override
    public void backward() {
        pullback(y.sharedGradient(), f.isDifferentiable() ? f.gradient() : null,
                positions.isDifferentiable() ? positions.sharedGradient() : null);
    }

    private void pullback(
            double[] adjoint, @Nullable Field toField,
            double @Nullable [] toPositions) {
        Field field = f.value();
        long size = field.grid().size();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, true);
            for (int c = 0; c < components(); c++) {
                double seed = adjoint[p * components() + c];
                for (int k = 0; k < weights.count(); k++) {
                    long at = c * size + weights.flat(k);
                    if (toField != null) {
                        toField.setFlat(at, toField.getFlat(at) + weights.weight(k) * seed);
                    }
                    if (toPositions != null) {
                        weights.addSlope(k, seed * field.getFlat(at), toPositions, p * weights.dimension());
                    }
                }
            }
        }
    }

    @Override
    public void tangent() {
        double[] tangent = y.sharedTangent();
        if (f.isDifferentiable()) {
            interpolate(f.tangent(), tangent);
        } else {
            Arrays.fill(tangent, 0);
        }
        if (!positions.isDifferentiable()) {
            return;
        }
        Field field = f.value();
        long size = field.grid().size();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, true);
            for (int k = 0; k < weights.count(); k++) {
                double moved = weights.slope(k, positions.sharedTangent(), p * weights.dimension());
                for (int c = 0; c < components(); c++) {
                    tangent[p * components() + c] += moved * field.getFlat(c * size + weights.flat(k));
                }
            }
        }
    }

    @Override
    public void backwardTangent() {
        pullback(y.sharedGradientTangent(), f.isDifferentiable() ? f.gradientTangent() : null,
                positions.isDifferentiable() ? positions.sharedGradientTangent() : null);
        if (!positions.isDifferentiable()) {
            return;
        }
        Field field = f.value();
        long size = field.grid().size();
        int d = weights.dimension();
        double[] direction = positions.sharedTangent();
        double[] result = positions.sharedGradientTangent();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, true);
            for (int c = 0; c < components(); c++) {
                double seed = y.sharedGradient()[p * components() + c];
                for (int k = 0; k < weights.count(); k++) {
                    long at = c * size + weights.flat(k);
                    weights.addCurvature(k, seed * field.getFlat(at), direction, result, p * d);
                    if (f.isDifferentiable()) {
                        Field gradient = f.gradientTangent();
                        gradient.setFlat(at, gradient.getFlat(at) + seed * weights.slope(k, direction, p * d));
                        weights.addSlope(k, seed * f.tangent().getFlat(at), result, p * d);
                    }
                }
            }
        }
    }
}
