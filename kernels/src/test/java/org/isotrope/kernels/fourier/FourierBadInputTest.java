package org.isotrope.kernels.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isotrope.grids.Precision;
import org.junit.jupiter.api.Test;

class FourierBadInputTest {
    private static final int[] SHAPE = {4, 6};
    private static final FourierTransform COMPLEX = FourierTransform.of(SHAPE, 2, Precision.DOUBLE);
    private static final RealFourierTransform REAL = RealFourierTransform.of(SHAPE, 2, Precision.DOUBLE);
    private static final TrigonometricTransform TRIGONOMETRIC = TrigonometricTransform.of(SHAPE, 2, Precision.DOUBLE,
            TrigonometricKind.COSINE_II, TrigonometricKind.SINE_I);
    private static final long BYTES = 2 * 4 * 6 * 8;
    private static final long HALF_BYTES = 2 * 4 * 4 * 8;

    private static MemorySegment memory(long bytes) {
        return Arena.ofAuto().allocate(bytes, 8);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    private static void refusedShape(String message, int components, int... shape) {
        refused(message, () -> FourierTransform.of(shape, components, Precision.FLOAT));
        refused(message, () -> RealFourierTransform.of(shape, components, Precision.FLOAT));
        TrigonometricKind[] kinds = new TrigonometricKind[shape.length];
        Arrays.fill(kinds, TrigonometricKind.SINE_I);
        refused(message, () -> TrigonometricTransform.of(shape, components, Precision.FLOAT, kinds));
    }

    @Test
    void shapesThatAreNone() {
        refusedShape("shape is [0]", 1, 0);
        refusedShape("shape is [3, -1]", 1, 3, -1);
        refusedShape("shape has 4 axes", 1, 1, 2, 3, 4);
        refusedShape("shape has 0 axes", 1);
        refusedShape("components are 0", 0, 5);
        refusedShape("had to be 1 to", 1, Integer.MAX_VALUE);
        refusedShape("bytes had to fit", Integer.MAX_VALUE, 1 << 26, 1 << 26, 1 << 26);
    }

    @Test
    void cornersThatDoNotFit() {
        refused("occupied has 1 axes; it had to have 2 like shape",
                () -> RealFourierTransform.padded(SHAPE, new int[] {3}, 1, Precision.FLOAT));
        refused("occupied is 7 along axis 1; it had to be 1 to 6",
                () -> RealFourierTransform.padded(SHAPE, new int[] {3, 7}, 1, Precision.FLOAT));
        refused("occupied is 0 along axis 0; it had to be 1 to 4",
                () -> RealFourierTransform.padded(SHAPE, new int[] {0, 6}, 1, Precision.FLOAT));
    }

    @Test
    void kindsThatDoNotFit() {
        refused("kinds are 1; they had to be 2",
                () -> TrigonometricTransform.of(SHAPE, Precision.FLOAT, TrigonometricKind.SINE_I));
        refused("size 0 had to be at least 2",
                () -> TrigonometricTransform.of(new int[] {1}, Precision.FLOAT, TrigonometricKind.COSINE_I));
        refused("at least one had to be other than NONE",
                () -> TrigonometricTransform.of(new int[] {3}, Precision.FLOAT, TrigonometricKind.NONE));
    }

    @Test
    void memoryOnTheHeap() {
        MemorySegment heap = MemorySegment.ofArray(new double[2 * 4 * 6]);
        MemorySegment[] good = {memory(BYTES), memory(BYTES), memory(BYTES), memory(BYTES)};
        refused("re is a heap segment", () -> COMPLEX.forward(heap, good[1], good[2], good[3]));
        refused("im is a heap segment", () -> COMPLEX.inverse(good[0], heap, good[2], good[3]));
        refused("outRe is a heap segment", () -> COMPLEX.forward(good[0], good[1], heap, good[3]));
        refused("outIm is a heap segment", () -> COMPLEX.inverse(good[0], good[1], good[2], heap));
        refused("values is a heap segment", () -> REAL.forward(heap, good[0], good[1]));
        refused("im is a heap segment", () -> REAL.inverse(good[0], heap, good[1]));
        refused("out is a heap segment", () -> TRIGONOMETRIC.forward(good[0], heap));
    }

    @Test
    void memoryThatIsTooSmall() {
        MemorySegment small = memory(BYTES - 1);
        MemorySegment[] good = {memory(BYTES), memory(BYTES), memory(BYTES)};
        refused("im has 383 bytes; it had to have at least 384",
                () -> COMPLEX.forward(good[0], small, good[1], good[2]));
        refused("outRe has 383 bytes", () -> COMPLEX.inverse(good[0], good[1], small, good[2]));
        refused("values has 383 bytes", () -> REAL.forward(small, good[0], good[1]));
        refused("re has 255 bytes; it had to have at least 256",
                () -> REAL.inverse(memory(HALF_BYTES - 1), good[0], good[1]));
        refused("out has 383 bytes", () -> TRIGONOMETRIC.inverse(good[0], small));
    }

    @Test
    void memoryThatMayNotBeWritten() {
        MemorySegment fixed = memory(BYTES).asReadOnly();
        MemorySegment[] good = {memory(BYTES), memory(BYTES), memory(BYTES)};
        refused("outIm is read-only", () -> COMPLEX.forward(good[0], good[1], good[2], fixed));
        refused("re is read-only", () -> REAL.forward(good[0], fixed, good[1]));
        refused("out is read-only", () -> TRIGONOMETRIC.forward(good[0], fixed));
        REAL.forward(fixed, good[0], good[1]);
    }

    @Test
    void memoryThatOverlaps() {
        MemorySegment all = memory(4 * BYTES);
        MemorySegment a = all.asSlice(0, BYTES);
        MemorySegment askew = all.asSlice(8, BYTES);
        MemorySegment b = all.asSlice(BYTES, BYTES);
        MemorySegment c = all.asSlice(2 * BYTES, BYTES);
        refused("outRe overlaps re", () -> COMPLEX.forward(a, b, askew, c));
        refused("outRe overlaps im", () -> COMPLEX.forward(a, b, b, a));
        refused("outIm overlaps outRe", () -> COMPLEX.forward(a, b, c, c));
        refused("outRe overlaps re", () -> COMPLEX.forward(a, b, a, c));
        refused("im overlaps re", () -> REAL.forward(c, a, askew));
        refused("re overlaps values", () -> REAL.forward(a, askew, c));
        refused("values overlaps im", () -> REAL.inverse(c, a, askew));
        refused("out overlaps values", () -> TRIGONOMETRIC.forward(a, askew));
        for (long i = 0; i < 4 * BYTES / 8; i++) {
            assertThat(all.getAtIndex(ValueLayout.JAVA_DOUBLE, i)).isZero();
        }
    }

    @Test
    void memoryThatIsClosedOrOfAnotherThread() throws InterruptedException {
        Arena arena = Arena.ofConfined();
        MemorySegment closed = arena.allocate(BYTES, 8);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(() -> {
            try {
                TRIGONOMETRIC.forward(closed, memory(BYTES));
            } catch (RuntimeException exception) {
                thrown.set(exception);
            }
        });
        other.start();
        other.join();
        assertThat(thrown.get()).isInstanceOf(WrongThreadException.class).hasMessageContaining("values belongs");
        arena.close();
        assertThatThrownBy(() -> COMPLEX.forward(closed, memory(BYTES), memory(BYTES), memory(BYTES)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("re lies in memory that is closed");
        assertThatThrownBy(() -> REAL.forward(memory(BYTES), memory(BYTES), closed))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("im lies in memory that is closed");
    }

    @Test
    void plansTellWhatTheyDo() {
        FourierTransform complex = FourierTransform.of(new int[] {1, 22, 840}, 3, Precision.FLOAT);
        assertThat(complex.explain()).isEqualTo("""
                axis 0: 1, nothing to do
                axis 1: 22, Bluestein over 48 = 3 x 4 x 4
                axis 2: 840, 7 x 5 x 3 x 4 x 2""");
        assertThat(complex).hasToString("complex transform of 3 x [1, 22, 840] FLOAT");
        assertThat(complex.shape()).containsExactly(1, 22, 840);
        assertThat(complex.components()).isEqualTo(3);
        assertThat(complex.precision()).isEqualTo(Precision.FLOAT);
        RealFourierTransform real = RealFourierTransform.of(new int[] {9, 16}, Precision.DOUBLE);
        assertThat(real.explain()).isEqualTo("axis 0: 9, 3 x 3\naxis 1: 16, real by half length 8 = 4 x 2");
        assertThat(RealFourierTransform.of(new int[] {15}, Precision.DOUBLE).explain())
                .isEqualTo("axis 0: 15, real by full length, 5 x 3");
        assertThat(TRIGONOMETRIC.explain()).isEqualTo("axis 0: 4, COSINE_II by 4 values, real by half length 2 = 2\n"
                + "axis 1: 6, SINE_I by 14 values, real by half length 7 = 7");
        assertThat(FourierTransform.of(new int[] {2, 512}, Precision.FLOAT).explain())
                .isEqualTo("axis 0: 2, 2\naxis 1: 512, 16 x 32, 4 x 4 after 4 x 4 x 2");
        assertThat(RealFourierTransform.of(new int[] {1024}, Precision.FLOAT).explain())
                .isEqualTo("axis 0: 1024, real by half length 512 = 16 x 32, 4 x 4 after 4 x 4 x 2");
        assertThat(TRIGONOMETRIC.kind(1)).isEqualTo(TrigonometricKind.SINE_I);
    }
}
