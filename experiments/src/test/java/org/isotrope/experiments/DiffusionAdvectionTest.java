package org.isotrope.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.experiments.DiffusionAdvection.Recovery;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.junit.jupiter.api.Test;

class DiffusionAdvectionTest {
    private static final double[] ONES = {1, 1, 1, 1};

    @Test
    void pairsGiveTheCoefficients() {
        DiffusionAdvection experiment = new DiffusionAdvection(101, 51, Precision.DOUBLE);
        assertThat(experiment.fromPairs(experiment.movie(Progress.NONE)).error()).isLessThanOrEqualTo(1e-8);
    }

    @Test
    void moviesGiveTheCoefficients() {
        DiffusionAdvection experiment = new DiffusionAdvection(51, 51, Precision.DOUBLE);
        List<Field> movie = experiment.movie(Progress.NONE);
        Recovery clean = experiment.fromMovie(movie, ONES, Progress.NONE);
        assertThat(clean.error()).isLessThanOrEqualTo(1e-6);
        assertThat(clean.history()[0]).isGreaterThan(1e3 * clean.history()[clean.history().length - 1]);
        Recovery noisy = experiment.fromMovie(DiffusionAdvection.noisy(movie, 0.01, 3), ONES, Progress.NONE);
        assertThat(noisy.error()).isBetween(1e-6, 5e-3);
    }

    @Test
    void noiseHasTheDeviationAskedFor() {
        DiffusionAdvection experiment = new DiffusionAdvection(31, 6, Precision.DOUBLE);
        List<Field> movie = experiment.movie(Progress.NONE);
        List<Field> noisy = DiffusionAdvection.noisy(movie, 0.1, 3);
        for (int f = 1; f < movie.size(); f++) {
            Field clean = movie.get(f);
            Field difference = noisy.get(f);
            Arithmetic.addScaled(-1, clean, difference);
            double ratio = Math.sqrt(Arithmetic.dot(difference, difference) / Arithmetic.dot(clean, clean));
            // 961 samples: the deviation of their root mean square is 2.3 %
            assertThat(ratio).isCloseTo(0.1, within(0.01));
        }
    }

    /** Between walls without flux nothing is lost while the drift has not reached them, and k feeds it. */
    @Test
    void movieGrowsAsItIsFed() {
        DiffusionAdvection experiment = new DiffusionAdvection(101, 11, Precision.DOUBLE);
        List<Field> movie = experiment.movie(Progress.NONE);
        double h2 = 0.02 * 0.02;
        assertThat(Arithmetic.sum(experiment.source()) * h2).isCloseTo(1, within(1e-6));
        assertThat(Arithmetic.sum(movie.get(1)) * h2).isCloseTo(0.8 * 0.1, within(1e-3));
        assertThat(Arithmetic.dot(movie.getFirst(), movie.getFirst())).isZero();
    }

    @Test
    void startThatNeedsTooManyStepsIsRefused() {
        DiffusionAdvection experiment = new DiffusionAdvection(101, 51, Precision.DOUBLE);
        assertThatThrownBy(() -> experiment.requireMemory(new double[] {1e4, 1, 1, 1}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("smaller diffusivity");
    }
}
