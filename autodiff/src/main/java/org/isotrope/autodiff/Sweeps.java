package org.isotrope.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.kernels.Arithmetic;

/** The variables and steps of a tape, and the passes over them. */
final class Sweeps {
    private final List<Variable> variables = new ArrayList<>();
    private final List<Variable> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    /** Steps that depend on an input. */
    private final List<Node> active = new ArrayList<>();
    private boolean guarded = true;

    <V extends Variable> V keep(V variable) {
        variables.add(variable);
        return variable;
    }

    <V extends Variable> V input(V variable) {
        inputs.add(variable);
        return keep(variable);
    }

    List<Variable> inputs() {
        return List.copyOf(inputs);
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    void add(Node node, boolean differentiable) {
        nodes.add(node);
        if (differentiable) {
            active.add(node);
        }
    }

    void use(Variable variable) {
        switch (variable) {
            case FieldVariable field -> field.use(guarded);
            case ArrayVariable array -> array.use();
        }
    }

    void guard(boolean on) {
        if (on && !guarded) {
            remember(true);
        }
        guarded = on;
    }

    private void remember(boolean fields) {
        for (int v = 0; v < variables.size(); v++) {
            switch (variables.get(v)) {
                case FieldVariable field -> {
                    if (fields) {
                        field.remember();
                    }
                }
                case ArrayVariable array -> array.remember();
            }
        }
    }

    void requireUnchanged() {
        for (int v = 0; v < variables.size(); v++) {
            Variable variable = variables.get(v);
            boolean changed = switch (variable) {
                case FieldVariable field -> guarded && field.hasChanged();
                case ArrayVariable array -> array.hasChanged();
            };
            if (changed) {
                throw new IllegalStateException(name(variable) + " has been changed since the results were computed"
                        + " from it; forward() had to run again before derivatives were asked for");
            }
        }
    }

    private String name(Variable variable) {
        int input = inputs.indexOf(variable);
        String what = switch (variable) {
            case FieldVariable field -> field.value().type() + " field";
            case ArrayVariable array -> "array of " + array.size();
        };
        return input < 0 ? "a constant, " + what + "," : "input " + input + ", " + what + ",";
    }

    void forward() {
        remember(guarded);
        for (int n = 0; n < nodes.size(); n++) {
            nodes.get(n).forward();
        }
    }

    void backward(ArrayVariable loss) {
        // a constant loss has no gradient to begin from
        loss.sharedGradient();
        clearGradients();
        loss.sharedGradient()[0] = 1;
        reverse();
    }

    void backward(FieldVariable y, Field adjoint) {
        clearGradients();
        y.gradient().copyFrom(adjoint);
        reverse();
    }

    private void clearGradients() {
        for (int v = 0; v < variables.size(); v++) {
            switch (variables.get(v)) {
                case FieldVariable field -> field.clearGradient();
                case ArrayVariable array -> array.clearGradient();
            }
        }
    }

    private void reverse() {
        for (int n = active.size() - 1; n >= 0; n--) {
            active.get(n).backward();
        }
    }

    void tangent() {
        for (int n = 0; n < active.size(); n++) {
            active.get(n).tangent();
        }
    }

    void clearTangents() {
        for (Variable input : inputs) {
            switch (input) {
                case FieldVariable field -> field.clearTangent();
                case ArrayVariable array -> array.setTangent(new double[array.size()]);
            }
        }
    }

    /** Differentiates the last backward pass, whose seed does not move. */
    double backwardTangent() {
        clearGradientTangents();
        reverseTangent();
        double curvature = 0;
        for (Variable input : inputs) {
            curvature += switch (input) {
                case FieldVariable field -> Arithmetic.dot(field.tangent(), field.gradientTangent());
                case ArrayVariable array -> dot(array.sharedTangent(), array.sharedGradientTangent());
            };
        }
        return curvature;
    }

    /** Differentiates the last backward pass, whose seed moves by {@code adjointTangent}. */
    void backwardTangent(FieldVariable y, Field adjointTangent) {
        clearGradientTangents();
        y.gradientTangent().copyFrom(adjointTangent);
        reverseTangent();
    }

    private void clearGradientTangents() {
        for (Variable variable : variables) {
            switch (variable) {
                case FieldVariable field -> field.clearGradientTangent();
                case ArrayVariable array -> array.clearGradientTangent();
            }
        }
    }

    private void reverseTangent() {
        for (int n = active.size() - 1; n >= 0; n--) {
            active.get(n).backwardTangent();
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
