package org.isotrope.autodiff.time;

import java.util.List;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Variable;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.time.Tableau;

/**
 * The adjoint of one explicit Runge–Kutta step. With ū′ the adjoint of the state after it: {@code k̄_i = h b_i ū′},
 * then from the last stage to the first the pullback ū_i of k̄_i through f at the stage's state goes into
 * {@code ū += ū_i} and {@code k̄_j += h a_ij ū_i}.
 */
final class ReverseStep {
    private final TapedSystem system;
    private final Tableau tableau;
    private final List<Object> totals;
    private final Field[] stages;
    private final Field[] rates;

    ReverseStep(TapedSystem system, Tableau tableau, Field model, List<Object> totals) {
        this.system = system;
        this.tableau = tableau;
        this.totals = totals;
        this.stages = new Field[used(tableau)];
        this.rates = new Field[stages.length];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = Fields.automatic().like(model);
            rates[i] = Fields.automatic().like(model);
        }
    }

    /** The number of stages without those at the end that only serve the error estimate. */
    static int used(Tableau tableau) {
        int used = tableau.stages();
        while (tableau.b(used - 1) == 0) {
            used--;
        }
        return used;
    }

    /** Turns the adjoint of the state after the step into that of the state before it. */
    void run(double t, double h, Field before, Field adjoint) {
        for (int i = 0; i < stages.length; i++) {
            stages[i].copyFrom(before);
            for (int j = 0; j < i; j++) {
                add(h * tableau.a(i, j), rates[j], stages[i]);
            }
            system.rate(t + tableau.c(i) * h, stages[i], rates[i]);
        }
        // the rates are not needed any more: their memory takes the adjoints k̄
        for (int i = 0; i < rates.length; i++) {
            Arithmetic.scale(h * tableau.b(i), adjoint, rates[i]);
        }
        for (int i = rates.length - 1; i >= 0; i--) {
            if (i == rates.length - 1) {
                // the tape still holds this stage
                system.pullback(rates[i]);
            } else {
                system.pullback(t + tableau.c(i) * h, stages[i], rates[i]);
            }
            Arithmetic.addScaled(1, system.stateGradient(), adjoint);
            for (int j = 0; j < i; j++) {
                add(h * tableau.a(i, j), system.stateGradient(), rates[j]);
            }
            addParameters();
        }
    }

    private static void add(double factor, Field x, Field y) {
        if (factor != 0) {
            Arithmetic.addScaled(factor, x, y);
        }
    }

    private void addParameters() {
        for (int p = 0; p < totals.size(); p++) {
            Variable parameter = system.parameters().get(p);
            switch (parameter) {
                case ArrayVariable array -> {
                    double[] total = (double[]) totals.get(p);
                    for (int i = 0; i < total.length; i++) {
                        total[i] += array.gradient(i);
                    }
                }
                case FieldVariable field -> Arithmetic.addScaled(1, field.gradient(), (Field) totals.get(p));
            }
        }
    }
}
