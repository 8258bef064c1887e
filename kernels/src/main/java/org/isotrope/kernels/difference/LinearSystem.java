package org.isotrope.kernels.difference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All solutions of a consistent system of linear equations, exactly: one particular solution plus any combination of
 * the free directions.
 *
 * @param particular the solution whose free unknowns are 0
 * @param directions a basis of the solutions of the homogeneous system; empty if the solution is unique
 */
record LinearSystem(Rational[] particular, List<Rational[]> directions) {

    /**
     * Solves by elimination to the reduced echelon form.
     *
     * @param equations rows of {@code unknowns + 1} numbers, the last the right-hand side; left as they are
     * @param unknowns how many unknowns there are
     */
    static LinearSystem solve(List<Rational[]> equations, int unknowns) {
        Rational[][] a = new Rational[equations.size()][];
        for (int i = 0; i < a.length; i++) {
            a[i] = equations.get(i).clone();
        }
        int[] pivotRow = new int[unknowns];
        Arrays.fill(pivotRow, -1);
        int rank = 0;
        for (int column = 0; column < unknowns; column++) {
            int pivot = rank;
            while (pivot < a.length && a[pivot][column].isZero()) {
                pivot++;
            }
            if (pivot < a.length) {
                Rational[] row = a[pivot];
                a[pivot] = a[rank];
                a[rank] = row;
                eliminate(a, rank, column);
                pivotRow[column] = rank;
                rank++;
            }
        }
        for (int i = rank; i < a.length; i++) {
            if (!a[i][unknowns].isZero()) {
                throw new IllegalArgumentException("equations contradict each other; they had to have a solution");
            }
        }
        Rational[] particular = new Rational[unknowns];
        List<Rational[]> directions = new ArrayList<>();
        for (int column = 0; column < unknowns; column++) {
            particular[column] = pivotRow[column] < 0 ? Rational.ZERO : a[pivotRow[column]][unknowns];
            if (pivotRow[column] < 0) {
                Rational[] direction = new Rational[unknowns];
                for (int i = 0; i < unknowns; i++) {
                    direction[i] = pivotRow[i] >= 0 ? a[pivotRow[i]][column].negate()
                            : i == column ? Rational.ONE : Rational.ZERO;
                }
                directions.add(direction);
            }
        }
        return new LinearSystem(particular, directions);
    }

    private static void eliminate(Rational[][] a, int rank, int column) {
        Rational[] pivot = a[rank];
        Rational divisor = pivot[column];
        for (int j = column; j < pivot.length; j++) {
            pivot[j] = pivot[j].over(divisor);
        }
        for (int i = 0; i < a.length; i++) {
            Rational factor = a[i][column];
            if (i != rank && !factor.isZero()) {
                for (int j = column; j < pivot.length; j++) {
                    if (!pivot[j].isZero()) {
                        a[i][j] = a[i][j].minus(factor.times(pivot[j]));
                    }
                }
            }
        }
    }

    /** The only solution. */
    Rational[] unique() {
        if (!directions.isEmpty()) {
            throw new IllegalStateException("the system leaves " + directions.size()
                    + " unknowns free; it had to have one solution");
        }
        return particular;
    }

    /** {@code particular + Σ_k coefficients_k directions_k}. */
    Rational[] at(Rational[] coefficients) {
        Rational[] sum = particular.clone();
        for (int k = 0; k < coefficients.length; k++) {
            addTo(sum, coefficients[k], directions.get(k));
        }
        return sum;
    }

    private static void addTo(Rational[] sum, Rational factor, Rational[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i].plus(factor.times(vector[i]));
        }
    }

    /**
     * The solutions among these that minimise {@code Σ_i (Σ_j residuals_ij x_j + residuals_iN)²}.
     *
     * @param residuals rows of {@code unknowns + 1} numbers, the last the constant of an affine function
     */
    LinearSystem leastSquares(List<Rational[]> residuals) {
        int free = directions.size();
        int unknowns = particular.length;
        List<Rational[]> normal = new ArrayList<>();
        for (int k = 0; k < free; k++) {
            Rational[] row = new Rational[free + 1];
            Arrays.fill(row, Rational.ZERO);
            normal.add(row);
        }
        for (Rational[] residual : residuals) {
            Rational constant = residual[unknowns].plus(dot(residual, particular));
            Rational[] slope = new Rational[free];
            for (int k = 0; k < free; k++) {
                slope[k] = dot(residual, directions.get(k));
            }
            for (int k = 0; k < free; k++) {
                for (int l = 0; l < free; l++) {
                    normal.get(k)[l] = normal.get(k)[l].plus(slope[k].times(slope[l]));
                }
                normal.get(k)[free] = normal.get(k)[free].minus(slope[k].times(constant));
            }
        }
        LinearSystem best = solve(normal, free);
        List<Rational[]> remaining = new ArrayList<>();
        for (Rational[] direction : best.directions) {
            Rational[] full = new Rational[unknowns];
            Arrays.fill(full, Rational.ZERO);
            for (int k = 0; k < free; k++) {
                addTo(full, direction[k], directions.get(k));
            }
            remaining.add(full);
        }
        return new LinearSystem(at(best.particular), remaining);
    }

    private static Rational dot(Rational[] residual, Rational[] vector) {
        Rational sum = Rational.ZERO;
        for (int j = 0; j < vector.length; j++) {
            if (!residual[j].isZero() && !vector[j].isZero()) {
                sum = sum.plus(residual[j].times(vector[j]));
            }
        }
        return sum;
    }
}
