package org.isotrope.kernels.difference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exact boundary closure of a diagonal-norm summation-by-parts first derivative of interior order {@code 2s}.
 *
 * <p>Unknowns are the norm {@code H_i} of the first {@code r} nodes and the antisymmetric block {@code Q_ij}, equations
 * that rows {@code i < r} are exact up to degree {@code s}: {@code Σ_j Q_ij (j − i)ᵏ = H_i δ_k1}. They fix {@code H}
 * always, {@code Q} for {@code 2s = 2, 4}, and leave 1 free parameter for 6 and 3 for 8. These take the values that
 * minimise {@code Σ_i c_i²}, the square of the average boundary truncation error with {@code c_i} the error of row
 * {@code i} at degree {@code s + 1}. For order 8 this leaves one free direction, along which the same sum at degree
 * {@code s + 2} is minimised.
 *
 * @param norm {@code H_i} for {@code i < r}
 * @param rows {@code Q_ij} for {@code i < r} and every {@code j} up to the last nonzero one
 */
record SummationClosure(Rational[] norm, Rational[][] rows) {

    /** The closure of interior order {@code 2s}. */
    static SummationClosure of(int s) {
        return new Derivation(s).closure();
    }

    /** Rows of the derivative that are not the interior's. */
    int size() {
        return norm.length;
    }

    private static final class Derivation {
        private final int s;
        private final int r;
        private final int unknowns;
        private final Rational[] interior;

        Derivation(int s) {
            this.s = s;
            this.r = s == 1 ? 1 : 2 * s;
            this.unknowns = r + r * (r - 1) / 2;
            this.interior = DifferenceWeights.centred(1, 2 * s).exact();
        }

        /** Place of {@code Q_ij}, {@code i < j < r}, among the unknowns, after the {@code r} of the norm. */
        private int place(int i, int j) {
            return r + i * (2 * r - i - 1) / 2 + (j - i - 1);
        }

        /** {@code Σ_j Q_ij (j − i)ᵏ} as an affine function of the unknowns. */
        private Rational[] moment(int i, int degree) {
            Rational[] affine = new Rational[unknowns + 1];
            Arrays.fill(affine, Rational.ZERO);
            for (int j = 0; j < r; j++) {
                Rational power = Rational.of(j - i).power(degree);
                if (j > i) {
                    affine[place(i, j)] = power;
                } else if (j < i) {
                    affine[place(j, i)] = power.negate();
                }
            }
            if (i == 0 && degree == 0) {
                affine[unknowns] = Rational.of(-1, 2);
            }
            for (int j = r; j <= i + s; j++) {
                affine[unknowns] = affine[unknowns].plus(
                        interior[s + j - i].times(Rational.of(j - i).power(degree)));
            }
            return affine;
        }

        SummationClosure closure() {
            List<Rational[]> equations = new ArrayList<>();
            for (int i = 0; i < r; i++) {
                for (int degree = 0; degree <= s; degree++) {
                    Rational[] equation = moment(i, degree);
                    equation[unknowns] = equation[unknowns].negate();
                    if (degree == 1) {
                        equation[i] = equation[i].minus(Rational.ONE);
                    }
                    equations.add(equation);
                }
            }
            LinearSystem solutions = LinearSystem.solve(equations, unknowns);
            Rational[] norm = Arrays.copyOf(solutions.particular(), r);
            for (int degree = s + 1; !solutions.directions().isEmpty(); degree++) {
                solutions = solutions.leastSquares(errors(norm, degree));
            }
            return assemble(norm, solutions.unique());
        }

        /** Errors of the rows of {@code H⁻¹Q} at a degree, up to the common factorial. */
        private List<Rational[]> errors(Rational[] norm, int degree) {
            List<Rational[]> errors = new ArrayList<>();
            for (int i = 0; i < r; i++) {
                Rational[] error = moment(i, degree);
                for (int j = 0; j < error.length; j++) {
                    error[j] = error[j].over(norm[i]);
                }
                errors.add(error);
            }
            return errors;
        }

        private SummationClosure assemble(Rational[] norm, Rational[] solution) {
            Rational[][] rows = new Rational[r][];
            for (int i = 0; i < r; i++) {
                Rational[] row = new Rational[Math.max(r, i + s + 1)];
                for (int j = 0; j < row.length; j++) {
                    row[j] = j >= r ? interior[s + j - i]
                            : j > i ? solution[place(i, j)]
                            : j < i ? solution[place(j, i)].negate()
                            : i == 0 ? Rational.of(-1, 2) : Rational.ZERO;
                }
                int last = row.length;
                while (row[last - 1].isZero()) {
                    last--;
                }
                rows[i] = Arrays.copyOf(row, last);
            }
            return new SummationClosure(norm, rows);
        }
    }
}
