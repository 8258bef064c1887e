package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StoppingTest {

    private static final Stopping CRITERIA = new Stopping(1, 2, 3, 4, 5);

    @Test
    void changesOneCriterionAtATime() {
        assertThat(CRITERIA.withGradientNorm(9)).isEqualTo(new Stopping(9, 2, 3, 4, 5));
        assertThat(CRITERIA.withRelativeDecrease(9)).isEqualTo(new Stopping(1, 9, 3, 4, 5));
        assertThat(CRITERIA.withStepSize(9)).isEqualTo(new Stopping(1, 2, 9, 4, 5));
        assertThat(CRITERIA.withMaxIterations(9)).isEqualTo(new Stopping(1, 2, 3, 9, 5));
        assertThat(CRITERIA.withMaxEvaluations(9)).isEqualTo(new Stopping(1, 2, 3, 4, 9));
    }

    @Test
    void refusesBadInputInOneSentence() {
        assertThatIllegalArgumentException().isThrownBy(() -> CRITERIA.withGradientNorm(-1))
            .withMessage("gradientNorm was -1.0 but had to be finite and at least 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> CRITERIA.withRelativeDecrease(Double.NaN))
            .withMessage("relativeDecrease was NaN but had to be finite and at least 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> CRITERIA.withStepSize(Double.POSITIVE_INFINITY))
            .withMessage("stepSize was Infinity but had to be finite and at least 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> CRITERIA.withMaxIterations(-1))
            .withMessage("maxIterations was -1 but had to be at least 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> CRITERIA.withMaxEvaluations(0))
            .withMessage("maxEvaluations was 0 but had to be at least 1.");
    }
}
