package org.isotrope.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isotrope.grids.Precision;

/** The C loops of {@code baseline.c}, compiled for this machine when they are first asked for. */
@SuppressWarnings("restricted") // calling C is what this class is for
final class NativeBaseline {
    private static final SymbolLookup LIBRARY = compile();

    private NativeBaseline() {}

    private static SymbolLookup compile() {
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
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException("C compiler cc ended with " + compiler.exitValue());
            }
            return SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IOException missing) {
            throw new IllegalStateException("no C compiler cc was found: the native baseline is missing", missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static ValueLayout number(Precision precision) {
        return precision == Precision.FLOAT ? ValueLayout.JAVA_FLOAT : ValueLayout.JAVA_DOUBLE;
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), descriptor);
    }

    /** {@code (out, in, n, w, c)}: the periodic 7-point Laplacian of n³ values. */
    static MethodHandle laplacian(Precision precision) {
        ValueLayout number = number(precision);
        return function("laplacian_" + precision.name().toLowerCase(java.util.Locale.ROOT),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, number,
                        number));
    }

    /** {@code (out, in, weights, n, k)}: a k × k convolution of n² values, zero beyond the edges. */
    static MethodHandle convolution(Precision precision) {
        return function("convolution_" + precision.name().toLowerCase(java.util.Locale.ROOT),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    }
}
