package org.isotrope.laws;

import java.lang.reflect.Executable;
import java.util.List;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.verify.Report;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What every public factory makes allocates nothing once planned and compiled, counted in a JVM of its own. */
@Tag("alone")
class AllocationRegistryTest {
    /** How often to count, for compilers that other work keeps waiting. */
    private static final int ATTEMPTS = 4;

    @TestFactory
    List<DynamicTest> plansAllocateNothing() {
        return FactoryRegistryTest.factories().stream()
                .filter(factory -> LinearOperator.class.isAssignableFrom(Factories.made(factory)))
                .filter(factory -> !FactoryRegistryTest.ELSEWHERE.containsKey(Factories.name(factory)))
                .map(factory -> DynamicTest.dynamicTest(factory.toString(), () -> {
                    Verify laws = Verify.that(last(factory));
                    Report report = laws.allocationFree();
                    for (int attempt = 1; attempt < ATTEMPTS && !report.holds(); attempt++) {
                        report = laws.allocationFree();
                    }
                    report.orThrow();
                }))
                .toList();
    }

    /** What a factory makes last of all. */
    private static LinearOperator last(Executable factory) throws ReflectiveOperationException {
        for (Grid grid : FactoryRegistryTest.GRIDS.reversed()) {
            List<LinearOperator> made = FactoryRegistryTest.make(factory, grid);
            if (!made.isEmpty()) {
                return made.getLast();
            }
        }
        throw new AssertionError(factory + " makes no operator on any grid");
    }
}
