package org.isotrope.kernels;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * A map of two fields that is linear in either: {@code y = C P(A a, B b)}, with a product P at every node between linear
 * operators, any of which may be missing.
 *
 * <p>Its adjoint in one argument is again such a map, of the cotangent and the other argument, as for
 * {@link FieldProduct}. With one argument fixed it is a {@link LinearOperator}. A quadratic form like {@code |∇u|²} is one
 * of these with both arguments the same.
 *
 * <p>Immutable and safe for concurrent use; once warm, applying allocates nothing.
 */
public final class BilinearOperator {
    private final String name;
    private final Grid grid;
    /** Null for element by element. */
    private final @Nullable FieldProduct product;
    private final FieldType left;
    private final FieldType right;
    private final FieldType result;
    private final @Nullable LinearOperator first;
    private final @Nullable LinearOperator second;
    private final @Nullable LinearOperator then;
    private final Space firstSpace;
    private final Space secondSpace;
    private final Space range;
    private final AtomicReferenceArray<Steps> steps = new AtomicReferenceArray<>(Precision.values().length);

    private BilinearOperator(String name, Grid grid, @Nullable FieldProduct product, FieldType left, FieldType right,
            FieldType result, @Nullable LinearOperator first, @Nullable LinearOperator second,
            @Nullable LinearOperator then) {
        this.name = name;
        this.grid = grid;
        this.product = product;
        this.left = left;
        this.right = right;
        this.result = result;
        this.first = first;
        this.second = second;
        this.then = then;
        this.firstSpace = first == null ? new Space(grid, left) : first.domain();
        this.secondSpace = second == null ? new Space(grid, right) : second.domain();
        this.range = then == null ? new Space(grid, result) : then.range();
    }

    /** A linear operator ready to run, with a place for what it gives or takes. */
    private record Step(Plan plan, Scratch scratch) {
        static @Nullable Step of(@Nullable LinearOperator operator, Space inner, Precision precision) {
            return operator == null ? null
                    : new Step(operator.plan(precision, Execution.standard()), new Scratch(inner, precision));
        }
    }

    private record Steps(@Nullable Step first, @Nullable Step second, @Nullable Step then) {}

    /**
     * A product at every node.
     *
     * @param grid where
     * @param product of the grid's dimension
     * @return {@code (a, b) ↦ P(a, b)}
     */
    public static BilinearOperator of(Grid grid, FieldProduct product) {
        return new BilinearOperator(product.toString(), grid, product, product.first(), product.second(), product.out(),
                null, null, null);
    }

    /**
     * The product of stored values.
     *
     * @param space of both factors and of the product
     * @return {@code (a, b) ↦ a b}
     */
    public static BilinearOperator elementwise(Space space) {
        return new BilinearOperator("product of stored values", space.grid(), null, space.type(), space.type(),
                space.type(), null, null, null);
    }

    /**
     * An operator before the first argument.
     *
     * @param operator its range is what the first argument was
     * @return {@code (a, b) ↦ this(A a, b)}
     */
    public BilinearOperator mappingFirst(LinearOperator operator) {
        requireSame("range of the operator", operator.range(), first());
        return new BilinearOperator(name, grid, product, left, right, result,
                first == null ? operator : operator.then(first), second, then);
    }

    /**
     * An operator before the second argument.
     *
     * @param operator its range is what the second argument was
     * @return {@code (a, b) ↦ this(a, B b)}
     */
    public BilinearOperator mappingSecond(LinearOperator operator) {
        requireSame("range of the operator", operator.range(), second());
        return new BilinearOperator(name, grid, product, left, right, result, first,
                second == null ? operator : operator.then(second), then);
    }

    /**
     * An operator after the product.
     *
     * @param operator its domain is what the range was
     * @return {@code (a, b) ↦ C this(a, b)}
     */
    public BilinearOperator then(LinearOperator operator) {
        requireSame("domain of the operator", operator.domain(), range());
        return new BilinearOperator(name, grid, product, left, right, result, first, second,
                then == null ? operator : then.then(operator));
    }

    /**
     * The same under another name.
     *
     * @param text what {@link #toString} says
     * @return the operator
     */
    public BilinearOperator named(String text) {
        return new BilinearOperator(text, grid, product, left, right, result, first, second, then);
    }

