package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With EJML as the independent judge of solutions, singular values and ranks. */
class LeastSquaresTest {

    private static double residual(double[][] a, double[] x, double[] b) {
        return Vectors.distance(Matrices.multiply(a, x), b);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "20, 20", "300, 12", "200, 50", "1000, 3"})
    void randomSystemsOfFullRank(int rows, int columns) {
        var random = new Random(31L * rows + columns);
        double[][] a = Matrices.random(rows, columns, random);
        double[] b = random.doubles(rows, -1, 1).toArray();
        LeastSquaresSolution solution = LeastSquares.defaults().solve(a, b);
        double[] expected = Matrices.qrSolve(a, b);
        double[] singularValues = Matrices.singularValues(a);
        assertThat(solution.rank()).isEqualTo(columns);
        assertThat(solution.undetermined()).isEmpty();
        assertThat(solution.nullSpace()).isEmpty();
        assertThat(solution.singularValues()).containsExactly(singularValues, within(1e-13 * singularValues[0]));
        assertThat(solution.condition()).isCloseTo(singularValues[0] / singularValues[columns - 1],
            within(1e-10 * solution.condition()));
        assertThat(Vectors.distance(solution.parameters(), expected))
            .isLessThan(1e-13 * solution.condition() * (1 + Vectors.norm(expected)));
        assertThat(solution.residualNorm()).isCloseTo(residual(a, expected, b), within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e2, 1e4})
    void consistentSystemsAreSolvedToRounding(double condition) {
        int n = 40;
        var random = new Random(7);
        var scales = new double[n];
        Arrays.setAll(scales, i -> Math.pow(condition, -i / (n - 1.0)));
        double[][] a = Matrices.multiply(Matrices.random(400, n, random), Problems.symmetric(scales, random));
        double[] exact = random.doubles(n, 1, 2).toArray();
        double[] b = Matrices.multiply(a, exact);
        LeastSquaresSolution solution = LeastSquares.defaults().solve(a, b);
        assertThat(Vectors.distance(solution.parameters(), exact)).isLessThan(1e-15 * (10 + condition)
            * Vectors.norm(exact)).isLessThan(1e-11 * Vectors.norm(exact));
        assertThat(solution.residualNorm()).isLessThan(1e-14 * Vectors.norm(b));
    }

    @ParameterizedTest
    @CsvSource({"30, 10, 4", "100, 25, 24", "8, 20, 8", "50, 50, 1", "5, 9, 3"})
    void rankDeficientSystemsGiveTheSolutionOfLeastNorm(int rows, int columns, int rank) {
        var random = new Random(17L * rows + columns);
        double[][] a = Matrices.ofRank(rank, rows, columns, random);
        double[] b = random.doubles(rows, -1, 1).toArray();
        LeastSquaresSolution solution = LeastSquares.defaults().solve(a, b);
        double[] expected = Matrices.pseudoSolve(a, b);
        double[] singularValues = Matrices.singularValues(a);
        long expectedRank = Arrays.stream(singularValues).filter(s -> s > 1e-12 * singularValues[0]).count();
        assertThat(expectedRank).isEqualTo(rank);
        assertThat(solution.rank()).isEqualTo(rank);
        assertThat(Vectors.distance(solution.parameters(), expected)).isLessThan(1e-10 * Vectors.norm(expected));
        assertThat(solution.residualNorm()).isCloseTo(residual(a, expected, b), within(1e-11));

        double[][] basis = solution.nullSpace();
        assertThat(basis).hasNumberOfRows(columns - rank);
        for (double[] vector : basis) {
            assertThat(Vectors.norm(Matrices.multiply(a, vector))).isLessThan(1e-13 * singularValues[0]);
            assertThat(Vectors.dot(vector, solution.parameters())).isCloseTo(0, within(1e-12));
            for (double[] other : basis) {
                assertThat(Vectors.dot(vector, other)).isCloseTo(vector == other ? 1 : 0, within(1e-13));
            }
        }
        // A generic null space touches every unknown.
        assertThat(solution.undetermined()).hasSize(columns);
    }

    @Test
    void tellsDeterminedUnknownsFromTheOthers() {
        // x₀ and x₃ are fixed, x₁ + x₂ is fixed, x₄ never occurs.
        double[][] a = {{1, 0, 0, 2, 0}, {0, 1, 1, 0, 0}, {3, 0, 0, -1, 0}, {0, 2, 2, 0, 0}, {1, 1, 1, 1, 0}};
        double[] b = Matrices.multiply(a, new double[] {5, 1, 3, -2, 0});
        for (LeastSquares settings : new LeastSquares[] {
            LeastSquares.defaults(), LeastSquares.defaults().scaleColumns()}) {
            LeastSquaresSolution solution = settings.solve(a, b);
            assertThat(solution.rank()).isEqualTo(3);
            assertThat(solution.undetermined()).containsExactly(1, 2, 4);
            assertThat(solution.determined(0)).isTrue();
            assertThat(solution.openness(0)).isLessThan(1e-14);
            assertThat(solution.openness(1)).isCloseTo(Math.sqrt(0.5), within(1e-14));
            assertThat(solution.openness(4)).isCloseTo(1, within(1e-15));
            assertThat(solution.parameters()).containsExactly(new double[] {5, 2, 2, -2, 0}, within(1e-13));
            assertThat(solution.residualNorm()).isLessThan(1e-13);
            assertThat(solution).hasToString(solution.toString()).asString()
                .contains("rank 3 of 5").contains("undetermined [1, 2, 4]");
        }
    }

    @Test
    void systemsOfZerosHaveRankNought() {
        LeastSquaresSolution solution = LeastSquares.defaults().scaleColumns()
            .solve(new double[4][3], new double[] {1, 2, 2, 0});
        assertThat(solution.rank()).isZero();
        assertThat(solution.parameters()).containsExactly(0, 0, 0);
        assertThat(solution.residualNorm()).isCloseTo(3, within(1e-15));
        assertThat(solution.undetermined()).containsExactly(0, 1, 2);
        assertThat(solution.condition()).isNaN();
        assertThat(LeastSquares.defaults().solve(StreamedQr.columns(2)).rank()).isZero();
    }

    @Test
    void badlyScaledColumnsNeedScalingToKeepTheirRank() {
        int n = 6;
        var random = new Random(11);
        double[][] a = Matrices.random(60, n, random);
        double[] scales = {1e12, 1, 1e-9, 1e6, 1e-14, 3e3};
        double[] exact = random.doubles(n, 1, 2).toArray();
        for (double[] row : a) {
            for (int j = 0; j < n; j++) {
                row[j] *= scales[j];
            }
        }
        // Contributions of equal size, so that rounding of b does not drown the small columns.
        for (int j = 0; j < n; j++) {
            exact[j] /= scales[j];
        }
        double[] b = Matrices.multiply(a, exact);
        assertThat(LeastSquares.defaults().solve(a, b).rank()).isLessThan(n);
        LeastSquaresSolution scaled = LeastSquares.defaults().scaleColumns().solve(a, b);
        assertThat(scaled.rank()).isEqualTo(n);
        for (int j = 0; j < n; j++) {
            assertThat(scaled.parameters()[j]).isCloseTo(exact[j], within(1e-13 * Math.abs(exact[j])));
        }
    }

    @Test
    void scaledColumnsStillGiveTheLeastNormInTheUnknownsThemselves() {
        // 100 x₀ + x₁ = 10001: the least norm is x = (100, 1) · 10001 / 10001.
        double[][] a = {{100, 1, 0}, {200, 2, 0}, {0, 0, 1e-3}};
        double[] b = {10001, 20002, 4e-3};
        LeastSquaresSolution solution = LeastSquares.defaults().scaleColumns().solve(a, b);
        assertThat(solution.rank()).isEqualTo(2);
        assertThat(solution.parameters()).containsExactly(new double[] {100, 1, 4}, within(1e-11));
        assertThat(solution.undetermined()).containsExactly(0, 1);
        // Two unknowns in opposite units are equally open once they are scaled.
        assertThat(solution.openness(0)).isBetween(0.5, 0.9);
        double[] direction = solution.nullSpace()[0];
        assertThat(100 * direction[0] + direction[1]).isCloseTo(0, within(1e-14));
        assertThat(Vectors.norm(direction)).isCloseTo(1, within(1e-14));
        double[] expected = Matrices.pseudoSolve(a, b);
        assertThat(solution.parameters()).containsExactly(expected, within(1e-9));
    }

    @Test
    void theToleranceDecidesWhatCountsAsZero() {
        double[][] a = {{1, 0, 0}, {0, 1e-5, 0}, {0, 0, 1e-10}};
        double[] b = {1, 1e-5, 1e-10};
        LeastSquaresSolution all = LeastSquares.defaults().solve(a, b);
        assertThat(all.rank()).isEqualTo(3);
        assertThat(all.limit()).isEqualTo(3 * Math.ulp(1.0));
        LeastSquaresSolution two = LeastSquares.defaults().tolerance(1e-8).solve(a, b);
        assertThat(two.rank()).isEqualTo(2);
        assertThat(two.limit()).isEqualTo(1e-8);
        assertThat(two.parameters()).containsExactly(new double[] {1, 1, 0}, within(1e-14));
        assertThat(two.undetermined()).containsExactly(2);
        assertThat(two.residualNorm()).isCloseTo(1e-10, within(1e-20));
        assertThat(LeastSquares.defaults().tolerance(1e-3).solve(a, b).rank()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0.5, false", "0.5, true", "1e-3, true", "30, false"})
    void theTikhonovTermIsThatOfAnAugmentedSystem(double lambda, boolean scaled) {
        int n = 8;
        var random = new Random(23);
        double[][] a = Matrices.ofRank(6, 40, n, random);
        double[] b = random.doubles(40, -1, 1).toArray();
        double[][] augmented = Arrays.copyOf(a, 40 + n);
        for (int j = 0; j < n; j++) {
            augmented[40 + j] = new double[n];
            augmented[40 + j][j] = lambda;
        }
        // Rounding in the two null directions of a is divided by the square of lambda.
        double[] expected = Matrices.qrSolve(augmented, Arrays.copyOf(b, 40 + n));
        LeastSquares settings = LeastSquares.defaults().tikhonov(lambda);
        LeastSquaresSolution solution = (scaled ? settings.scaleColumns() : settings).solve(a, b);
        assertThat(solution.parameters()).containsExactly(expected, within(1e-11 + 1e-14 / (lambda * lambda)));
        assertThat(solution.rank()).isEqualTo(6);
        assertThat(solution.residualNorm()).isCloseTo(residual(a, expected, b), within(1e-11));
    }

    @Test
    void polynomialsThroughManyStreamedSamplesAreRecovered() {
        // Chebyshev polynomials on 200 000 nodes, without the matrix ever being held.
        int n = 12;
        double[] exact = new Random(5).doubles(n, -1, 1).toArray();
        var rows = StreamedQr.columns(n);
        var row = new double[n];
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            double t = -1 + 2.0 * i / (count - 1);
            row[0] = 1;
            row[1] = t;
            for (int j = 2; j < n; j++) {
                row[j] = 2 * t * row[j - 1] - row[j - 2];
            }
            rows.append(row, Vectors.dot(row, exact));
        }
        LeastSquaresSolution solution = LeastSquares.defaults().solve(rows);
        assertThat(rows.rows()).isEqualTo(count);
        assertThat(solution.rank()).isEqualTo(n);
        assertThat(solution.parameters()).containsExactly(exact, within(1e-12));
        assertThat(solution.residualNorm()).isLessThan(1e-12 * Math.sqrt(count));
    }

    @Test
    void longleysEmploymentDataGivesTheCertifiedCoefficients() {
        // NIST Statistical Reference Datasets, linear regression, Longley: condition about 5e9 before scaling.
        double[][] x = {
            {83.0, 234289, 2356, 1590, 107608, 1947}, {88.5, 259426, 2325, 1456, 108632, 1948},
            {88.2, 258054, 3682, 1616, 109773, 1949}, {89.5, 284599, 3351, 1650, 110929, 1950},
            {96.2, 328975, 2099, 3099, 112075, 1951}, {98.1, 346999, 1932, 3594, 113270, 1952},
            {99.0, 365385, 1870, 3547, 115094, 1953}, {100.0, 363112, 3578, 3350, 116219, 1954},
            {101.2, 397469, 2904, 3048, 117388, 1955}, {104.6, 419180, 2822, 2857, 118734, 1956},
            {108.4, 442769, 2936, 2798, 120445, 1957}, {110.8, 444546, 4681, 2637, 121950, 1958},
            {112.6, 482704, 3813, 2552, 123366, 1959}, {114.2, 502601, 3931, 2514, 125368, 1960},
            {115.7, 518173, 4806, 2572, 127852, 1961}, {116.9, 554894, 4007, 2827, 130081, 1962}};
        double[] y = {60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564,
            69331, 70551};
        double[] certified = {-3482258.63459582, 15.0618722713733, -0.358191792925910E-01, -2.02022980381683,
            -1.03322686717359, -0.511041056535807E-01, 1829.15146461355};
        var rows = StreamedQr.columns(7);
        for (int i = 0; i < y.length; i++) {
            var row = new double[7];
            row[0] = 1;
            System.arraycopy(x[i], 0, row, 1, 6);
            rows.append(row, y[i]);
        }
        LeastSquaresSolution solution = LeastSquares.defaults().scaleColumns().solve(rows);
        assertThat(solution.rank()).isEqualTo(7);
        for (int j = 0; j < 7; j++) {
            assertThat(solution.parameters()[j]).isCloseTo(certified[j], within(1e-9 * Math.abs(certified[j])));
        }
        assertThat(solution.residualNorm()).isCloseTo(Math.sqrt(836424.055505915), within(1e-9));
    }

    @Test
    void refusesBadInputInOneSentence() {
        LeastSquares settings = LeastSquares.defaults();
        assertThatIllegalArgumentException().isThrownBy(() -> settings.solve(new double[0][], new double[0]))
            .withMessage("a was empty but had to have at least one row.");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.solve(new double[2][3], new double[3]))
            .withMessage("b had 3 entries but had to have 2, one for each row of a.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings.solve(new double[][] {{1, 2}, {3}}, new double[2]))
            .withMessage("row had 1 entries but had to have 2, one an unknown.");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.tolerance(1))
            .withMessage("tolerance was 1.0 but had to be at least 0 and less than 1.");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.tikhonov(-2))
            .withMessage("lambda was -2.0 but had to be finite and at least 0.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings.solve(new double[][] {{1}}, new double[1]).determined(1))
            .withMessage("unknown was 1 but had to be at least 0 and less than 1.");
    }
}
