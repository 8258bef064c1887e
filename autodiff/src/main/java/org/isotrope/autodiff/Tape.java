package org.isotrope.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.Space;

/**
 * A computation on fields of one precision, recorded once and differentiated in reverse.
 *
 * <p>Each method computes at once and remembers the step. After inputs have been changed, {@link #forward()} computes
 * everything anew in the same memory; {@code backward} then fills in the gradients of all variables that depend on
 * inputs. Gradients are taken under the plain dot product of stored values. Not safe for concurrent use.
 */
public final class Tape {
    private final Precision precision;
    private final Fields fields;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Variable> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    /**
     * An empty tape.
     *
     * @param precision of all its fields
     */
    public Tape(Precision precision) {
        this.precision = precision;
        this.fields = Fields.automatic().precision(precision);
    }

    // inputs

    /**
     * A field to differentiate in, over memory of the caller, without copying.
     *
     * @param value current and future value
     * @return the variable
     */
    public FieldVariable input(Field value) {
        FieldVariable variable = keep(new FieldVariable(this, requirePrecision(value), true));
        inputs.add(variable);
        return variable;
    }

    /**
     * A field to differentiate in, initially zero.
     *
     * @param space grid and type
     * @return the variable
     */
    public FieldVariable input(Space space) {
        return input(fields.of(space.type(), space.grid()));
    }

    /**
     * A field that is not differentiated in, over memory of the caller, without copying.
     *
     * @param value current and future value
     * @return the variable
     */
    public FieldVariable constant(Field value) {
        return keep(new FieldVariable(this, requirePrecision(value), false));
    }

    /**
     * Numbers to differentiate in.
     *
     * @param values their initial values, at least one
     * @return the variable
     */
    public ArrayVariable input(double... values) {
        requireSome(values);
        ArrayVariable variable = keep(new ArrayVariable(this, values.clone(), true, true));
        inputs.add(variable);
        return variable;
    }

    /**
     * Numbers that are not differentiated in.
     *
     * @param values their initial values, at least one
     * @return the variable, which may be set anew
     */
    public ArrayVariable constant(double... values) {
        requireSome(values);
        return keep(new ArrayVariable(this, values.clone(), false, true));
    }

