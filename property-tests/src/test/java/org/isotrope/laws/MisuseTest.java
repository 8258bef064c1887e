package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Interpolation;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Resampling;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.GaussianConvolution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.QuadratureConvolution;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.spectral.GreensFunction;
import org.isotrope.kernels.spectral.HelmholtzDecomposition;
import org.isotrope.kernels.spectral.PoissonProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers should not do, and what happens then: an exception or the right result, never a crash. */
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.CONCURRENT)
class MisuseTest {
    private static final Grid BOX = Grid.of(Axis.uniform(0, 1, 90), Axis.uniform(0, 1, 83));
    private static final Grid RING = Grid.of(Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 63));
    private static final Grid UNEVEN = Grid.of(uneven(61), uneven(70));

    private static Axis uneven(int n) {
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            nodes[i] = (i + 0.3 * Math.sin(i)) / n;
        }
        return Axis.nodes(nodes);
    }

    /** One operator of every way to compute. */
    static Stream<LinearOperator> operators() {
        LinearOperator laplacian = Operators.laplacian(BOX);
        return Stream.of(
                laplacian,
                Operators.identity(BOX, FieldType.SCALAR).plus(laplacian.times(1e-5)).power(3),
                Operators.gradient(UNEVEN),
                Operators.gradient(UNEVEN).adjoint(),
                QuadratureConvolution.radial(UNEVEN, Radial.gaussian(2, 0.02).within(0.05)),
                GaussianConvolution.smoothing(UNEVEN, 0.03, 1e-3, FieldType.SCALAR),
                GreensFunction.coulomb(RING),
                GreensFunction.yukawaField(BOX, 3),
                PoissonProblem.on(BOX).solver(),
                HelmholtzDecomposition.spectral(RING).leray());
    }

    @ParameterizedTest
    @MethodSource("operators")
    void onePlanServesSeveralThreads(LinearOperator operator) throws Exception {
        for (Precision precision : Precision.values()) {
            Plan plan = operator.plan(precision, Execution.standard());
            int threads = 4;
            CountDownLatch start = new CountDownLatch(threads);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Field in = Samples.random(operator.domain(), precision, t);
                Field out = Fields.automatic().precision(precision).of(operator.range().type(), operator.range().grid());
                Field expected = Fields.automatic().like(out);
                operator.plan(precision, Execution.serial()).apply(in, expected);
                tasks.add(() -> {
                    start.countDown();
                    start.await();
                    for (int repeat = 0; repeat < 10; repeat++) {
                        plan.apply(in, out.fill(Double.NaN));
                        assertThat(out.segment().mismatch(expected.segment())).isEqualTo(-1);
                    }
                    return null;
                });
            }
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                for (Future<Void> result : pool.invokeAll(tasks)) {
                    result.get();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void closingAnArenaWhileAnotherThreadAppliesIsRefusedOrEndsThatThread(LinearOperator operator) throws Exception {
        for (int round = 0; round < 6; round++) {
            Plan plan = operator.plan(Precision.DOUBLE, round % 2 == 0 ? Execution.serial() : Execution.threads(2));
            Fields fields = Fields.shared();
            Field in = fields.of(operator.domain().type(), operator.domain().grid()).fill(1);
            Field out = fields.of(operator.range().type(), operator.range().grid());
            AtomicInteger applied = new AtomicInteger();
            try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
                Future<?> endless = pool.submit(() -> {
                    while (true) {
                        plan.apply(in, out);
                        applied.incrementAndGet();
                    }
                });
                while (applied.get() <= round && !endless.isDone()) {
                    Thread.sleep(1);
                }
                boolean closed = false;
                while (!closed) {
                    try {
                        fields.close();
                        closed = true;
                    } catch (IllegalStateException inUse) {
                        assertThat(inUse).hasMessageContaining("acquired");
                    }
                }
                assertThatThrownBy(endless::get).isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("losed");
            }
            // the plan has lost nothing
            Field fine = Samples.random(operator.domain(), Precision.DOUBLE, 1);
            Field found = operator.apply(fine).fill(Double.NaN);
            plan.apply(fine, found);
            assertThat(found.segment().mismatch(operator.apply(fine).segment())).isEqualTo(-1);
        }
    }

    @Test
    void aHundredThousandPlansLeaveNoNativeMemoryBehind() throws IOException, InterruptedException {
        Process tracked = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:NativeMemoryTracking=summary", "-Xmx512m", "--add-modules", "jdk.incubator.vector",
                        "-cp", System.getProperty("java.class.path"), PlanCycles.class.getName(), "100000")
                .redirectErrorStream(true)
                .start();
        String said = new String(tracked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tracked.waitFor()).as(said).isZero();
        Matcher numbers = Pattern.compile("native kilobytes: (\\d+) (\\d+) (\\d+)").matcher(said);
        assertThat(numbers.find()).as(said).isTrue();
        long before = Long.parseLong(numbers.group(1));
        assertThat(Long.parseLong(numbers.group(2))).as("that a field counts").isBetween(before + 7_900, before + 8_100);
        // one field of each cycle would be more than 50 000
        assertThat(Long.parseLong(numbers.group(3))).isLessThan(before + 200);
    }

    @Test
    void moreElementsThanAnIntCountsAreReached(@TempDir Path folder) throws IOException {
        Grid grid = Grid.of(Axis.uniform(0, 2, 3), Axis.uniform(0, 1, 30_011), Axis.uniform(0, 1, 30_001));
        long bytes = 4 * grid.size();
        assertThat(grid.size()).isGreaterThan(1L << 31);
        try (FileChannel channel = FileChannel.open(folder.resolve("sparse"), StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            Field field = Fields.wrap(segment, FieldType.SCALAR, grid, Precision.FLOAT);
            int[] last = {2, 30_010, 30_000};
            assertThat(grid.flat(last)).isEqualTo(grid.size() - 1);
            assertThat(grid.index(grid.size() - 1)).containsExactly(last);
            // linear in each coordinate near a place beyond 2³¹, and 0 in the planes before
            int[] corner = {2, 29_000, 17_000};
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 4; k++) {
                    field.set(j + 10 * k + 1, 0, corner[0], corner[1] + j, corner[2] + k);
                }
            }
            field.set(7, 0, last);
            assertThat(field.getFlat(grid.size() - 1)).isEqualTo(7);
            assertThat(grid.flat(corner)).isGreaterThan(1L << 31);
            assertThat(field.getFlat(grid.flat(corner) + 30_001 + 2)).isEqualTo(22);
            assertThat(field.getFlat(grid.flat(corner) + 30_001 + 2 - (1L << 32) / 2)).as("no wrap of indices").isZero();
            double h = grid.axis(1).spacing();
            double k = grid.axis(2).spacing();
            Grid small = Grid.of(Axis.nodes(1.5, 2), Axis.uniform((29_000 + 0.25) * h, (29_000 + 2.75) * h, 5),
                    Axis.uniform((17_000 + 0.5) * k, (17_000 + 2.5) * k, 4));
            Field out = Fields.automatic().precision(Precision.FLOAT).scalar(small);
            Resampling.interpolating(Interpolation.multilinear(grid), small).apply(field, out);
            for (long i = 0; i < small.size(); i++) {
                double[] x = small.position(small.index(i));
                double plane = (x[1] / h - 29_000) + 10 * (x[2] / k - 17_000) + 1;
                assertThat(out.getFlat(i)).isCloseTo((x[0] - 1) * plane, within(1e-3));
            }
            MemorySegment shorter = segment.asSlice(0, bytes - 4);
            assertThatThrownBy(() -> Fields.wrap(shorter, FieldType.SCALAR, grid, Precision.FLOAT))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to");
        }
    }
}
