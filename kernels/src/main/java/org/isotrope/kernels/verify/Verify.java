package org.isotrope.kernels.verify;

import static org.isotrope.kernels.verify.Measures.distance;
import static org.isotrope.kernels.verify.Measures.moved;
import static org.isotrope.kernels.verify.Measures.norm;
import static org.isotrope.kernels.verify.Measures.random;
import static org.isotrope.kernels.verify.Measures.ratio;
import static org.isotrope.kernels.verify.Measures.shifted;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Space;

/**
 * Tries the laws on an operator: {@code Verify.that(operator).adjoint().orThrow()}.
 *
 * <p>Each law is tried on random fields from a seed, in {@code double}. Errors are relative to the size of what is
 * compared; where results may cancel, to the size of the operator applied to a field of the same magnitude.
 *
 * <p>Immutable.
 */
public final class Verify {
    private static final int TRIES = 5;

    private final LinearOperator operator;
    private final long seed;
    private final double tolerance;

    private Verify(LinearOperator operator, long seed, double tolerance) {
        this.operator = operator;
        this.seed = seed;
        this.tolerance = tolerance;
    }

    /**
     * The laws of an operator, with violations up to 1e-12 taken for rounding.
     *
     * @param operator the operator
     * @return its laws
     */
    public static Verify that(LinearOperator operator) {
        return new Verify(operator, 1, 1e-12);
    }

    /**
     * Other random fields.
     *
     * @param newSeed where they begin
     * @return the laws, to be tried on those
     */
    public Verify seed(long newSeed) {
        return new Verify(operator, newSeed, tolerance);
    }

    /**
     * Another bar.
     *
     * @param newTolerance the largest relative violation that counts as rounding, positive
     * @return the laws under that bar
     */
    public Verify tolerance(double newTolerance) {
        if (!(newTolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + newTolerance + "; it had to be positive");
        }
        return new Verify(operator, seed, newTolerance);
    }

    /** Remembers the worst try. */
    private final class Worst {
        private double error;
        private String where = "no try of seed " + seed;

        void meet(double found, String what) {
            // a NaN is worse than any number and stays
            if (!(found <= error) && !Double.isNaN(error)) {
                error = found;
                where = what + " of seed " + seed;
            }
        }

        Report report(String law, double bar) {
            return new Report(law, error, bar, where);
        }
    }

    /**
     * {@code A(2.5 x + y) = 2.5 A x + A y}, and A 0 = 0.
     *
     * @return what came out
     */
    public Report linear() {
        Worst worst = new Worst();
        Random random = new Random(seed);
        for (int k = 0; k < TRIES; k++) {
            // fields of very different sizes, so that a nonlinear part shows at one of them
            double size = Math.pow(10, 3 * (k - 2));
            Field x = random(operator.domain(), random);
            Field y = random(operator.domain(), random);
            Arithmetic.scale(size, x, x);
            Arithmetic.scale(size, y, y);
            Field sum = Fields.automatic().like(x);
            Arithmetic.combine(2.5, x, y, sum);
            Field expected = operator.apply(y);
            Field image = operator.apply(x);
            double scale = norm(expected) + 2.5 * norm(image);
            Arithmetic.addScaled(2.5, image, expected);
            worst.meet(ratio(distance(operator.apply(sum), expected), scale), "try " + k);
        }
        Field nothing = operator.apply(Fields.automatic().of(operator.domain().type(), operator.domain().grid()));
        worst.meet(norm(nothing), "the zero field");
        return worst.report("linear: A(ax + y) = a Ax + Ay", tolerance);
    }

    /**
     * {@code ⟨A x, y⟩ = ⟨x, Aᵀ y⟩} under the dot product of stored values, relative to {@code |A x| |y|}.
     *
     * @return what came out
     */
    public Report adjoint() {
        Worst worst = new Worst();
        Random random = new Random(seed);
        for (int k = 0; k < TRIES; k++) {
            Field x = random(operator.domain(), random);
            Field y = random(operator.range(), random);
            Field image = operator.apply(x);
            double forward = Arithmetic.dot(image, y);
            double backward = Arithmetic.dot(x, operator.adjoint().apply(y));
            worst.meet(ratio(Math.abs(forward - backward), norm(image) * norm(y)), "try " + k);
        }
        return worst.report("adjoint: ⟨Ax, y⟩ = ⟨x, Aᵀy⟩", tolerance);
    }

