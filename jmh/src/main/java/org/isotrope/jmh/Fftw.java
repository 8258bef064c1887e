package org.isotrope.jmh;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Single precision real transforms by FFTW, with measured plans, where its library is installed. */
@SuppressWarnings("restricted") // calling C is what this class is for
final class Fftw {
    private static final String LIBRARY = "libfftw3f.so.3";
    private static final int MEASURE = 0;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private final MethodHandle execute;
    private final MemorySegment forward;
    private final MemorySegment inverse;

    /**
     * Plans both ways; what the memory holds is lost.
     *
     * @param shape sizes of the axes
     * @param values real values
     * @param spectrum interleaved, with half as many and one more numbers along the last axis
     * @throws IllegalStateException without the library
     */
    Fftw(int[] shape, MemorySegment values, MemorySegment spectrum) throws Throwable {
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException missing) {
            throw new IllegalStateException(LIBRARY + " was not found: FFTW is missing", missing);
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor plan = FunctionDescriptor.of(
                POINTER, ValueLayout.JAVA_INT, POINTER, POINTER, POINTER, ValueLayout.JAVA_INT);
        execute = linker.downcallHandle(library.findOrThrow("fftwf_execute"), FunctionDescriptor.ofVoid(POINTER));
        MemorySegment sizes = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_INT, shape);
        forward = (MemorySegment) linker.downcallHandle(library.findOrThrow("fftwf_plan_dft_r2c"), plan)
                .invokeExact(shape.length, sizes, values, spectrum, MEASURE);
        inverse = (MemorySegment) linker.downcallHandle(library.findOrThrow("fftwf_plan_dft_c2r"), plan)
                .invokeExact(shape.length, sizes, spectrum, values, MEASURE);
    }

    void forward() throws Throwable {
        execute.invokeExact(forward);
    }

    /** Unnormalised; the spectrum is lost. */
    void inverse() throws Throwable {
        execute.invokeExact(inverse);
    }
}
