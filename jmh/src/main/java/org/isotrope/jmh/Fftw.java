package org.isotrope.jmh;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.isotrope.grids.Field;

/** Single precision real transforms by FFTW, with measured plans, where its library is installed. */
@SuppressWarnings("restricted") // calling C is what this class is for
final class Fftw {
    private static final String LIBRARY = "libfftw3f.so.3";
    private static final int MEASURE = 0;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private Fftw() {}

    /** Whether the library is installed. */
    static boolean isPresent() {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(LIBRARY, arena);
            return true;
        } catch (IllegalArgumentException missing) {
            return false;
        }
    }

    /**
     * A circular convolution: a transform, a product by a compiled C loop, and a transform back.
     *
     * @param in real values
     * @param out the result
     * @param response image of a point at the origin
     * @throws IllegalStateException without the library or a C compiler
     */
    static Task convolution(Field in, Field out, Field response) throws Throwable {
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException missing) {
            throw new IllegalStateException(LIBRARY + " was not found: FFTW is missing", missing);
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor plan = FunctionDescriptor.of(
                POINTER, ValueLayout.JAVA_INT, POINTER, POINTER, POINTER, ValueLayout.JAVA_INT);
        MethodHandle execute =
                linker.downcallHandle(library.findOrThrow("fftwf_execute"), FunctionDescriptor.ofVoid(POINTER));
        int[] shape = new int[in.grid().dimension()];
        for (int a = 0; a < shape.length; a++) {
            shape[a] = (int) in.grid().axis(a).size();
        }
        int last = shape[shape.length - 1];
        long count = in.count() / last * (last / 2 + 1);
        Arena arena = Arena.ofAuto();
        MemorySegment sizes = arena.allocateFrom(ValueLayout.JAVA_INT, shape);
        MemorySegment values = arena.allocate(in.segment().byteSize(), 64);
        MemorySegment spectrum = arena.allocate(2 * count * Float.BYTES, 64);
        MemorySegment kernel = arena.allocate(2 * count * Float.BYTES, 64);
        MemorySegment forward = (MemorySegment) linker.downcallHandle(library.findOrThrow("fftwf_plan_dft_r2c"), plan)
                .invokeExact(shape.length, sizes, values, spectrum, MEASURE);
        MemorySegment inverse = (MemorySegment) linker.downcallHandle(library.findOrThrow("fftwf_plan_dft_c2r"), plan)
                .invokeExact(shape.length, sizes, spectrum, values, MEASURE);
        values.copyFrom(response.segment());
        execute.invokeExact(forward);
        kernel.copyFrom(spectrum);
        Task product = NativeCode.PLAIN.task("spectral_product", in.precision(), spectrum, kernel,
                new double[] {1.0 / in.count()}, 0, count);
        return () -> {
            values.copyFrom(in.segment());
            execute.invokeExact(forward);
            product.run();
            execute.invokeExact(inverse);
            out.segment().copyFrom(values);
        };
    }
}