    private static void requireSame(String what, Space found, Space expected) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(what + " is " + found + "\nit had to be " + expected);
        }
    }

    /**
     * What the first argument is.
     *
     * @return grid and type
     */
    public Space first() {
        return firstSpace;
    }

    /**
     * What the second argument is.
     *
     * @return grid and type
     */
    public Space second() {
        return secondSpace;
    }

    /**
     * What the result is.
     *
     * @return grid and type
     */
    public Space range() {
        return range;
    }

    private Steps steps(Precision precision) {
        Steps known = steps.get(precision.ordinal());
        if (known == null) {
            // two threads may both get here; either will do
            known = new Steps(Step.of(first, new Space(grid, left), precision),
                    Step.of(second, new Space(grid, right), precision),
                    Step.of(then, new Space(grid, result), precision));
            steps.set(precision.ordinal(), known);
        }
        return known;
    }

    /**
     * Applies the map.
     *
     * @param a first argument
     * @param b second argument, in the same precision; may be {@code a}
     * @param out result, apart from both; overwritten
     * @throws IllegalArgumentException if a grid, type or precision is wrong, or memory overlaps; nothing is written then
     */
    public void apply(Field a, Field b, Field out) {
        first().require(a, "a");
        second().require(b, "b");
        range().require(out, "out");
        if (b.precision() != a.precision() || out.precision() != a.precision()) {
            throw new IllegalArgumentException("precisions are " + a.precision() + ", " + b.precision() + " and "
                    + out.precision() + "; they had to be the same");
        }
        a.requireApart(out, "out");
        b.requireApart(out, "out");
        Steps ready = steps(a.precision());
        Field x = run(ready.first, a);
        Field y = run(ready.second, b);
        Field z = ready.then == null ? out : ready.then.scratch.take();
        if (product == null) {
            Arithmetic.multiply(x, y, z);
        } else {
            product.apply(x, y, z);
        }
        if (ready.then != null) {
            ready.then.plan.apply(z, out);
            ready.then.scratch.give(z);
        }
        give(ready.first, x);
        give(ready.second, y);
    }

    private static Field run(@Nullable Step step, Field field) {
        if (step == null) {
            return field;
        }
        Field mapped = step.scratch.take();
        step.plan.apply(field, mapped);
        return mapped;
    }

    private static void give(@Nullable Step step, Field field) {
        if (step != null) {
            step.scratch.give(field);
        }
    }

    /**
     * Applies the map to new memory.
     *
     * @param a first argument
     * @param b second argument
     * @return a fresh field in memory that the garbage collector frees
     */
    public Field apply(Field a, Field b) {
        first().require(a, "a");
        Field out = Fields.automatic().precision(a.precision()).of(range().type(), range().grid());
        apply(a, b, out);
        return out;
    }

    /**
     * The adjoint in the first argument, {@code ⟨f(a, b), y⟩ = ⟨a, g(y, b)⟩}.
     *
     * @return the map g of a cotangent of the result and the second argument
     */
    public BilinearOperator adjointInFirst() {
        return new BilinearOperator(name + ", adjoint in the first argument", grid,
                product == null ? null : product.adjointInFirst(), result, right, left, transposed(then), second,
                transposed(first));
    }

    /**
     * The adjoint in the second argument, {@code ⟨f(a, b), y⟩ = ⟨b, g(a, y)⟩}.
     *
     * @return the map g of the first argument and a cotangent of the result
     */
    public BilinearOperator adjointInSecond() {
        return new BilinearOperator(name + ", adjoint in the second argument", grid,
                product == null ? null : product.adjointInSecond(), left, result, right, first, transposed(then),
                transposed(second));
    }

    private static @Nullable LinearOperator transposed(@Nullable LinearOperator operator) {
        return operator == null ? null : operator.adjoint();
    }

    /**
     * The linear operator that is left when the first argument is given.
     *
     * @param a first argument; copied, and rounded for fields of lower precision
     * @return {@code b ↦ this(a, b)}
     */
    public LinearOperator fixFirst(Field a) {
        first().require(a, "a");
        Constant mapped = new Constant(first == null ? Fields.automatic().copy(a) : first.apply(a));
        BilinearOperator rest = new BilinearOperator(name, grid, product, left, right, result, null, second, then);
        BilinearOperator transposed = rest.adjointInSecond();
        return LinearOperator.of(second(), range(),
                (in, out) -> rest.apply(mapped.in(in.precision()), in, out),
                (in, out) -> transposed.apply(mapped.in(in.precision()), in, out));
    }

    /**
     * The linear operator that is left when the second argument is given.
     *
     * @param b second argument; copied, and rounded for fields of lower precision
     * @return {@code a ↦ this(a, b)}
     */
    public LinearOperator fixSecond(Field b) {
        second().require(b, "b");
        Constant mapped = new Constant(second == null ? Fields.automatic().copy(b) : second.apply(b));
        BilinearOperator rest = new BilinearOperator(name, grid, product, left, right, result, first, null, then);
        BilinearOperator transposed = rest.adjointInFirst();
        return LinearOperator.of(first(), range(),
                (in, out) -> rest.apply(in, mapped.in(in.precision()), out),
                (in, out) -> transposed.apply(in, mapped.in(in.precision()), out));
    }

    /**
     * One line.
     *
     * @return name and types
     */
    @Override
    public String toString() {
        return name + ": " + first().type() + ", " + second().type() + " → " + range().type();
    }
}
