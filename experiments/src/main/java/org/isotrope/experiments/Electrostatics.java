package org.isotrope.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.Losses;
import org.isotrope.autodiff.Tape;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.autodiff.optimise.Adam;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.autodiff.optimise.LearningRate;
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
 * {@code 1/(4πr)}, and the field, l = 1 with {@code 1/(4πr²)}, of two opposite charges in the plane.
 */
final class Electrostatics {
    /** How many random charge densities the learned operators are tried on. */
    static final int UNSEEN = 20;

    /** One of the two operators: its name, its output and its true radial function. */
    enum Law {
        POTENTIAL("potential", FieldType.SCALAR, Radial.coulomb(3)),
        FIELD("field", FieldType.VECTOR, Radial.gauss(3));

        final String label;
        final FieldType out;
        final Radial truth;

        Law(String label, FieldType out, Radial truth) {
            this.label = label;
            this.out = out;
            this.truth = truth;
        }
    }

    /**
     * One operator learned by linear least squares.
     *
     * @param law which one
     * @param model the radial function's form
     * @param cutoff in length units
     * @param radii of the shells
     * @param learned values of the radial function on the shells
     * @param truth the same of the true one
     * @param solution what least squares says: rank, singular values, what is undetermined
     * @param sampleError normalised absolute error on the sample it was learned from
     * @param unseenErrors the same on each unseen density
     * @param prediction the operator's output on the sample
     */
    record LinearFit(
            Law law,
            RadialModel model,
            double cutoff,
            double[] radii,
            double[] learned,
            double[] truth,
            LeastSquaresSolution solution,
            double sampleError,
            double[] unseenErrors,
            Field prediction) {
        double worstUnseen() {
            double worst = 0;
            for (double error : unseenErrors) {
                worst = Math.max(worst, error);
            }
            return worst;
        }
    }

    /**
     * One operator learned by gradient descent.
     *
     * @param law which one
     * @param model the radial function's form
     * @param radii of the shells
     * @param learned values of the radial function on the shells
     * @param truth the same of the true one
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
    private final Precision precision;
    private final Field charge;
    private final List<Field> unseen = new ArrayList<>();

    /**
     * The paper's sample: charges +1 at (0.5, 0) and −1 at (−0.5, 0) on [−1, 1]².
     *
     * @param nodes nodes along each axis; 21 in the paper
     * @param cutoff physical length
     */
    Electrostatics(int nodes, double cutoff, Precision precision) {
        this(Grid.of(Axis.uniform(-1, 1, nodes), Axis.uniform(-1, 1, nodes)), cutoff, precision);
        charge.deposit(1, 0.5, 0).deposit(-1, -0.5, 0);
    }

    private Electrostatics(Grid grid, double cutoff, Precision precision) {
        this.grid = grid;
        this.cutoff = cutoff;
        this.precision = precision;
        Fields fields = Fields.automatic().precision(precision);
        this.charge = fields.scalar(grid);
        Random random = new Random(20);
        for (int k = 0; k < UNSEEN; k++) {
            Field density = fields.scalar(grid);
            for (long i = 0; i < density.count(); i++) {
                density.setFlat(i, random.nextGaussian());
            }
            unseen.add(density);
        }
    }

    /**
     * A charge density of the user's own in place of the paper's.
     *
     * @param density scalar field on a uniform grid
     * @param cutoff physical length
     */
    static Electrostatics of(Field density, double cutoff) {
        Electrostatics experiment = new Electrostatics(density.grid(), cutoff, density.precision());
        experiment.charge.copyFrom(density);
        return experiment;
    }

    Grid grid() {
        return grid;
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

    /** One free value a shell: the most general radial kernel. */
    LinearFit fitFreeShells(Law law) {
        return fit(law, RadialModel.free(shells()), truth(law).apply(charge));
    }

    /** Cubic splines in ln r, which carry what is determined over to radii that are not. */
    LinearFit fitSmooth(Law law, int splines) {
        return fit(law, RadialModel.logarithmicBsplines(splines, shells().radius(1), cutoff),
                truth(law).apply(charge));
    }

    /** Learns from the charge and any measured output. */
    LinearFit fit(Law law, RadialModel model, Field measured) {
        LearnedOperator operator = LearnedOperator.of(grid, model, FieldType.SCALAR, law.out);
        LeastSquaresSolution solution = operator.fit(LeastSquares.defaults().scaleColumns(), charge, measured);
        RadialOperator learned = operator.at(solution.parameters());
        RadialOperator truth = truth(law);
        double[] errors = new double[unseen.size()];
        for (int k = 0; k < errors.length; k++) {
            errors[k] = error(learned.apply(unseen.get(k)), truth.apply(unseen.get(k)));
        }
        Field prediction = learned.apply(charge);
        return new LinearFit(law, model, cutoff, operator.shells().radii(), learned.values(), truth.values(), solution,
                error(prediction, measured), errors, prediction);
    }

    /** The perceptron with Adam on the normalised absolute error, as in the paper but for the features it is fed. */
    DescentFit descend(Law law, int hidden, int steps, Progress progress) {
        RadialModel model = RadialModel.perceptron(hidden, shells().radius(1), cutoff);
        LearnedOperator operator = LearnedOperator.of(grid, model, FieldType.SCALAR, law.out);
        Tape tape = new Tape(precision);
        ArrayVariable parameters = tape.input(model.initial(new Random(1)));
        FieldVariable target = tape.constant(truth(law).apply(charge));
        ArrayVariable loss = Losses.normalisedAbsoluteError(
                operator.record(parameters, tape.constant(charge)), target);
        Adam adam = Adam.defaults().maxIterations(steps).learningRate(LearningRate.cosine(0.05, 1e-4, steps));
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
        return new DescentFit(law, model, operator.shells().radii(), learned, truth(law).values(), result.value(),
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
