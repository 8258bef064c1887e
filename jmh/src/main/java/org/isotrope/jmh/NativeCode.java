package org.isotrope.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * C that is compiled for this machine when it is first asked for, and called on the memory of fields. All functions take
 * {@code (out, in, weights, scratch, sizes)}.
 */
@SuppressWarnings("restricted") // calling C is what this class is for
enum NativeCode {
    /** Loops as a C programmer writes them first. */
    PLAIN,
    /** Explicit vectors, register tiles and cache blocks, with ordinary stores and no prefetch. */
    TUNED;

    /** System property with a folder that keeps what was compiled, for several JVMs. */
    static final String FOLDER = "isotrope.native";

    private final @Nullable SymbolLookup[] libraries = new @Nullable SymbolLookup[Precision.values().length];

    /** Whether there is a C compiler {@code cc}. */
    static boolean isPresent() {
        return PLAIN.library(Precision.FLOAT) != null;
    }

    /**
     * A call of a function.
     *
     * @param scratch values, not bytes
     * @throws IllegalStateException without a C compiler
     */
    Task task(
            String function, Precision precision, MemorySegment out, MemorySegment in, double[] weights, long scratch,
            long... sizes) {
        MethodHandle handle = Linker.nativeLinker().downcallHandle(loaded(precision).findOrThrow(function),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        Arena arena = Arena.ofAuto();
        MemorySegment w = arena.allocate(Math.max(1, weights.length) * 8L, 64);
        for (int i = 0; i < weights.length; i++) {
            if (precision == Precision.FLOAT) {
                w.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) weights[i]);
            } else {
                w.setAtIndex(ValueLayout.JAVA_DOUBLE, i, weights[i]);
            }
        }
        MemorySegment s = arena.allocate(Math.max(1, scratch) * precision.bytes(), 64);
        MemorySegment n = arena.allocateFrom(ValueLayout.JAVA_LONG, sizes);
        return () -> {
            // as a statement, for the exact type of a call without a result
            handle.invokeExact(out, in, w, s, n);
        };
    }

    /** What a function of no arguments returns. */
    long number(String function, Precision precision) {
        MethodHandle handle = Linker.nativeLinker().downcallHandle(loaded(precision).findOrThrow(function),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG));
        try {
            return (long) handle.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private SymbolLookup loaded(Precision precision) {
        SymbolLookup library = library(precision);
        if (library == null) {
            throw new IllegalStateException("no C compiler cc was found: the native baselines are missing");
        }
        return library;
    }

    private synchronized @Nullable SymbolLookup library(Precision precision) {
        int at = precision.ordinal();
        if (libraries[at] == null) {
            libraries[at] = compile(precision);
        }
        return libraries[at];
    }

    private @Nullable SymbolLookup compile(Precision precision) {
        String name = name().toLowerCase(Locale.ROOT);
        String type = precision.name().toLowerCase(Locale.ROOT);
        String kept = System.getProperty(FOLDER);
        try (InputStream source = NativeCode.class.getResourceAsStream(name + ".c")) {
            Path folder = kept == null ? Files.createTempDirectory("isotrope-native")
                    : Files.createDirectories(Path.of(kept));
            Path library = folder.resolve(name + "-" + type + ".so").toAbsolutePath();
            if (!Files.exists(library)) {
                Path file = folder.resolve(name + ".c");
                Files.write(file, source.readAllBytes());
                Process compiler = new ProcessBuilder("cc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC",
                        "-DT=" + type, "-DSIZE=" + precision.bytes(), "-o", library.toString(), file.toString())
                        .inheritIO().start();
                if (compiler.waitFor() != 0) {
                    return null;
                }
            }
            SymbolLookup loaded = SymbolLookup.libraryLookup(library, Arena.global());
            if (kept == null) {
                // a library that is loaded needs its file no more
                Files.deleteIfExists(library);
                Files.deleteIfExists(folder.resolve(name + ".c"));
                Files.deleteIfExists(folder);
            }
            return loaded;
        } catch (IOException missing) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
