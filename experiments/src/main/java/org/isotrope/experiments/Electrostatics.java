package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Losses;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.autodiff.optimise.Adam;
import org.isotrope.autodiff.optimise.LearningRate;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.autodiff.optimise.Result;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.Shells;

/**
 * Learning the Green's functions of electrostatics from one sample (arXiv:2108.09541, §4.1): the potential, l = 0 with
 * {@code 1/(4πr)}, and the field, l = 1 with {@code 1/(4πr²)}, of two opposite charges in the plane. In place of the
 * charges and of what the true operators make of them, a sample can be measured.
 */
final class Electrostatics {
    /** How many random charge densities the learned operators are tried on. */
    static final int UNSEEN = 20;

    /** One of the two operators: its name, its output and its true radial function. */
    enum Law {
        POTENTIAL("potential", "1/(4πr)", FieldType.SCALAR, Radial.coulomb(3), 0.1),
        FIELD("field", "1/(4πr²)", FieldType.VECTOR, Radial.gauss(3), 0.3);

        final String label;
        final String formula;
        final FieldType out;
        private final Radial truth;

        /** Where Adam begins: the field's kernel is ten times as large, and parameters have as far to go. */
        private final double learningRate;

        Law(String label, String formula, FieldType out, Radial truth, double learningRate) {
            this.label = label;
            this.formula = formula;
            this.out = out;
            this.truth = truth;
            this.learningRate = learningRate;
        }
    }

    /**
     * One operator learned by linear least squares.
     *
     * @param law which one
     * @param model the radial function's form
     * @param radii of the shells
     * @param learned values of the radial function on the shells
     * @param truth the same of the true one; empty if the sample was measured
     * @param solution what least squares says: rank, singular values, what is undetermined
     * @param sampleError normalised absolute error on the sample it was learned from
     * @param unseenErrors the same on each unseen density; empty if the truth is not known
     * @param prediction the operator's output on the sample
     */
    record LinearFit(
            Law law,
            RadialModel model,
            double[] radii,
            double[] learned,
            double[] truth,
            LeastSquaresSolution solution,
            double sampleError,
            double[] unseenErrors,
            Field prediction) {
        double worstUnseen() {
            return Arrays.stream(unseenErrors).max().orElse(Double.NaN);
        }

        /** Whether the sample leaves open the value on each shell; for free shells only. */
        boolean[] open() {
            boolean[] open = new boolean[radii.length];
            for (int s : solution.undetermined()) {
                open[s] = true;
            }
            return open;
        }
    }

    /**
     * One operator learned by gradient descent.
     *
     * @param law which one
     * @param model the radial function's form
     * @param radii of the shells
     * @param learned values of the radial function on the shells
     * @param truth the same of the true one; empty if the sample was measured
     * @param sampleError normalised absolute error on the sample, the loss
     * @param history the loss at every step
     */
    record DescentFit(
            Law law,
            RadialModel model,
            double[] radii,
            double[] learned,
            double[] truth,
            double sampleError,
            double[] history) {}

    private final Grid grid;
    private final double cutoff;
    private final Field charge;
    private final Map<Law, Field> measured;
    private final List<Field> unseen = new ArrayList<>();

    /**
     * The paper's sample: charges +1 at (0.5, 0) and −1 at (−0.5, 0) on [−1, 1]².
     *
     * @param nodes nodes along each axis; 21 in the paper
     * @param cutoff physical length
     * @param precision of all fields
     * @param seed of the unseen densities
     */
    Electrostatics(int nodes, double cutoff, Precision precision, long seed) {
        this(dipole(nodes, precision), Map.of(), cutoff, seed);
    }

    /**
     * A sample of the user's own.
     *
     * @param charge scalar field on a uniform grid of the plane
     * @param measured what was measured of the laws to learn; where it is empty, the true laws give both outputs
     * @param cutoff physical length
     * @param seed of the unseen densities
     */
    Electrostatics(Field charge, Map<Law, Field> measured, double cutoff, long seed) {
        this.grid = charge.grid();
        this.cutoff = cutoff;
        this.charge = charge;
        this.measured = new EnumMap<>(Law.class);
        this.measured.putAll(measured);
        Random random = new Random(seed);
        for (int k = 0; k < UNSEEN && hasTruth(); k++) {
            Field density = Fields.automatic().like(charge);
            for (long i = 0; i < density.count(); i++) {
                density.setFlat(i, random.nextGaussian());
            }
            unseen.add(density);
        }
    }

