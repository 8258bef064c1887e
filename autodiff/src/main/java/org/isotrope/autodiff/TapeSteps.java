package org.isotrope.autodiff;

import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.ShellConvolution;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.spectral.SpectralRadialOperator;
import org.isotrope.kernels.transport.UpwindAdvection;

/** The steps that a tape records: each computes at once and is remembered. */
abstract sealed class TapeSteps permits Tape {
    final Precision precision;
    final Fields fields;
    final Sweeps sweeps = new Sweeps();

    TapeSteps(Precision precision) {
        this.precision = precision;
        this.fields = Fields.automatic().precision(precision);
    }

    /** This tape. */
    abstract Tape tape();

    // fields to fields

    /**
     * Applies a linear operator; its reverse is the adjoint.
     *
     * @param operator the operator
     * @param x of its domain
     * @return {@code A x}
     */
    public FieldVariable apply(LinearOperator operator, FieldVariable x) {
        use(x);
        operator.domain().require(x.value(), "x");
        FieldVariable y = result(operator.range(), x.isDifferentiable());
        return record(y, new OperatorNode(operator, x, y));
    }

    /**
     * Convolves with a kernel whose values on shells are on the tape.
     *
     * @param model says shells, types and boundaries; its own values are not used
     * @param values R, one a shell for each radial function in turn
     * @param x of its domain
     * @return the convolution, differentiable in x and in the values
     */
    public FieldVariable convolve(ShellConvolution model, ArrayVariable values, FieldVariable x) {
        use(values);
        use(x);
        if (values.size() != model.values().length) {
            throw new IllegalArgumentException("values are " + values.size() + "; there had to be "
                    + model.values().length + ", one a shell for each radial function");
        }
        model.domain().require(x.value(), "x");
        FieldVariable y = result(model.range(), x.isDifferentiable() || values.isDifferentiable());
        return record(y, new ConvolutionNode(model, values, x, y));
    }

    /**
     * Multiplies waves by functions of their number whose values at knots are on the tape.
     *
     * @param model says knots and types; its own values are not used
     * @param values one a knot for each function in turn; new ones make new tables of factors
     * @param x of its domain
     * @return the result, differentiable in x and in the values
     */
    public FieldVariable convolve(SpectralRadialOperator model, ArrayVariable values, FieldVariable x) {
        use(values);
        use(x);
        if (values.size() != model.values().length) {
            throw new IllegalArgumentException("values are " + values.size() + "; there had to be "
                    + model.values().length + ", one a knot for each function");
        }
        model.domain().require(x.value(), "x");
        FieldVariable y = result(model.range(), x.isDifferentiable() || values.isDifferentiable());
        return record(y, new SpectralNode(model, values, x, y));
    }

    /**
     * {@code Σ c_k x_k}.
     *
     * @param coefficients as many as there are terms
     * @param terms fields of one space
     * @return the sum
     */
    public FieldVariable combine(ArrayVariable coefficients, FieldVariable... terms) {
        use(coefficients);
        if (terms.length != coefficients.size()) {
            throw new IllegalArgumentException("terms are " + terms.length + "; there had to be "
                    + coefficients.size() + ", one for each coefficient");
        }
        boolean differentiable = coefficients.isDifferentiable();
        for (FieldVariable term : terms) {
            use(term);
            terms[0].value().requireSameSpace(term.value(), "term");
            differentiable |= term.isDifferentiable();
        }
        FieldVariable y = result(terms[0].space(), differentiable);
        return record(y, new CombinationNode(coefficients, terms.clone(), y));
    }

    /**
     * {@code a + b}.
     *
     * @param a addend
     * @param b addend of the same space
     * @return the sum
     */
    public FieldVariable add(FieldVariable a, FieldVariable b) {
        return combine(tape().constant(1.0, 1.0), a, b);
    }

    /**
     * {@code a − b}.
     *
     * @param a minuend
     * @param b subtrahend of the same space
     * @return the difference
     */
    public FieldVariable subtract(FieldVariable a, FieldVariable b) {
        return combine(tape().constant(1.0, -1.0), a, b);
    }