    /**
     * The gradient {@code Aᵀ A x} of {@code ½ |A x|²} against central differences along random directions; they are exact
     * for a quadratic up to rounding, so the bar is 1e-7.
     *
     * @return what came out
     */
    public Report gradient() {
        Worst worst = new Worst();
        Random random = new Random(seed);
        for (int k = 0; k < TRIES; k++) {
            Field x = random(operator.domain(), random);
            Field direction = random(operator.domain(), random);
            Field gradient = operator.adjoint().apply(operator.apply(x));
            double step = 1e-3;
            Field moved = Fields.automatic().like(x);
            Arithmetic.combine(step, direction, x, moved);
            Field high = operator.apply(moved);
            Arithmetic.combine(-step, direction, x, moved);
            Field low = operator.apply(moved);
            double difference = (Arithmetic.dot(high, high) - Arithmetic.dot(low, low)) / (4 * step);
            double scale = norm(gradient) * norm(direction);
            worst.meet(ratio(Math.abs(difference - Arithmetic.dot(gradient, direction)), scale), "try " + k);
        }
        return worst.report("gradient: ∇½|Ax|² = AᵀAx", Math.max(tolerance, 1e-7));
    }

    /**
     * Moving a field by whole nodes along periodic axes before or after applying makes no difference.
     *
     * @return what came out
     * @throws IllegalStateException if the operator maps between different grids or no axis is periodic
     */
    public Report translationEquivariant() {
        Grid grid = oneGrid();
        if (grid.axes().stream().noneMatch(axis -> axis.isPeriodic() && axis.isUniform() && axis.size() > 1)) {
            throw new IllegalStateException("grid has no uniform periodic axis; translations had to have one:\n" + grid);
        }
        Worst worst = new Worst();
        Random random = new Random(seed);
        for (int k = 0; k < TRIES; k++) {
            int[] shift = new int[grid.dimension()];
            for (int a = 0; a < shift.length; a++) {
                Axis axis = grid.axis(a);
                shift[a] = axis.isPeriodic() && axis.isUniform() ? random.nextInt(axis.size()) : 0;
            }
            Field x = random(operator.domain(), random);
            Field last = shifted(operator.apply(x), shift);
            double error = distance(operator.apply(shifted(x, shift)), last);
            worst.meet(ratio(error, norm(last)), "shift by " + java.util.Arrays.toString(shift));
        }
        return worst.report("translation equivariant: A(Tx) = T(Ax)", tolerance);
    }

    /**
     * Every symmetry of the grid, applied to field and components before or after, makes no difference.
     *
     * @return what came out
     * @throws IllegalStateException if the operator maps between different grids or the grid has no symmetry but the
     *     identity
     */
    public Report rotationEquivariant() {
        List<Symmetry> symmetries = oneGrid().symmetries();
        if (symmetries.size() < 2) {
            throw new IllegalStateException("grid has no symmetry but the identity; it had to have one:\n" + oneGrid());
        }
        Worst worst = new Worst();
        Random random = new Random(seed);
        Field x = random(operator.domain(), random);
        Field image = operator.apply(x);
        for (Symmetry symmetry : symmetries) {
            Field last = moved(symmetry, image);
            double error = distance(operator.apply(moved(symmetry, x)), last);
            worst.meet(ratio(error, norm(last)), "symmetry " + symmetry);
        }
        return worst.report("rotation equivariant: A(R·x) = R·(Ax), " + symmetries.size() + " symmetries", tolerance);
    }

    /**
     * One thread, several threads, and the same again give the same bits in both precisions; the error counts fields that
     * differ.
     *
     * @return what came out
     */
    public Report deterministic() {
        Worst worst = new Worst();
        for (Precision precision : Precision.values()) {
            Field x = Fields.automatic().precision(precision).of(operator.domain().type(), operator.domain().grid())
                    .copyFrom(random(operator.domain(), new Random(seed)));
            Field first = image(precision);
            operator.plan(precision, Execution.serial()).apply(x, first);
            for (Execution execution :
                    new Execution[] {Execution.serial(), Execution.threads(2), Execution.standard()}) {
                Field again = image(precision).fill(Double.NaN);
                operator.plan(precision, execution).apply(x, again);
                boolean same = again.segment().mismatch(first.segment()) < 0;
                worst.meet(same ? 0 : 1, precision + " with " + execution.threads() + " threads");
            }
        }
        return worst.report("deterministic: the same bits for any number of threads", 0);
    }

