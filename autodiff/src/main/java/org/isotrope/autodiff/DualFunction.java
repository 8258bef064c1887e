package org.isotrope.autodiff;

/** See {@link ArrayFunction#of}. */
record DualFunction(int results, ArrayFunction.Formula formula) implements ArrayFunction {
    DualFunction {
        if (results < 1) {
            throw new IllegalArgumentException("number of results is " + results + "; it had to be at least 1");
        }
    }

    /** Evaluates with unit derivative in one argument (none for −1) and ẋ as the other direction. */
    private Dual[] evaluate(double[] x, int unit, double[] xTangent) {
        Dual[] arguments = new Dual[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = new Dual(x[i], i == unit ? 1 : 0, xTangent[i], 0);
        }
        Dual[] y = formula.value(arguments);
        if (y.length != results) {
            throw new IllegalArgumentException("formula gave " + y.length + " results; it had to give " + results);
        }
        return y;
    }

    @Override
    public void value(double[] x, double[] y) {
        Dual[] result = evaluate(x, -1, new double[x.length]);
        for (int j = 0; j < results; j++) {
            y[j] = result[j].value();
        }
    }

    @Override
    public void pullback(double[] x, double[] yAdjoint, double[] xAdjoint) {
        double[] none = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            Dual[] y = evaluate(x, i, none);
            for (int j = 0; j < results; j++) {
                xAdjoint[i] += yAdjoint[j] * y[j].first();
            }
        }
    }

    @Override
    public void pushforward(double[] x, double[] xTangent, double[] yTangent) {
        Dual[] y = evaluate(x, -1, xTangent);
        for (int j = 0; j < results; j++) {
            yTangent[j] = y[j].other();
        }
    }

    @Override
    public void pullbackTangent(double[] x, double[] xTangent, double[] yAdjoint, double[] xAdjointTangent) {
        for (int i = 0; i < x.length; i++) {
            Dual[] y = evaluate(x, i, xTangent);
            for (int j = 0; j < results; j++) {
                xAdjointTangent[i] += yAdjoint[j] * y[j].mixed();
            }
        }
    }
}
