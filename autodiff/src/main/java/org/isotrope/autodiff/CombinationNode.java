package org.isotrope.autodiff;

import org.isotrope.kernels.Arithmetic;

/** {@code y = Σ c_k x_k}, {@code x̄_k += c_k ȳ}, {@code c̄_k += ⟨ȳ, x_k⟩}. */
record CombinationNode(ArrayVariable coefficients, FieldVariable[] terms, FieldVariable y) implements Node {
    @Override
    public void forward() {
        Arithmetic.scale(coefficients.value(0), terms[0].value(), y.value());
        for (int k = 1; k < terms.length; k++) {
            Arithmetic.addScaled(coefficients.value(k), terms[k].value(), y.value());
        }
    }

    @Override
    public void backward() {
        for (int k = 0; k < terms.length; k++) {
            Tape.accumulate(terms[k], coefficients.value(k), y.gradient());
            if (coefficients.isDifferentiable()) {
                coefficients.sharedGradient()[k] += Arithmetic.dot(y.gradient(), terms[k].value());
            }
        }
    }

    @Override
    public void tangent() {
        y.clearTangent();
        for (int k = 0; k < terms.length; k++) {
            if (terms[k].isDifferentiable()) {
                Arithmetic.addScaled(coefficients.value(k), terms[k].tangent(), y.tangent());
            }
            if (coefficients.isDifferentiable()) {
                Arithmetic.addScaled(coefficients.sharedTangent()[k], terms[k].value(), y.tangent());
            }
        }
    }

    @Override
    public void backwardTangent() {
        boolean both = coefficients.isDifferentiable();
        for (int k = 0; k < terms.length; k++) {
            FieldVariable term = terms[k];
            if (both) {
                coefficients.sharedGradientTangent()[k] += Arithmetic.dot(y.gradientTangent(), term.value());
            }
            if (term.isDifferentiable()) {
                Arithmetic.addScaled(coefficients.value(k), y.gradientTangent(), term.gradientTangent());
                if (both) {
                    Arithmetic.addScaled(coefficients.sharedTangent()[k], y.gradient(), term.gradientTangent());
                    coefficients.sharedGradientTangent()[k] += Arithmetic.dot(y.gradient(), term.tangent());
                }
            }
        }
    }
}