    /**
     * {@code c x} for a number on the tape.
     *
     * @param c an array of one
     * @param x field
     * @return the product
     */
    public FieldVariable scale(ArrayVariable c, FieldVariable x) {
        return combine(c, x);
    }

    /**
     * {@code c x} for a fixed number.
     *
     * @param c factor
     * @param x field
     * @return the product
     */
    public FieldVariable scale(double c, FieldVariable x) {
        return combine(tape().constant(c), x);
    }

    /**
     * The product of two fields, stored value by stored value.
     *
     * @param a factor
     * @param b factor of the same space
     * @return the product
     */
    public FieldVariable multiply(FieldVariable a, FieldVariable b) {
        use(a);
        use(b);
        a.value().requireSameSpace(b.value(), "b");
        FieldVariable y = result(a.space(), a.isDifferentiable() || b.isDifferentiable());
        return record(y, new ProductNode(a, b, y));
    }

    /**
     * The quotient of two fields, stored value by stored value.
     *
     * @param a dividend
     * @param b divisor of the same space
     * @return the quotient
     */
    public FieldVariable divide(FieldVariable a, FieldVariable b) {
        use(a);
        use(b);
        a.value().requireSameSpace(b.value(), "b");
        FieldVariable y = result(a.space(), a.isDifferentiable() || b.isDifferentiable());
        return record(y, new QuotientNode(a, b, y));
    }

    /**
     * A map that is linear in either of two fields: a product of field types, advection, diffusion with a coefficient.
     *
     * @param map the map
     * @param a its first argument
     * @param b its second argument; may be {@code a}
     * @return {@code f(a, b)}
     */
    public FieldVariable apply(BilinearOperator map, FieldVariable a, FieldVariable b) {
        use(a);
        use(b);
        map.first().require(a.value(), "a");
        map.second().require(b.value(), "b");
        FieldVariable y = result(map.range(), a.isDifferentiable() || b.isDifferentiable());
        return record(y, new BilinearNode(map, a, b, y));
    }

    /**
     * Upwind advection, {@code (u·∇) f}; the derivative in a component of the velocity that is 0 is the mean of those on
     * both sides.
     *
     * @param scheme grid, order and type
     * @param f what is carried
     * @param velocity vector
     * @return {@code (u·∇) f}, of the type of f
     */
    public FieldVariable advect(UpwindAdvection scheme, FieldVariable f, FieldVariable velocity) {
        FieldVariable along = apply(scheme.winds(), velocity);
        return add(apply(scheme.fromBelow(), f, map(PointwiseFunction.POSITIVE_PART, along)),
                apply(scheme.fromAbove(), f, map(PointwiseFunction.NEGATIVE_PART, along)));
    }

    /**
     * A function of every stored value.
     *
     * @param function the function and its derivative
     * @param x field
     * @return {@code f(x)}
     */
    public FieldVariable map(PointwiseFunction function, FieldVariable x) {
        use(x);
        FieldVariable y = result(x.space(), x.isDifferentiable());
        return record(y, new PointwiseNode(function, x, y));
    }

    // fields to numbers

    /**
     * The sum of stored values.
     *
     * @param x field
     * @return an array of one
     */
    public ArrayVariable sum(FieldVariable x) {
        use(x);
        ArrayVariable y = array(1, x.isDifferentiable());
        return record(y, new SumNode(x, y));
    }

    /**
     * The dot product of stored values, {@code Σ a_i b_i}.
     *
     * @param a one field
     * @param b the other, of the same space
     * @return an array of one
     */
    public ArrayVariable dot(FieldVariable a, FieldVariable b) {
        use(a);
        use(b);
        a.value().requireSameSpace(b.value(), "b");
        ArrayVariable y = array(1, a.isDifferentiable() || b.isDifferentiable());
        return record(y, new DotNode(a, b, y));
    }

    // numbers to numbers

    /**
     * A differentiable function of an array.
     *
     * @param function value and pullback
     * @param x argument
     * @return the result
     */
    public ArrayVariable map(ArrayFunction function, ArrayVariable x) {
        use(x);
        ArrayVariable y = array(function.results(), x.isDifferentiable());
        return record(y, new FunctionNode(function, x, y));
    }

