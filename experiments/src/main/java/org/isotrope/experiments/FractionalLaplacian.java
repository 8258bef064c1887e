package org.isotrope.experiments;

import java.util.Random;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.autodiff.optimise.LeastSquares;
import org.isotrope.autodiff.optimise.LeastSquaresSolution;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.time.OdeSystem;
import org.isotrope.kernels.time.RungeKutta;
import org.isotrope.kernels.time.Tableau;

/**
 * Anomalous diffusion, {@code ∂u/∂t = −(−Δ)^½ u}: an operator that is no stencil and no kernel in closed form on a
 * grid, given by its effect on samples. In free space it is the convolution with {@code 1/(2π r³)}, made finite at the
 * origin; radial learning is told neither the power nor the factor.
 *
 * <p>Source of the law: M. Kwaśnicki, "Ten equivalent definitions of the fractional Laplace operator", Fractional
 * Calculus and Applied Analysis 20 (2017) 7, with {@code c = 4^s Γ(1 + s)/(π |Γ(−s)|)} in the plane.
 */
final class FractionalLaplacian {
    private static final double PERIOD = 2;
    private static final double CUTOFF = 0.9;
    private static final int BASIS = 10;
    private static final int SPOTS = 40;
    static final double END = 0.2;

    /** The learned operator, the power and the factor of its tail, and errors of rates and of a whole run. */
    record Learned(
            RadialOperator operator, double power, double factor, double sampleError, double unseenError,
            double runError) {}

    private final Grid grid;
    private final LinearOperator truth;

    /**
     * The operator on a grid.
     *
     * @param nodes nodes along each axis of a periodic plane of period 2
     */
    FractionalLaplacian(int nodes) {
        this.grid = Grid.of(Axis.periodic(-1, 1, nodes), Axis.periodic(-1, 1, nodes));
        this.truth = FourierMultiplier.of(grid, (kx, ky) -> -Math.hypot(kx, ky));
    }

    /** The kernel in free space. */
    static double law(double r) {
        return 1 / (2 * Math.PI * r * r * r);
    }

    /** Spots of several sizes at random places. */
    Field sample(long seed) {
        Random random = new Random(seed);
        double h = grid.axis(0).spacing();
        double[][] all = new double[SPOTS][];
        for (int s = 0; s < SPOTS; s++) {
            all[s] = new double[] {PERIOD * random.nextDouble() - 1, PERIOD * random.nextDouble() - 1,
                h * (0.7 + 3 * random.nextDouble()), random.nextGaussian()};
        }
        return Fields.automatic().scalar(grid).fill(x -> {
            double sum = 0;
            for (double[] spot : all) {
                double dx = Math.IEEEremainder(x[0] - spot[0], PERIOD);
                double dy = Math.IEEEremainder(x[1] - spot[1], PERIOD);
                sum += spot[3] * Math.exp(-(dx * dx + dy * dy) / (2 * spot[2] * spot[2]));
            }
            return sum;
        });
    }

    /** The operator itself, by Fourier transforms. */
    LinearOperator truth() {
        return truth;
    }

    /** Learns R from one state and its rate of change, by linear least squares in a smooth basis. */
    Learned learn(long seed) {
        Field u = sample(seed);
        Field rate = truth.apply(u);
        double h = grid.axis(0).spacing();
        LearnedOperator operator = LearnedOperator.of(
                grid, RadialModel.logarithmicBsplines(BASIS, h, CUTOFF), FieldType.SCALAR, FieldType.SCALAR);
        LeastSquaresSolution fit = operator.fit(LeastSquares.defaults().scaleColumns(), u, rate);
        RadialOperator learned = operator.at(fit.parameters());
        double[] radii = learned.shells().radii();
        double[] tail = tail(radii, learned.values());
        double unseen = 0;
        for (int k = 1; k <= 10; k++) {
            Field other = sample(seed + 1000 * k);
            unseen = Math.max(unseen, error(learned.apply(other), truth.apply(other)));
        }
        return new Learned(learned, tail[0], tail[1], error(learned.apply(u), rate), unseen,
                error(run(learned, seed + 1), exact(seed + 1)));
    }

    /** Slope and factor of {@code ln R} over {@code ln r}, from three cells to half the cutoff. */
    private double[] tail(double[] radii, double[] values) {
        double h = grid.axis(0).spacing();
        double n = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int s = 0; s < radii.length; s++) {
            if (radii[s] > 2.9 * h && radii[s] < CUTOFF / 2) {
                double x = Math.log(radii[s]);
                // R of the other sign would be no power at all
                double y = Math.log(Math.max(values[s], Double.MIN_NORMAL));
                n++;
                sx += x;
                sy += y;
                sxx += x * x;
                sxy += x * y;
            }
        }
        double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
        return new double[] {slope, Math.exp((sy - slope * sx) / n)};
    }

    static double error(Field found, Field expected) {
        Field difference = Fields.automatic().like(found);
        Arithmetic.combine(-1, expected, found, difference);
        return Math.sqrt(Arithmetic.dot(difference, difference) / Arithmetic.dot(expected, expected));
    }

    /** The state at the end under an operator, from a state that learning never saw. */
    Field run(LinearOperator operator, long seed) {
        Field u = sample(seed);
        RungeKutta runge = new RungeKutta(Tableau.rk4(), u);
        OdeSystem system = (t, state, result) -> operator.apply(state, result);
        int steps = (int) Math.ceil(END * Math.PI / grid.axis(0).spacing());
        for (int n = 0; n < steps; n++) {
            Field next = Fields.automatic().like(u);
            runge.step(system, n * END / steps, END / steps, u, next);
            u = next;
        }
        return u;
    }

    /** The same in closed form, {@code û e^(−|k| t)}. */
    Field exact(long seed) {
        return FourierMultiplier.of(grid, (kx, ky) -> Math.exp(-Math.hypot(kx, ky) * END)).apply(sample(seed));
    }

    /** What an operator multiplies a wave by that runs along x, n waves in the period, for n = 1, 2, … */
    double[] symbol(LinearOperator operator) {
        int nodes = grid.axis(0).size();
        double[] symbol = new double[nodes / 2];
        for (int n = 1; n <= symbol.length; n++) {
            double k = wavenumber(n);
            Field wave = Fields.automatic().scalar(grid).fill(x -> Math.cos(k * (x[0] + 1)));
            symbol[n - 1] = operator.apply(wave).get(0, 0, 0);
        }
        return symbol;
    }

    static double wavenumber(int n) {
        return 2 * Math.PI * n / PERIOD;
    }
}