    /**
     * A prepared plan allocates nothing on the heap; the error counts bytes an apply, over many.
     *
     * @return what came out
     * @throws IllegalStateException if this JVM does not count allocations
     */
    public Report allocationFree() {
        return allocationFree(Allocations.PATIENCE_NANOS);
    }

    /** The same with less patience for compilers, or more. */
    Report allocationFree(long patienceNanos) {
        Worst worst = new Worst();
        for (Precision precision : Precision.values()) {
            Plan plan = operator.plan(precision, Execution.serial());
            Field x = Fields.automatic().precision(precision).of(operator.domain().type(), operator.domain().grid())
                    .copyFrom(random(operator.domain(), new Random(seed)));
            Field out = image(precision);
            worst.meet(Allocations.each(() -> plan.apply(x, out), patienceNanos), precision.toString());
        }
        return worst.report("allocation free: bytes an apply", 0);
    }

    /**
     * The image of a wave at a node comes to that of a derivative as waves lengthen, at a stated order in their number of
     * nodes. One grid is enough, and every node of it counts: rows next to walls have to have the order too. The
     * report's error is by how much the least order falls short.
     *
     * <p>This says nothing about a constant factor, which takes an image that is known:
     * {@link #order(int, int, IntFunction, PointMap, PointMap)}.
     *
     * @param order the stated order p; orders above 8 are hard to see in {@code double}
     * @return what came out; orders within 0.3 of p hold
     * @throws IllegalArgumentException if the order is less than 1
     * @throws IllegalStateException if the operator maps between different grids, or all waves to nothing
     */
    public Report order(int order) {
        if (order < 1) {
            throw new IllegalArgumentException("order is " + order + "; it had to be at least 1");
        }
        oneGrid();
        LongWaves.Seen seen = new LongWaves(operator).see(seed);
        double error = seen.order() == Double.POSITIVE_INFINITY ? 0 : order - seen.order();
        return new Report("order " + order, error, 0.3, String.format(Locale.ROOT,
                "observed order %.2f of a derivative of order %d %s, seed %d", seen.order(), seen.derivative(),
                seen.where(), seed));
    }

    private Field image(Precision precision) {
        return Fields.automatic().precision(precision).of(operator.range().type(), operator.range().grid());
    }

    /**
     * The error of a family of operators on a smooth function falls at a stated order when the resolution doubles. The
     * report's error is by how much the observed order falls short.
     *
     * @param order the stated order p
     * @param resolution the coarser of two resolutions, at least 4
     * @param family the operator at a resolution, usually the number of nodes an axis
     * @param in a smooth function, one value a component of the domain
     * @param out its exact image, one value a component of the range
     * @return what came out; orders within 0.15 of p hold
     */
    public static Report order(
            int order, int resolution, IntFunction<LinearOperator> family, PointMap in, PointMap out) {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            LinearOperator operator = family.apply(resolution << k);
            Space domain = operator.domain();
            Space range = operator.range();
            Field x = Fields.automatic().of(domain.type(), domain.grid()).fill(in);
            Field exact = Fields.automatic().of(range.type(), range.grid()).fill(out);
            errors[k] = distance(operator.apply(x), exact) / norm(exact);
        }
        double observed = Math.log(errors[0] / errors[1]) / Math.log(2);
        String where = String.format(Locale.ROOT, "observed order %.2f from errors %.2g and %.2g at resolutions %d and %d",
                observed, errors[0], errors[1], resolution, 2 * resolution);
        return new Report("order " + order, order - observed, 0.15, where);
    }

    private Grid oneGrid() {
        if (!operator.domain().grid().equals(operator.range().grid())) {
            throw new IllegalStateException("operator maps between different grids; they had to be one:\n"
                    + operator.domain().grid() + "\nand\n" + operator.range().grid());
        }
        return operator.domain().grid();
    }
}
