package org.isotrope.laws;

import java.util.List;
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
                    Verify laws = Verify.that(FactoryRegistryTest.all(factory).getLast());
                    Report report = laws.allocationFree();
                    for (int attempt = 1; attempt < ATTEMPTS && !report.holds(); attempt++) {
                        report = laws.allocationFree();
                    }
                    report.orThrow();
                }))
                .toList();
    }
}