    /**
     * {@code Σ c_k x_k} for arrays of one length.
     *
     * @param factors fixed factors, as many as there are terms
     * @param terms arrays of one length
     * @return the sum
     */
    public ArrayVariable combine(double[] factors, ArrayVariable... terms) {
        if (terms.length == 0 || factors.length != terms.length) {
            throw new IllegalArgumentException("factors are " + factors.length + "; there had to be " + terms.length
                    + ", one for each of at least one term");
        }
        boolean differentiable = false;
        for (ArrayVariable term : terms) {
            use(term);
            if (term.size() != terms[0].size()) {
                throw new IllegalArgumentException("term has " + term.size() + " entries; it had to have "
                        + terms[0].size());
            }
            differentiable |= term.isDifferentiable();
        }
        ArrayVariable y = array(terms[0].size(), differentiable);
        return record(y, new ArrayCombinationNode(factors.clone(), terms.clone(), y));
    }

    /**
     * The product of two arrays, entry by entry.
     *
     * @param a factor
     * @param b factor of the same length
     * @return the product
     */
    public ArrayVariable multiply(ArrayVariable a, ArrayVariable b) {
        use(a);
        use(b);
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("b has " + b.size() + " entries; it had to have " + a.size());
        }
        boolean differentiable = a.isDifferentiable() || b.isDifferentiable();
        ArrayVariable y = array(a.size(), differentiable);
        return record(y, new ArrayProductNode(a, b, y));
    }

    /**
     * Applies a function of the caller's own.
     *
     * @param function value and derivatives
     * @param x of its domain
     * @return {@code f(x)}
     */
    public FieldVariable apply(FieldFunction function, FieldVariable x) {
        use(x);
        function.domain().require(x.value(), "x");
        FieldVariable y = result(function.range(), x.isDifferentiable());
        return record(y, new FieldFunctionNode(function, x, y));
    }

    /**
     * Solves {@code A y = b}; the reverse is one solve with the adjoint.
     *
     * @param solver the method, its tolerances and its preconditioner
     * @param operator A, with the same domain and range
     * @param b right-hand side, of that space
     * @return y, begun from 0
     * @throws ArithmeticException if the solver does not converge, with its report
     */
    public FieldVariable solve(LinearSolver solver, LinearOperator operator, FieldVariable b) {
        use(b);
        operator.range().require(b.value(), "b");
        FieldVariable y = result(operator.domain(), b.isDifferentiable());
        return record(y, new SolveNode(solver, operator, b, y));
    }

    /**
     * Solves {@code A(θ) y = b} for an operator that depends on variables of this tape; the reverse is one solve with
     * the adjoint, whatever the number of parameters.
     *
     * @param solver the method and its tolerances
     * @param recording records {@code A(θ) y} on a tape of its own; linear in y, on a space that maps to itself
     * @param b right-hand side
     * @param parameters θ
     * @return y, begun from 0
     * @throws ArithmeticException if the solver does not converge, with its report
     */
    public FieldVariable solve(
            LinearSolver solver, ParametricOperator.Recording recording, FieldVariable b, Variable... parameters) {
        use(b);
        boolean differentiable = b.isDifferentiable();
        for (Variable parameter : parameters) {
            use(parameter);
            differentiable |= parameter.isDifferentiable();
        }
        FieldVariable y = result(b.space(), differentiable);
        ParametricOperator operator = new ParametricOperator(recording, b.value(), parameters);
        return record(y, new ParametricSolveNode(solver, operator, b, y));
    }

    final void requireMine(Variable variable) {
        if (variable.tape() != this) {
            throw new IllegalArgumentException("variable belongs to another tape; it had to belong to this one");
        }
    }

    /** Notes that a step is about to depend on a variable. */
    void use(Variable variable) {
        requireMine(variable);
        sweeps.use(variable);
    }

    FieldVariable result(Space space, boolean differentiable) {
        return sweeps.keep(new FieldVariable(tape(), fields.of(space.type(), space.grid()), differentiable, false));
    }

    ArrayVariable array(int size, boolean differentiable) {
        return sweeps.keep(new ArrayVariable(tape(), new double[size], differentiable, false));
    }

    <V extends Variable> V record(V result, Node node) {
        node.forward();
        sweeps.add(node, result.isDifferentiable());
        return result;
    }
}
