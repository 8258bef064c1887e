package org.isotrope.autodiff.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.time.Tableau;

/**
 * One explicit Runge–Kutta step together with its derivative along a direction: {@code k_i = f(u_i)} and
 * {@code k̇_i = (∂f/∂u) u̇_i + (∂f/∂θ) θ̇} with {@code u_i = u + h Σ a_ij k_j} and {@code u̇_i = u̇ + h Σ a_ij k̇_j}.
 */
final class ForwardStep {
    private final TapedSystem system;
    private final Tableau tableau;
    private final Field stage;
    private final Field stageTangent;
    private final Field[] rates;
    private final Field[] rateTangents;

    ForwardStep(TapedSystem system, Tableau tableau, Field model) {
        this.system = system;
        this.tableau = tableau;
        this.stage = Fields.automatic().like(model);
        this.stageTangent = Fields.automatic().like(model);
        this.rates = new Field[ReverseStep.used(tableau)];
        this.rateTangents = new Field[rates.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = Fields.automatic().like(model);
            rateTangents[i] = Fields.automatic().like(model);
        }
    }

    /** Turns state and tangent before the step into those after it. */
    void run(double t, double h, Field state, Field tangent) {
        for (int i = 0; i < rates.length; i++) {
            stage.copyFrom(state);
            stageTangent.copyFrom(tangent);
            for (int j = 0; j < i; j++) {
                if (tableau.a(i, j) != 0) {
                    Arithmetic.addScaled(h * tableau.a(i, j), rates[j], stage);
                    Arithmetic.addScaled(h * tableau.a(i, j), rateTangents[j], stageTangent);
                }
            }
            system.tangent(t + tableau.c(i) * h, stage, stageTangent, rates[i], rateTangents[i]);
        }
        for (int i = 0; i < rates.length; i++) {
            if (tableau.b(i) != 0) {
                Arithmetic.addScaled(h * tableau.b(i), rates[i], state);
                Arithmetic.addScaled(h * tableau.b(i), rateTangents[i], tangent);
            }
        }
    }
}
