package org.isotrope.autodiff.learn;

import org.isotrope.autodiff.ArrayFunction;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.autodiff.optimise.StreamedQr;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Shells;
import org.jspecify.annotations.Nullable;

/**
 * A radial convolution whose radial function has parameters: linear, translation and rotation equivariant whatever they
 * are.
 */
public final class LearnedOperator {
    private final RadialOperator structure;
    private final RadialModel model;
    private final double[] radii;

    private LearnedOperator(RadialOperator structure, RadialModel model) {
        this.structure = structure;
        this.model = model;
        this.radii = structure.shells().radii();
    }

    /**
     * A learned convolution that sees zeros beyond walls.
     *
     * @param grid all axes uniform
     * @param model the radial function
     * @param in type of the input
     * @param out type of the output; see {@link RadialOperator} for the products
     * @return in → out
     */
    public static LearnedOperator of(Grid grid, RadialModel model, FieldType in, FieldType out) {
        return of(grid, model, in, out, Boundaries.all(Boundary.zero()));
    }

    /**
     * A learned convolution.
     *
     * @param grid all axes uniform
     * @param model the radial function
     * @param in type of the input
     * @param out type of the output; see {@link RadialOperator} for the products
     * @param boundaries what lies beyond walls
     * @return in → out
     */
    public static LearnedOperator of(
            Grid grid, RadialModel model, FieldType in, FieldType out, Boundaries boundaries) {
        Shells shells = Shells.of(grid, model.cutoff());
        double[] zeros = new double[shells.count()];
        return new LearnedOperator(Operators.radial(shells, zeros, in, out, boundaries), model);
    }

    /**
     * The radial function.
     *
     * @return the model
     */
    public RadialModel model() {
        return model;
    }

    /**
     * The shells on which the radial function takes values.
     *
     * @return the shells
     */
    public Shells shells() {
        return structure.shells();
    }

    /**
     * What the operator maps from.
     *
     * @return grid and type of inputs
     */
    public Space domain() {
        return structure.domain();
    }

    /**
     * What the operator maps to.
     *
     * @return grid and type of outputs
     */
    public Space range() {
        return structure.range();
    }

    /**
     * The value of the radial function on each shell.
     *
     * @param parameters of the model
     * @return R(r_s), fresh
     */
    public double[] values(double... parameters) {
        requireParameters(parameters.length);
        double[] values = new double[radii.length];
        model.values(parameters, radii, values);
        return values;
    }

    /**
     * The operator at given parameters.
     *
     * @param parameters of the model
     * @return a plain operator
     */
    public RadialOperator at(double... parameters) {
        return structure.withValues(values(parameters));
    }

    /**
     * Records the convolution on a tape.
     *
     * @param parameters of the model, on the tape
     * @param x of the domain
     * @return the convolution, differentiable in both
     */
    public FieldVariable record(ArrayVariable parameters, FieldVariable x) {
        requireParameters(parameters.size());
        Tape tape = x.tape();
        return tape.convolve(structure, tape.map(new Values(), parameters), x);
    }

    /**
     * The matrix of the linear map from parameters to outputs for one input, so that {@code A(p) f = D p}.
     *
     * @param in f, of the domain
     * @return D by columns: one array of stored output values a parameter
     * @throws IllegalStateException if the model is not linear
     */
    public double[][] design(Field in) {
        if (!model.isLinear()) {
            throw new IllegalStateException("model is a " + model + "; it had to be linear in its parameters");
        }
        domain().require(in, "in");
        double[][] columns = new double[model.parameters()][];
        Field out = Fields.automatic().precision(in.precision()).of(range().type(), range().grid());
        for (int p = 0; p < columns.length; p++) {
            double[] unit = new double[columns.length];
            unit[p] = 1;
            at(unit).apply(in, out);
            columns[p] = out.toArray();
        }
        return columns;
    }

    /**
     * Finds the parameters that map a sample's input to its output best, by linear least squares.
     *
     * @param method how to solve
     * @param in f, of the domain
     * @param out y, of the range in the same precision
     * @return the parameters, and what about them the sample determines
     * @throws IllegalStateException if the model is not linear
     */
    public LeastSquaresSolution fit(LeastSquares method, Field in, Field out) {
        range().require(out, "out");
        double[][] columns = design(in);
        StreamedQr rows = StreamedQr.columns(columns.length);
        double[] row = new double[columns.length];
        for (int i = 0; i < out.count(); i++) {
            for (int p = 0; p < row.length; p++) {
                row[p] = columns[p][i];
            }
            rows.append(row, out.getFlat(i));
        }
        return method.solve(rows);
    }

    private void requireParameters(int count) {
        if (count != model.parameters()) {
            throw new IllegalArgumentException("parameters are " + count + "; there had to be " + model.parameters()
                    + " for a " + model);
        }
    }

    private final class Values implements ArrayFunction {
        /** The functions of a basis at the radii, which do not change; null for other models. */
        private final double @Nullable [][] table = model instanceof LinearModel linear ? linear.table(radii) : null;

        @Override
        public int results() {
            return radii.length;
        }

        @Override
        public void value(double[] x, double[] y) {
            if (table == null) {
                model.values(x, radii, y);
                return;
            }
            for (int k = 0; k < y.length; k++) {
                y[k] = 0;
                for (int n = 0; n < x.length; n++) {
                    y[k] += x[n] * table[k][n];
                }
            }
        }

        @Override
        public void pushforward(double[] x, double[] xTangent, double[] yTangent) {
            if (table == null) {
                ArrayFunction.super.pushforward(x, xTangent, yTangent);
            } else {
                value(xTangent, yTangent);
            }
        }

        @Override
        public void pullback(double[] x, double[] yAdjoint, double[] xAdjoint) {
            if (table == null) {
                model.pullback(x, radii, yAdjoint, xAdjoint);
                return;
            }
            for (int k = 0; k < yAdjoint.length; k++) {
                for (int n = 0; n < xAdjoint.length; n++) {
                    xAdjoint[n] += yAdjoint[k] * table[k][n];
                }
            }
        }

        @Override
        public void pullbackTangent(double[] x, double[] xTangent, double[] yAdjoint, double[] xAdjointTangent) {
            model.pullbackTangent(x, xTangent, radii, yAdjoint, xAdjointTangent);
        }

        @Override
        public String toString() {
            return model.toString();
        }
    }
}
