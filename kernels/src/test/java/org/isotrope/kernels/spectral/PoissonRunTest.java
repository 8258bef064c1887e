package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.Garbage;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Space;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applying allocates nothing once compiled, may be done by several threads, and gives the same bits at every width. */
class PoissonRunTest {
    private static Map<String, LinearOperator> operators() {
        Axis walled = Axis.cells(0, 1, 12);
        Axis nodes = Axis.uniform(0, 1, 17);
        Axis closed = Axis.periodic(0, 1, 16);
        Grid mixed = Grid.of(closed, walled, nodes);
        return Map.of(
                "padded", GreensFunction.gauss(mixed),
                "periodic", HelmholtzDecomposition.spectral(Grid.of(closed, closed)).leray(),
                "transposed and extended", PoissonProblem.on(mixed).wall(1, Side.LOW, Wall.NEUMANN)
                        .solver(FieldType.VECTOR),
                "as it lies", PoissonProblem.on(Grid.of(walled, walled, closed)).solver(),
                "walls alone", PoissonProblem.on(Grid.of(walled, walled)).solver(),
                "nothing but periods", PoissonProblem.on(Grid.of(closed, closed)).shift(-1).solver().adjoint(),
                "refusing", PoissonProblem.on(Grid.of(closed, walled)).walls(Wall.NEUMANN).solver());
    }

    private static Field input(LinearOperator operator, Precision precision, long seed) {
        Field in = Fits.random(operator.domain(), precision, seed);
        double mean = 0;
        for (long i = 0; i < in.count(); i++) {
            mean += in.getFlat(i) / in.count();
        }
        for (long i = 0; i < in.count(); i++) {
            in.setFlat(i, in.getFlat(i) - mean);
        }
        return in;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @Tag("alone")
    void applyingAllocatesNothing(Precision precision) {
        operators().forEach((name, operator) -> {
            Plan plan = operator.plan(precision, Execution.standard());
            Field in = input(operator, precision, 1);
            Space range = operator.range();
            Field out = Fields.automatic().precision(precision).of(range.type(), range.grid());
            assertThat(Garbage.ofCheapestRound(5, () -> plan.apply(in, out))).as(name).isZero();
        });
    }

    @Test
    void severalThreadsMayApplyOnePlan() throws InterruptedException {
        for (LinearOperator operator : operators().values()) {
            Plan plan = operator.plan(Precision.DOUBLE, Execution.standard());
            List<Thread> threads = new ArrayList<>();
            List<Boolean> same = Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < 3; t++) {
                Field f = input(operator, Precision.DOUBLE, t);
                Field expected = operator.apply(f);
                threads.add(Thread.ofPlatform().start(() -> {
                    Field u = Fields.automatic().like(expected);
                    boolean right = true;
                    for (int k = 0; k < 50; k++) {
                        plan.apply(f, u);
                        right &= u.segment().mismatch(expected.segment()) < 0;
                    }
                    same.add(right);
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(same).hasSize(3).containsOnly(true);
        }
    }

    /** What vectors compute is what scalar code computes, at any vector length. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    @Tag("bits")
    void productsAreThoseOfScalars(Precision precision) {
        for (int n : new int[] {1, 3, 4, 15, 16, 33, 70}) {
            Field t = line(n, precision, 1);
            Field x = line(n, precision, 2);
            Field z = line(n + 2, precision, 3);
            Field before = Fields.automatic().copy(z);
            long shift = 2L * precision.bytes();
            MemorySegment none = x.segment();
            if (precision == Precision.FLOAT) {
                FloatSpectra.addProduct(-1, t.segment(), none, 0, z.segment(), shift);
            } else {
                DoubleSpectra.addProduct(-1, t.segment(), none, 0, z.segment(), shift);
            }
            for (int i = 0; i < n; i++) {
                double expected = precision == Precision.FLOAT
                        ? Math.fma((float) -t.getFlat(i), (float) x.getFlat(i), (float) before.getFlat(i + 2))
                        : Math.fma(-t.getFlat(i), x.getFlat(i), before.getFlat(i + 2));
                assertThat(z.getFlat(i + 2)).isEqualTo(expected);
            }
            assertThat(z.getFlat(0)).isEqualTo(before.getFlat(0));
            assertThat(z.getFlat(1)).isEqualTo(before.getFlat(1));
            if (precision == Precision.FLOAT) {
                FloatSpectra.multiply(-1, t.segment(), none, 0, z.segment(), 0);
            } else {
                DoubleSpectra.multiply(-1, t.segment(), none, 0, z.segment(), 0);
            }
            for (int i = 0; i < n; i++) {
                double product = -t.getFlat(i) * x.getFlat(i);
                assertThat(z.getFlat(i)).isEqualTo(precision == Precision.FLOAT ? (float) product : product);
            }
        }
    }

    private static Field line(int n, Precision precision, long seed) {
        return Fits.random(new Space(Grid.of(Axis.periodic(0, 1, n)), FieldType.SCALAR), precision, seed);
    }
}
