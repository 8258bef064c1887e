package org.isotrope.autodiff.optimise;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** The solution of a linear least-squares problem, and what its rows do and do not determine. */
public final class LeastSquaresSolution {

    private static final double DETERMINED = 1e-8;

    private final double[] parameters;
    private final int rank;
    private final double[] singularValues;
    private final double limit;
    private final double residualNorm;
    private final double[][] nullSpace;
    private final double[] nullComponents;

    /** Takes the arrays without copying. */
    LeastSquaresSolution(double[] parameters, int rank, double[] singularValues, double limit, double residualNorm,
                         double[][] nullSpace, double[] nullComponents) {
        this.parameters = parameters;
        this.rank = rank;
        this.singularValues = singularValues;
        this.limit = limit;
        this.residualNorm = residualNorm;
        this.nullSpace = nullSpace;
        this.nullComponents = nullComponents;
    }

    /**
     * The solution: of all that fit equally well, the one of least Euclidean norm.
     *
     * @return a copy, one entry an unknown
     */
    public double[] parameters() {
        return parameters.clone();
    }

    /**
     * How many unknowns there are.
     *
     * @return the number of columns of the system
     */
    public int unknowns() {
        return parameters.length;
    }

    /**
     * How many independent combinations of the unknowns the rows determine.
     *
     * @return the number of singular values above {@link #limit()}
     */
    public int rank() {
        return rank;
    }

    /**
     * The singular values of the system, of its scaled form if columns were scaled.
     *
     * @return a copy, in descending order, one an unknown
     */
    public double[] singularValues() {
        return singularValues.clone();
    }

    /**
     * The singular value up to which they counted as zero.
     *
     * @return the absolute limit, in the units of {@link #singularValues()}
     */
    public double limit() {
        return limit;
    }

    /**
     * The ratio of the largest singular value to the smallest one that did not count as zero: how much relative errors
     * can grow from the rows to the determined combinations.
     *
     * @return the effective condition number, at least 1; NaN if the rank is 0
     */
    public double condition() {
        return rank == 0 ? Double.NaN : singularValues[0] / singularValues[rank - 1];
    }

    /**
     * The length of the residual of the solution, without a Tikhonov term.
     *
     * @return {@code ‖A x - b‖}
     */
    public double residualNorm() {
        return residualNorm;
    }

    /**
     * The directions in which the unknowns can move without any row noticing.
     *
     * @return a copy of an orthonormal basis: {@code unknowns() - rank()} vectors of {@code unknowns()} entries
     */
    public double[][] nullSpace() {
        return Arrays.stream(nullSpace).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * How much of an unknown is left open: the length of the projection of its unit vector onto the null space, taken
     * in the scaled unknowns if columns were scaled.
     *
     * @param unknown the index of the unknown
     * @return 0 for an unknown that the rows determine, 1 for one that they do not contain, between for one that occurs
     *     only in combination with others
     * @throws IllegalArgumentException if there is no such unknown
     */
    public double openness(int unknown) {
        if (unknown < 0 || unknown >= parameters.length) {
            throw new IllegalArgumentException("unknown was " + unknown + " but had to be at least 0 and less than "
                + parameters.length + ".");
        }
        return nullComponents[unknown];
    }

    /**
     * Whether the rows determine an unknown: {@link #openness(int)} is at most 1e-8.
     *
     * @param unknown the index of the unknown
     * @return {@code true} if every solution has the same value there
     * @throws IllegalArgumentException if there is no such unknown
     */
    public boolean determined(int unknown) {
        return openness(unknown) <= DETERMINED;
    }

    /**
     * The unknowns that the rows do not determine.
     *
     * @return their indices, ascending
     */
    public int[] undetermined() {
        return IntStream.range(0, parameters.length).filter(j -> !determined(j)).toArray();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "rank %d of %d, condition %.3g, residual norm %.3g%s", rank,
            parameters.length, condition(), residualNorm,
            rank == parameters.length ? "" : ", undetermined " + Arrays.toString(undetermined()));
    }
}
