package org.isotrope.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.isotrope.experiments.Electrostatics.Law;
import org.isotrope.experiments.Electrostatics.LinearFit;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElectrostaticsTest {
    private static final double WIDE = Math.sqrt(3);

    private static Electrostatics paper(double cutoff) {
        return new Electrostatics(21, cutoff, Precision.DOUBLE, 20);
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void freeShellsAreExactWithinCutoffOne(Law law) {
        LinearFit fit = paper(1).fitFreeShells(law);
        assertThat(fit.sampleError()).isLessThanOrEqualTo(1e-10);
        assertThat(fit.unseenErrors()).hasSize(20);
        assertThat(fit.worstUnseen()).isLessThanOrEqualTo(1e-10);
        for (int s = 1; s < fit.radii().length; s++) {
            double r = fit.radii()[s];
            double closedForm = law == Law.POTENTIAL ? 1 / (4 * Math.PI * r) : 1 / (4 * Math.PI * r * r);
            assertThat(fit.learned()[s]).isCloseTo(closedForm, within(1e-10 * closedForm));
        }
    }

    @ParameterizedTest
    @CsvSource({"POTENTIAL, 1", "FIELD, 1", "POTENTIAL, 1.7320508075688772", "FIELD, 1.7320508075688772"})
    void rankIsThatOfAnIndependentSingularValueDecomposition(Law law, double cutoff) {
        Electrostatics experiment = paper(cutoff);
        LinearFit fit = experiment.fitFreeShells(law);
        DMatrixRMaj design = design(experiment.charge(), cutoff, law);
        assertThat(design.numCols).isEqualTo(fit.radii().length);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(design.numRows, design.numCols, false, false, false);
        assertThat(svd.decompose(design)).isTrue();
        double largest = Arrays.stream(svd.getSingularValues()).max().orElseThrow();
        assertThat(fit.solution().rank()).isEqualTo(SingularOps_DDRM.rank(svd, 1e-10 * largest));
        if (cutoff > 1) {
            assertThat(fit.solution().rank()).isLessThan(113);
            assertThat(fit.solution().undetermined()).isNotEmpty();
        }
    }

    /** The output of a unit kernel on every shell, by a loop over all pairs of 21 × 21 nodes of [−1, 1]². */
    private static DMatrixRMaj design(Field charge, double cutoff, Law law) {
        int n = 21;
        double h = 0.1;
        TreeSet<Integer> squares = new TreeSet<>();
        int reach = (int) (cutoff / h) + 1;
        for (int a = -reach; a <= reach; a++) {
            for (int b = -reach; b <= reach; b++) {
                if (Math.sqrt(a * a + b * b) * h <= cutoff + 1e-9) {
                    squares.add(a * a + b * b);
                }
            }
        }
        Map<Integer, Integer> columns = new TreeMap<>();
        squares.forEach(square -> columns.put(square, columns.size()));
        int components = law == Law.POTENTIAL ? 1 : 2;
        DMatrixRMaj design = new DMatrixRMaj(components * n * n, columns.size());
        for (int i = 0; i < n * n; i++) {
            for (int j = 0; j < n * n; j++) {
                int dx = i / n - j / n;
                int dy = i % n - j % n;
                Integer column = columns.get(dx * dx + dy * dy);
                if (column == null) {
                    continue;
                }
                double weight = h * h * charge.get(0, j / n, j % n);
                if (components == 1) {
                    design.add(i, column, weight);
                } else if (dx != 0 || dy != 0) {
                    design.add(i, column, weight * dx / Math.hypot(dx, dy));
                    design.add(n * n + i, column, weight * dy / Math.hypot(dx, dy));
                }
            }
        }
        return design;
    }

    @Test
    void undeterminedShellsAreTheOnesThatMayChangeWithoutChangingTheOutput() {
        Electrostatics experiment = paper(WIDE);
        LinearFit fit = experiment.fitFreeShells(Law.FIELD);
        boolean[] open = fit.open();
        DMatrixRMaj design = design(experiment.charge(), WIDE, Law.FIELD);
        for (int s = 0; s < open.length; s++) {
            double column = 0;
            for (int row = 0; row < design.numRows; row++) {
                column += Math.abs(design.get(row, s));
            }
            // each shell of the field is either absent or on its own
            assertThat(open[s]).as("shell of radius %s", fit.radii()[s]).isEqualTo(column < 1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void smoothBasisCarriesOverToUndeterminedRadii(Law law) {
        Electrostatics experiment = paper(WIDE);
        assertThat(experiment.fitFreeShells(law).worstUnseen()).isGreaterThan(1e-3);
        assertThat(experiment.fitSmooth(law, 12).worstUnseen()).isLessThanOrEqualTo(1e-2);
    }

    @ParameterizedTest
    @CsvSource({"POTENTIAL, 20", "POTENTIAL, 1", "FIELD, 20", "FIELD, 1"})
    void perceptronFitsTheSample(Law law, long seed) {
        assertThat(paper(1).descend(law, 32, 500, seed, Progress.NONE).sampleError()).isLessThanOrEqualTo(0.02);
    }

    @Test
    void floatReachesItsOwnRounding() {
        Electrostatics experiment = new Electrostatics(21, 1, Precision.FLOAT, 20);
        for (Law law : Law.values()) {
            LinearFit fit = experiment.fitFreeShells(law);
            assertThat(fit.solution().rank()).isEqualTo(paper(1).fitFreeShells(law).solution().rank());
            assertThat(fit.worstUnseen()).isLessThan(1e-6);
        }
    }

    @Test
    void measuredSampleIsLearnedWithoutTruth() {
        Electrostatics truth = paper(1);
        Electrostatics measured = new Electrostatics(truth.charge(),
                Map.of(Law.FIELD, truth.truth(Law.FIELD).apply(truth.charge())), 1, 20);
        assertThat(measured.laws()).containsExactly(Law.FIELD);
        LinearFit fit = measured.fitFreeShells(Law.FIELD);
        assertThat(fit.truth()).isEmpty();
        assertThat(fit.sampleError()).isLessThanOrEqualTo(1e-10);
        assertThat(fit.learned()).containsExactly(truth.fitFreeShells(Law.FIELD).learned());
    }
}
