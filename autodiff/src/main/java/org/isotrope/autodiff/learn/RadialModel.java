package org.isotrope.autodiff.learn;

import java.util.random.RandomGenerator;
import org.isotrope.autodiff.Dual;
import org.isotrope.kernels.radial.Shells;

/**
 * A radial function with parameters, {@code R(r; p)} for 0 ≤ r ≤ cutoff. Distances are physical lengths.
 *
 * <p>Smooth models describe R for r > 0 only; the value at r = 0, where Green's functions are singular, is a parameter
 * of its own, the last one.
 */
public interface RadialModel {
    /**
     * The distance beyond which the kernel is zero.
     *
     * @return a positive length
     */
    double cutoff();

    /**
     * Number of parameters.
     *
     * @return length of {@code p}
     */
    int parameters();

    /**
     * Where to begin.
     *
     * @param random for models that break symmetry by chance
     * @return fresh parameters
     */
    double[] initial(RandomGenerator random);

    /**
     * The values at some distances.
     *
     * @param p parameters
     * @param r distances
     * @param values {@code R(r_k; p)}, overwritten
     */
    void values(double[] p, double[] r, double[] values);

    /**
     * Adds the pullback, {@code p̄ += (∂R/∂p)ᵀ R̄}.
     *
     * @param p parameters
     * @param r distances
     * @param valuesAdjoint R̄, one a distance
     * @param parametersAdjoint p̄, added to
     */
    void pullback(double[] p, double[] r, double[] valuesAdjoint, double[] parametersAdjoint);

    /**
     * Adds the derivative of the pullback along ṗ at constant R̄, {@code p̄̇ += (ṗ · ∂²R/∂p²)ᵀ R̄}: nothing for a
     * linear model. Only Hessian-vector products ask for it.
     *
     * @param p parameters
     * @param pTangent ṗ
     * @param r distances
     * @param valuesAdjoint R̄, one a distance
     * @param parametersAdjointTangent p̄̇, added to
     * @throws IllegalStateException if the model is not linear and has no second derivatives
     */
    default void pullbackTangent(
            double[] p, double[] pTangent, double[] r, double[] valuesAdjoint, double[] parametersAdjointTangent) {
        if (!isLinear()) {
            throw new IllegalStateException("model is a " + this + " without second derivatives;"
                    + " it had to have them for Hessian-vector products");
        }
    }

    /**
     * Whether the values are linear in the parameters, without a constant part.
     *
     * @return true if linear least squares finds the best parameters
     */
    boolean isLinear();

    /**
     * One free value a shell: the most general radial kernel on a grid.
     *
     * @param shells the shells; the model describes these radii and no others
     * @return a linear model with {@code shells.count()} parameters
     */
    static RadialModel free(Shells shells) {
        return new FreeShells(shells.radii(), shells.cutoff());
    }

    /**
     * Spherical Bessel functions, {@code R = Σ p_n √(2/c) sin(nπr/c)/r} for n = 1 … count, which vanish at the cutoff
     * c.
     *
     * <p>Source: J. Gasteiger, J. Groß, S. Günnemann, "Directional message passing for molecular graphs", ICLR 2020,
     * (7).
     *
     * @param count number of functions, at least 1
     * @param cutoff c
     * @return a linear model with {@code count + 1} parameters
     */
    static RadialModel bessel(int count, double cutoff) {
        return new LinearModel(new BesselBasis(count, cutoff));
    }

    /**
     * Cubic B-splines on equal intervals of [0, cutoff].
     *
     * @param count number of functions, at least 4
     * @param cutoff where the last interval ends
     * @return a linear model with {@code count + 1} parameters
     */
    static RadialModel bsplines(int count, double cutoff) {
        return new LinearModel(new SplineBasis(count, 0, cutoff));
    }

