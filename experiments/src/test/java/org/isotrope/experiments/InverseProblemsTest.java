package org.isotrope.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.autodiff.FunctionCheck;
import org.isotrope.experiments.Deconvolution.Trial;
import org.isotrope.experiments.FractionalLaplacian.Learned;
import org.isotrope.experiments.SourceLocalisation.Search;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.junit.jupiter.api.Test;

/** The inverse problems reach their bars, most of them on smaller grids than those of the report. */
class InverseProblemsTest {
    private static double apart(Field a, Field b) {
        Field difference = Fields.automatic().like(a);
        Arithmetic.combine(-1, a, b, difference);
        return Math.sqrt(Arithmetic.dot(difference, difference) / Arithmetic.dot(a, a));
    }

    @Test
    void deconvolutionFindsTheMinimumOfItsClosedForm() {
        Deconvolution problem = new Deconvolution(32, 0.02, 5);
        for (double weight : new double[] {1e-4, 1e-6}) {
            Trial trial = problem.minimise(weight, problem.data());
            assertThat(apart(problem.closedForm(weight), trial.found())).isLessThanOrEqualTo(1e-6);
        }
    }

    @Test
    void deconvolutionStopsAtTheNoise() {
        Deconvolution problem = new Deconvolution(32, 0.02, 5);
        List<Trial> trials = problem.trials(Progress.NONE);
        Trial chosen = Deconvolution.chosen(trials);
        assertThat(chosen.residual()).isBetween(0.7, 1.0);
        assertThat(chosen.error()).isLessThan(0.3 * problem.error(problem.data()));
        assertThat(chosen.error()).isLessThan(1.5 * trials.stream().mapToDouble(Trial::error).min().orElseThrow());
    }

    @Test
    void sourcesAreFoundWhereTheyAre() {
        SourceLocalisation problem = new SourceLocalisation(64);
        Search exact = problem.search(0, 1, Progress.NONE);
        assertThat(exact.positionError()).isLessThanOrEqualTo(1e-6);
        assertThat(exact.chargeError()).isLessThanOrEqualTo(1e-5);
        Search noisy = problem.search(0.01, 1, Progress.NONE);
        assertThat(noisy.positionError()).isBetween(1e-5, 0.02);
    }

    @Test
    void diffusivityIsFoundUnderNoise() {
        DiffusivityInversion problem = new DiffusivityInversion(24, 0.01, 4);
        assertThat(problem.find(80, Progress.NONE).error()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void stirringBringsTheBlobToItsTarget() {
        OptimalControl problem = new OptimalControl(24);
        OptimalControl.Outcome outcome = problem.solve(90, Progress.NONE);
        assertThat(outcome.mismatch()).isLessThanOrEqualTo(0.03);
        double before = Arithmetic.sum(outcome.with().getFirst());
        // stirring moves what there is, and no more
        assertThat(Arithmetic.sum(outcome.with().getLast())).isCloseTo(before, within(1e-10 * before));
    }

    @Test
    void flowIsFoundFromItsEnd() {
        FlowInversion problem = new FlowInversion(32);
        FlowInversion.Found found = problem.find(200, Progress.NONE);
        assertThat(found.initialError()).isLessThanOrEqualTo(0.05);
        assertThat(found.finalError()).isLessThanOrEqualTo(1e-3);
        assertThat(FlowInversion.error(problem.truth().getLast(), problem.truth().getFirst())).isGreaterThan(0.3);
    }

    @Test
    void learnedKernelOfTheRootOfTheLaplacianIsThatOfFreeSpace() {
        FractionalLaplacian problem = new FractionalLaplacian(64);
        Learned learned = problem.learn(20);
        assertThat(learned.power()).isCloseTo(-3, within(0.1));
        assertThat(learned.factor() * 2 * Math.PI).isBetween(0.5, 2.0);
        assertThat(learned.unseenError()).isLessThanOrEqualTo(0.05);
        assertThat(learned.runError()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void multipliersMultiplyWavesAndAreTheirOwnAdjoint() {
        Grid grid = Grid.of(Axis.periodic(0, 3, 10), Axis.periodic(-1, 1, 9));
        LinearOperator multiplier = FourierMultiplier.of(grid, (kx, ky) -> 1 / (1 + kx * kx + 2 * ky * ky));
        FunctionCheck.operator(multiplier);
        double kx = 2 * Math.PI / 3 * 2;
        double ky = Math.PI * 3;
        Field wave = Fields.automatic().of(FieldType.SCALAR, grid).fill(x -> Math.sin(kx * x[0] + ky * x[1]));
        Field image = multiplier.apply(wave);
        for (long i = 0; i < image.count(); i++) {
            assertThat(image.getFlat(i)).isCloseTo(wave.getFlat(i) / (1 + kx * kx + 2 * ky * ky), within(1e-14));
        }
    }
}
