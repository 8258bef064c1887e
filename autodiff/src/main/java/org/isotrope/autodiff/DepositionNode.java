package org.isotrope.autodiff;

import org.isotrope.grids.Field;
import org.isotrope.grids.SplineWeights;
import org.jspecify.annotations.Nullable;

/** {@code y_c(j) = Σ_p q_pc W_j(x_p) / V_j}. */
record DepositionNode(ArrayVariable charges, ArrayVariable positions, SplineWeights weights, FieldVariable y)
        implements Node {
    private int points() {
        return positions.size() / weights.dimension();
    }

    private int components() {
        return y.value().components();
    }

    @Override
    public void forward() {
        Field field = y.value();
        field.segment().fill((byte) 0);
        deposit(charges.sharedValue(), field);
    }

    private void deposit(double[] amounts, Field field) {
        long size = field.grid().size();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, false);
            for (int c = 0; c < components(); c++) {
                double amount = amounts[p * components() + c];
                for (int k = 0; k < weights.count(); k++) {
                    long at = c * size + weights.flat(k);
                    field.setFlat(at, field.getFlat(at) + amount * weights.weight(k) / weights.volume(k));
                }
            }
        }
    }

    @Override
    public void backward() {
        pullback(y.gradient(), charges.isDifferentiable() ? charges.sharedGradient() : null,
                positions.isDifferentiable() ? positions.sharedGradient() : null);
    }

    private void pullback(
            Field adjoint, double @Nullable [] toCharges,
            double @Nullable [] toPositions) {
        long size = adjoint.grid().size();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, true);
            for (int c = 0; c < components(); c++) {
                int i = p * components() + c;
                for (int k = 0; k < weights.count(); k++) {
                    double seed = adjoint.getFlat(c * size + weights.flat(k)) / weights.volume(k);
                    if (toCharges != null) {
                        toCharges[i] += weights.weight(k) * seed;
                    }
                    if (toPositions != null) {
                        weights.addSlope(k, charges.value(i) * seed, toPositions, p * weights.dimension());
                    }
                }
            }
        }
    }

    @Override
    public void tangent() {
        Field tangent = y.clearTangent();
        if (charges.isDifferentiable()) {
            deposit(charges.sharedTangent(), tangent);
        }
        if (!positions.isDifferentiable()) {
            return;
        }
        long size = tangent.grid().size();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, true);
            for (int k = 0; k < weights.count(); k++) {
                double moved = weights.slope(k, positions.sharedTangent(), p * weights.dimension())
                        / weights.volume(k);
                for (int c = 0; c < components(); c++) {
                    long at = c * size + weights.flat(k);
                    tangent.setFlat(at, tangent.getFlat(at) + charges.value(p * components() + c) * moved);
                }
            }
        }
    }

    @Override
    public void backwardTangent() {
        pullback(y.gradientTangent(), charges.isDifferentiable() ? charges.sharedGradientTangent() : null,
                positions.isDifferentiable() ? positions.sharedGradientTangent() : null);
        if (!positions.isDifferentiable()) {
            return;
        }
        Field adjoint = y.gradient();
        long size = adjoint.grid().size();
        int d = weights.dimension();
        double[] direction = positions.sharedTangent();
        double[] result = positions.sharedGradientTangent();
        for (int p = 0; p < points(); p++) {
            weights.locate(positions.sharedValue(), p, true);
            for (int c = 0; c < components(); c++) {
                int i = p * components() + c;
                for (int k = 0; k < weights.count(); k++) {
                    double seed = adjoint.getFlat(c * size + weights.flat(k)) / weights.volume(k);
                    weights.addCurvature(k, charges.value(i) * seed, direction, result, p * d);
                    if (charges.isDifferentiable()) {
                        charges.sharedGradientTangent()[i] += seed * weights.slope(k, direction, p * d);
                        weights.addSlope(k, seed * charges.sharedTangent()[i], result, p * d);
                    }
                }
            }
        }
    }
}