    private static void requireSome(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values are none; there had to be at least one");
        }
    }

    // fields to fields

    /**
     * Applies a linear operator; its reverse is the adjoint.
     *
     * @param operator the operator
     * @param x of its domain
     * @return {@code A x}
     */
    public FieldVariable apply(LinearOperator operator, FieldVariable x) {
        requireMine(x);
        operator.domain().require(x.value(), "x");
        FieldVariable y = result(operator.range(), x.isDifferentiable());
        return record(y, new OperatorNode(operator, x, y));
    }

    /**
     * Convolves with a radial kernel whose shell values are on the tape.
     *
     * @param model says shells, types and boundaries; its own values are not used
     * @param values R, one a shell
     * @param x of its domain
     * @return the convolution, differentiable in x and in the values
     */
    public FieldVariable convolve(RadialOperator model, ArrayVariable values, FieldVariable x) {
        requireMine(values);
        requireMine(x);
        model.domain().require(x.value(), "x");
        FieldVariable y = result(model.range(), x.isDifferentiable() || values.isDifferentiable());
        return record(y, new ConvolutionNode(model, values, x, y));
    }

    /**
     * {@code Σ c_k x_k}.
     *
     * @param coefficients as many as there are terms
     * @param terms fields of one space
     * @return the sum
     */
    public FieldVariable combine(ArrayVariable coefficients, FieldVariable... terms) {
        requireMine(coefficients);
        if (terms.length != coefficients.size()) {
            throw new IllegalArgumentException("terms are " + terms.length + "; there had to be "
                    + coefficients.size() + ", one for each coefficient");
        }
        boolean differentiable = coefficients.isDifferentiable();
        for (FieldVariable term : terms) {
            requireMine(term);
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
        return combine(constant(1, 1), a, b);
    }

    /**
     * {@code a − b}.
     *
     * @param a minuend
     * @param b subtrahend of the same space
     * @return the difference
     */
    public FieldVariable subtract(FieldVariable a, FieldVariable b) {
        return combine(constant(1, -1), a, b);
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
        return combine(constant(c), x);
    }

    /**
     * The product of two fields, stored value by stored value.
     *
     * @param a factor
     * @param b factor of the same space
     * @return the product
     */
    public FieldVariable multiply(FieldVariable a, FieldVariable b) {
        requireMine(a);
        requireMine(b);
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
        requireMine(a);
        requireMine(b);
        a.value().requireSameSpace(b.value(), "b");
        FieldVariable y = result(a.space(), a.isDifferentiable() || b.isDifferentiable());
        return record(y, new QuotientNode(a, b, y));
    }

    /**
     * A function of every stored value.
     *
     * @param function the function and its derivative
     * @param x field
     * @return {@code f(x)}
     */
    public FieldVariable map(PointwiseFunction function, FieldVariable x) {
        requireMine(x);
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
        requireMine(x);
        ArrayVariable y = number(x.isDifferentiable());
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
        requireMine(a);
        requireMine(b);
        a.value().requireSameSpace(b.value(), "b");
        ArrayVariable y = number(a.isDifferentiable() || b.isDifferentiable());
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
        requireMine(x);
        ArrayVariable y =
                keep(new ArrayVariable(this, new double[function.results()], x.isDifferentiable(), false));
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
            requireMine(term);
            if (term.size() != terms[0].size()) {
                throw new IllegalArgumentException("term has " + term.size() + " entries; it had to have "
                        + terms[0].size());
            }
            differentiable |= term.isDifferentiable();
        }
        ArrayVariable y = keep(new ArrayVariable(this, new double[terms[0].size()], differentiable, false));
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
        requireMine(a);
        requireMine(b);
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("b has " + b.size() + " entries; it had to have " + a.size());
        }
        boolean differentiable = a.isDifferentiable() || b.isDifferentiable();
        ArrayVariable y = keep(new ArrayVariable(this, new double[a.size()], differentiable, false));
        return record(y, new ArrayProductNode(a, b, y));
    }

    // running

    /** Computes everything anew from the current values of inputs and constants. */
    public void forward() {
        for (Node node : nodes) {
            node.forward();
        }
    }

    /**
     * Fills in all gradients of a number.
     *
     * @param loss an array of one on this tape that depends on an input
     * @throws IllegalArgumentException if it has more entries or belongs to another tape
     */
    public void backward(ArrayVariable loss) {
        requireMine(loss);
        if (loss.size() != 1) {
            throw new IllegalArgumentException("loss has " + loss.size() + " entries; it had to be one number");
        }
        clearGradients();
        loss.sharedGradient()[0] = 1;
        reverse();
    }

    /**
     * Fills in all gradients of {@code ⟨ȳ, y⟩}, the dot product of stored values.
     *
     * @param y a field on this tape that depends on an input
     * @param adjoint ȳ, of the same space and precision
     */
    public void backward(FieldVariable y, Field adjoint) {
        requireMine(y);
        y.value().requireSameSpace(adjoint, "adjoint");
        clearGradients();
        y.gradient().copyFrom(adjoint);
        reverse();
    }

    private void clearGradients() {
        for (Variable variable : variables) {
            switch (variable) {
                case FieldVariable field -> field.clearGradient();
                case ArrayVariable array -> array.clearGradient();
            }
        }
    }

    private void reverse() {
        for (int n = nodes.size() - 1; n >= 0; n--) {
            nodes.get(n).backward();
        }
    }

    /**
     * All inputs that are differentiated in.
     *
     * @return in the order in which they were declared
     */
    public List<Variable> inputs() {
        return List.copyOf(inputs);
    }

    /**
     * The precision of all fields.
     *
     * @return the precision
     */
    public Precision precision() {
        return precision;
    }

    private Field requirePrecision(Field field) {
        field.requireOpen("value");
        if (field.precision() != precision) {
            throw new IllegalArgumentException("value has precision " + field.precision() + "; it had to be "
                    + precision + " like the tape");
        }
        return field;
    }

    private void requireMine(Variable variable) {
        if (variable.tape() != this) {
            throw new IllegalArgumentException("variable belongs to another tape; it had to belong to this one");
        }
    }

    private FieldVariable result(Space space, boolean differentiable) {
        return keep(new FieldVariable(this, fields.of(space.type(), space.grid()), differentiable));
    }

    private ArrayVariable number(boolean differentiable) {
        return keep(new ArrayVariable(this, new double[1], differentiable, false));
    }

    private <V extends Variable> V keep(V variable) {
        variables.add(variable);
        return variable;
    }

    private <V extends Variable> V record(V result, Node node) {
        node.forward();
        if (result.isDifferentiable()) {
            nodes.add(node);
        } else {
            nodes.add(new ForwardOnly(node));
        }
        return result;
    }

    /** A step that nothing differentiable depends on. */
    private record ForwardOnly(Node node) implements Node {
        @Override
        public void forward() {
            node.forward();
        }

        @Override
        public void backward() {}
    }

    /** Adds to the gradient of a variable unless it is constant. */
    static void accumulate(FieldVariable x, double factor, Field contribution) {
        if (x.isDifferentiable()) {
            Arithmetic.addScaled(factor, contribution, x.gradient());
        }
    }
}
