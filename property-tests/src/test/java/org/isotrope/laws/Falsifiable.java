package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.isotrope.grids.Grid;
import org.isotrope.laws.Generators.Walled;

/** Laws that are false from some size on; {@link ShrinkingTest} runs them. */
@Domain(Generators.class)
@Domain(DomainContext.Global.class)
@AddLifecycleHook(value = Falsifiable.Keep.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class Falsifiable {
    /** What came out, in order. */
    static final List<PropertyExecutionResult> RESULTS = new ArrayList<>();

    /** Keeps results. */
    static final class Keep implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            PropertyExecutionResult result = property.execute();
            RESULTS.add(result);
            return result;
        }
    }

    @Property(seed = "2108", afterFailure = AfterFailureMode.RANDOM_SEED)
    void noGridHasMoreThanTenNodes(@ForAll Grid grid, @ForAll long seed) {
        assertThat(grid.size()).isLessThanOrEqualTo(10);
    }

    @Property(seed = "2108", afterFailure = AfterFailureMode.RANDOM_SEED)
    void noPlaneHasMoreThanTwelveNodesBetweenWalls(@ForAll Walled walled) {
        Grid grid = walled.grid();
        boolean wrong = grid.dimension() == 2 && grid.size() > 12;
        assertThat(wrong).isFalse();
    }
}
