package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.laws.Generators.Walled;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A law that fails is reported with one seed, which gives the same failure again, and with the smallest grid. */
class ShrinkingTest {
    private static PropertyExecutionResult run(String law) {
        Falsifiable.RESULTS.clear();
        Method property = Arrays.stream(Falsifiable.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(law))
                .findFirst()
                .orElseThrow();
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            EngineTestKit.engine("jqwik").selectors(selectMethod(Falsifiable.class, property)).execute()
                    .testEvents().assertStatistics(events -> events.failed(1));
        } finally {
            System.setOut(out);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).containsOnlyOnce("random seed to reproduce").contains("seed = 2108")
                .contains("Shrunk Sample").contains("axis 0");
        assertThat(Falsifiable.RESULTS).hasSize(1);
        return Falsifiable.RESULTS.getFirst();
    }

    @Test
    void theSmallestGridIsFound() {
        PropertyExecutionResult result = run("noGridHasMoreThanTenNodes");
        Grid grid = (Grid) result.falsifiedParameters().orElseThrow().getFirst();
        assertThat(grid.dimension()).isEqualTo(1);
        assertThat(grid.size()).isEqualTo(11);
        assertThat(grid.isUniform()).isTrue();
        assertThat(grid.axis(0).isPeriodic()).isFalse();
        assertThat(result.falsifiedParameters().orElseThrow().get(1)).as("other values too").isEqualTo(0L);
    }

    @Test
    void theSmallestPlaneAndTheSimplestWallsAreFound() {
        PropertyExecutionResult result = run("noPlaneHasMoreThanTwelveNodesBetweenWalls");
        Walled walled = (Walled) result.falsifiedParameters().orElseThrow().getFirst();
        assertThat(walled.grid().dimension()).isEqualTo(2);
        assertThat(walled.grid().size()).isLessThanOrEqualTo(14);
        assertThat(walled.grid().isUniform()).isTrue();
        assertThat(walled.boundaries().at(1, Side.LOW)).isEqualTo(Boundary.zero());
    }

    @Test
    void oneSeedGivesTheSameFailureAgain() {
        PropertyExecutionResult first = run("noGridHasMoreThanTenNodes");
        PropertyExecutionResult again = run("noGridHasMoreThanTenNodes");
        assertThat(again.seed()).isEqualTo(first.seed()).contains("2108");
        assertThat(again.countTries()).isEqualTo(first.countTries());
        List<Object> sample = first.falsifiedParameters().orElseThrow();
        assertThat(again.falsifiedParameters().orElseThrow()).isEqualTo(sample);
    }
}
