package org.isotrope.autodiff.learn;

import java.util.random.RandomGenerator;
import org.isotrope.autodiff.Dual;

/** See {@link RadialModel#formula}. */
record FormulaModel(String name, double cutoff, double[] start, RadialModel.Formula formula) implements RadialModel {
    FormulaModel {
        LinearModel.requireCutoff(cutoff, 0);
        LinearModel.requireCount(start.length, 1);
    }

    @Override
    public int parameters() {
        return start.length;
    }

    @Override
    public double[] initial(RandomGenerator random) {
        return start.clone();
    }

    private Dual at(double[] p, double[] pTangent, int unit, double r) {
        Dual[] parameters = new Dual[p.length];
        for (int i = 0; i < p.length; i++) {
            parameters[i] = new Dual(p[i], i == unit ? 1 : 0, pTangent[i], 0);
        }
        return formula.value(Dual.constant(r), parameters);
    }

    @Override
    public void values(double[] p, double[] r, double[] values) {
        double[] none = new double[p.length];
        for (int k = 0; k < r.length; k++) {
            values[k] = at(p, none, -1, r[k]).value();
        }
    }

    @Override
    public void pullback(double[] p, double[] r, double[] valuesAdjoint, double[] parametersAdjoint) {
        double[] none = new double[p.length];
        for (int k = 0; k < r.length; k++) {
            for (int i = 0; i < p.length; i++) {
                parametersAdjoint[i] += valuesAdjoint[k] * at(p, none, i, r[k]).first();
            }
        }
    }

    @Override
    public void pullbackTangent(
            double[] p, double[] pTangent, double[] r, double[] valuesAdjoint, double[] parametersAdjointTangent) {
        for (int k = 0; k < r.length; k++) {
            for (int i = 0; i < p.length; i++) {
                parametersAdjointTangent[i] += valuesAdjoint[k] * at(p, pTangent, i, r[k]).mixed();
            }
        }
    }

    @Override
    public boolean isLinear() {
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