    /**
     * Cubic B-splines on equal intervals of ln r in [smallest, cutoff], for functions that behave like powers of r.
     *
     * @param count number of functions, at least 4
     * @param smallest where the first interval begins, positive: usually the first radius above 0; constant below it
     * @param cutoff where the last interval ends, above {@code smallest}
     * @return a linear model with {@code count + 1} parameters
     */
    static RadialModel logarithmicBsplines(int count, double smallest, double cutoff) {
        if (!(smallest > 0)) {
            throw new IllegalArgumentException("smallest radius is " + smallest + "; it had to be positive");
        }
        return new LinearModel(new SplineBasis(count, smallest, cutoff));
    }

    /**
     * Gaussians at equal distances, {@code R = Σ p_n exp(−(r/h − n)²)} with {@code h = cutoff/(count + 1)}.
     *
     * @param count number of functions, at least 1
     * @param cutoff a positive length
     * @return a linear model with {@code count + 1} parameters
     */
    static RadialModel gaussians(int count, double cutoff) {
        return new LinearModel(new BumpBasis(BumpBasis.Shape.GAUSSIAN, count, cutoff));
    }

    /**
     * Arches of a cosine at equal distances, {@code cos(π/2 (r/h − n))} where that lies within ±1, else 0; with
     * {@code h = cutoff/(count + 1)}. Squares of neighbours sum to 1.
     *
     * @param count number of functions, at least 1
     * @param cutoff a positive length
     * @return a linear model with {@code count + 1} parameters
     */
    static RadialModel cosines(int count, double cutoff) {
        return new LinearModel(new BumpBasis(BumpBasis.Shape.COSINE, count, cutoff));
    }

    /**
     * Bumps of compact support with all derivatives, {@code exp(2 − 1/(1 + x) − 1/(1 − x))} for {@code x = r/h − n} within
     * ±1, else 0; with {@code h = cutoff/(count + 1)}.
     *
     * @param count number of functions, at least 1
     * @param cutoff a positive length
     * @return a linear model with {@code count + 1} parameters
     */
    static RadialModel smoothBumps(int count, double cutoff) {
        return new LinearModel(new BumpBasis(BumpBasis.Shape.SMOOTH, count, cutoff));
    }

    /**
     * This model times a polynomial that takes it to 0 at the cutoff c with two continuous derivatives:
     * {@code u(x) = 1 − (p+1)(p+2)/2 xᵖ + p(p+2) xᵖ⁺¹ − p(p+1)/2 xᵖ⁺²}, {@code x = r/c}.
     *
     * <p>Source: J. Gasteiger, J. Groß, S. Günnemann, "Directional message passing for molecular graphs", ICLR 2020, (8).
     *
     * @param order p, at least 1: the larger, the later the envelope falls
     * @return a model with the same parameters
     */
    default RadialModel enveloped(int order) {
        return new EnvelopedModel(this, order);
    }

    /**
     * A perceptron with one hidden layer of tanh, {@code R = a + Σ v_j tanh(w_j s + b_j)}, fed with
     * {@code s = 2 ln(r/smallest)/ln(cutoff/smallest) − 1}.
     *
     * @param hidden number of hidden units, at least 1
     * @param smallest radius where s = −1, positive: usually the first radius above 0
     * @param cutoff radius where s = 1, above {@code smallest}
     * @return a nonlinear model with {@code 3 hidden + 2} parameters
     */
    static RadialModel perceptron(int hidden, double smallest, double cutoff) {
        return new Perceptron(hidden, smallest, cutoff);
    }

    /** A radial function with parameters, written in dual numbers. */
    @FunctionalInterface
    interface Formula {
        /**
         * The value.
         *
         * @param r distance, 0 included; its derivatives are 0
         * @param p parameters
         * @return R(r; p)
         */
        Dual value(Dual r, Dual[] p);
    }

    /**
     * A formula in dual numbers, which give its derivatives in the parameters: {@code (r, p) ->
     * r.times(p[0]).exp().times(p[1])}. A pullback evaluates it once a parameter and distance.
     *
     * @param name for people
     * @param cutoff a positive length
     * @param initial parameters to begin with
     * @param formula the function
     * @return a nonlinear model with as many parameters as there are initial ones
     */
    static RadialModel formula(String name, double cutoff, double[] initial, Formula formula) {
        return new FormulaModel(name, cutoff, initial.clone(), formula);
    }
}
