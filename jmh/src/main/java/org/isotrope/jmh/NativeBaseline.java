package org.isotrope.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The C loops of {@code baseline.c}, compiled for this machine when they are first asked for. Without a C compiler every
 * call of one fails with a sentence.
 */
@SuppressWarnings("restricted") // calling C is what this class is for
final class NativeBaseline {
    private static final @Nullable SymbolLookup LIBRARY = compile();

    private NativeBaseline() {}

    private static @Nullable SymbolLookup compile() {
        try (InputStream source = NativeBaseline.class.getResourceAsStream("baseline.c")) {
            Path folder = Files.createTempDirectory("isotrope-baseline");
            Path file = folder.resolve("baseline.c");
            Path library = folder.resolve("baseline.so");
            Files.write(file, source.readAllBytes());
            Process compiler = new ProcessBuilder(
                            "cc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", "-o", library.toString(),
                            file.toString())
                    .inheritIO()
                    .start();
            boolean compiled = compiler.waitFor() == 0;
            SymbolLookup loaded = compiled ? SymbolLookup.libraryLookup(library, Arena.global()) : null;
            // a library that is loaded needs its file no more
            Files.deleteIfExists(library);
            Files.delete(file);
            Files.delete(folder);
            return loaded;
        } catch (IOException missing) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static ValueLayout number(Precision precision) {
        return precision == Precision.FLOAT ? ValueLayout.JAVA_FLOAT : ValueLayout.JAVA_DOUBLE;
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        if (LIBRARY == null) {
            // only what asks for C fails, and says why
            MethodHandle missing = MethodHandles.insertArguments(
                    MethodHandles.throwException(void.class, IllegalStateException.class), 0,
                    new IllegalStateException("no C compiler cc was found: the native baseline is missing"));
            return MethodHandles.dropArguments(missing, 0, Linker.nativeLinker()
                    .downcallHandle(descriptor).type().dropParameterTypes(0, 1).parameterList());
        }
        return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), descriptor);
    }

    /** {@code (out, in, n, w, c)}: the periodic 7-point Laplacian of n³ values. */
    static MethodHandle laplacian(Precision precision) {
        ValueLayout number = number(precision);
        return function("laplacian_" + suffix(precision),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, number,
                        number));
    }

    /** {@code (out, in, weights, n, k)}: a k × k convolution of n² values, zero beyond the edges. */
    static MethodHandle convolution(Precision precision) {
        return function("convolution_" + suffix(precision),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    }

    /** {@code (out, in, weights, n)}: the periodic 25-point Laplacian of n³ values. */
    static MethodHandle laplacian25(Precision precision) {
        return function("laplacian25_" + suffix(precision), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    }

    /**
     * {@code (out, in, n, w)}: periodic first-order operators of n³ values by centred differences.
     *
     * @param name gradient, divergence or curl
     */
    static MethodHandle differences(String name, Precision precision) {
        return function(name + "_" + suffix(precision), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS,
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, number(precision)));
    }

    /** {@code (out, in, weights, n, k, inputs, outputs)}: k³ convolutions of n³ values, zero beyond the edges. */
    static MethodHandle convolution3(Precision precision) {
        return function("convolution3_" + suffix(precision), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    }

    /** {@code (spectrum, kernel, count, scale)}: the product of two interleaved spectra, in place of the first. */
    static MethodHandle spectralProduct() {
        return function("spectral_product", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_FLOAT));
    }

    private static String suffix(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