    private static Field dipole(int nodes, Precision precision) {
        Grid grid = Grid.of(Axis.uniform(-1, 1, nodes), Axis.uniform(-1, 1, nodes));
        return Fields.automatic().precision(precision).scalar(grid).deposit(1, 0.5, 0).deposit(-1, -0.5, 0);
    }

    boolean hasTruth() {
        return measured.isEmpty();
    }

    /** The laws there is a sample of. */
    List<Law> laws() {
        return hasTruth() ? List.of(Law.values()) : List.copyOf(measured.keySet());
    }

    Field charge() {
        return charge;
    }

    Shells shells() {
        return Shells.of(grid, cutoff);
    }

    RadialOperator truth(Law law) {
        return Operators.radial(grid, law.truth.within(cutoff), law.out);
    }

    /** What is learned from beside the charge. */
    Field output(Law law) {
        return hasTruth() ? truth(law).apply(charge) : measured.get(law);
    }

    private double[] trueValues(Law law) {
        return hasTruth() ? truth(law).values() : new double[0];
    }

    /** One free value a shell: the most general radial kernel. */
    LinearFit fitFreeShells(Law law) {
        return fit(law, RadialModel.free(shells()));
    }

    /** Cubic splines in ln r, which carry what is determined over to radii that are not. */
    LinearFit fitSmooth(Law law, int splines) {
        return fit(law, RadialModel.logarithmicBsplines(splines, shells().radius(1), cutoff));
    }

    private LinearFit fit(Law law, RadialModel model) {
        Field output = output(law);
        LearnedOperator operator = LearnedOperator.of(grid, model, FieldType.SCALAR, law.out);
        LeastSquares method = LeastSquares.defaults().scaleColumns();
        if (charge.precision() == Precision.FLOAT) {
            // columns come from float arithmetic: what is below its rounding is not determined
            method = method.tolerance(1e-5);
        }
        LeastSquaresSolution solution = operator.fit(method, charge, output);
        RadialOperator learned = operator.at(solution.parameters());
        double[] errors = new double[unseen.size()];
        for (int k = 0; k < errors.length; k++) {
            errors[k] = error(learned.apply(unseen.get(k)), truth(law).apply(unseen.get(k)));
        }
        Field prediction = learned.apply(charge);
        return new LinearFit(law, model, operator.shells().radii(), learned.values(), trueValues(law), solution,
                error(prediction, output), errors, prediction);
    }

    /**
     * The perceptron with Adam on the normalised absolute error, as in the paper but for the feature it is fed, ln r.
     *
     * @param seed of its initial parameters
     */
    DescentFit descend(Law law, int hidden, int steps, long seed, Progress progress) {
        RadialModel model = RadialModel.perceptron(hidden, shells().radius(1), cutoff);
        LearnedOperator operator = LearnedOperator.of(grid, model, FieldType.SCALAR, law.out);
        Tape tape = new Tape(charge.precision());
        ArrayVariable parameters = tape.input(model.initial(new Random(seed)));
        FieldVariable target = tape.constant(output(law));
        ArrayVariable loss = Losses.normalisedAbsoluteError(
                operator.record(parameters, tape.constant(charge)), target);
        // the loss has a kink wherever a residual is zero: steps have to shrink for it to settle
        Adam adam = Adam.defaults().maxIterations(steps).betas(0.9, 0.99).learningRate(
                LearningRate.cosine(law.learningRate, law.learningRate / 1000, Math.max(2, steps)));
        Result result = adam.minimise(
                (x, gradient) -> {
                    parameters.set(x);
                    tape.forward();
                    tape.backward(loss);
                    System.arraycopy(parameters.gradient(), 0, gradient, 0, gradient.length);
                    return loss.value();
                },
                parameters.values(),
                iteration -> {
                    progress.step();
                    return true;
                });
        double[] learned = operator.values(result.parameters());
        return new DescentFit(law, model, operator.shells().radii(), learned, trueValues(law), result.value(),
                result.history());
    }

    /** {@code Σ |ŷ − y| / Σ |y|}. */
    static double error(Field prediction, Field truth) {
        double difference = 0;
        double size = 0;
        for (long i = 0; i < truth.count(); i++) {
            difference += Math.abs(prediction.getFlat(i) - truth.getFlat(i));
            size += Math.abs(truth.getFlat(i));
        }
        return difference / size;
    }
}
