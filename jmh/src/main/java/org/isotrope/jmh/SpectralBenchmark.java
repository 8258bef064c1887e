package org.isotrope.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.radial.Radial;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Circular and zero-padded convolutions by products of spectra, beside FFTW with measured plans: a transform, a product
 * by a compiled C loop and a transform back, of the circular sizes.
 */
public class SpectralBenchmark extends Workbench {
    /** Sizes of the axes. */
    @Param({"1024x1024", "128x128x128", "256x256x256"})
    public String shape;

    private Field in;
    private Field out;
    private Field boxIn;
    private Field boxOut;
    private Plan circular;
    private Plan padded;
    private MemorySegment values;
    private MemorySegment spectrum;
    private MemorySegment kernel;
    private MethodHandle product;
    private Fftw fftw;
    private boolean compared;

    @Setup
    public void setup() throws Throwable {
        int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        Grid ring = periodic(sizes.length, sizes[0]);
        Execution spectra = Execution.serial().with(Algorithm.FOURIER);
        circular = operator(ring).plan(precision, spectra);
        Grid box = bounded(sizes.length, sizes[0]);
        padded = operator(box).plan(precision, spectra);
        boxIn = smooth(FieldType.SCALAR, box);
        boxOut = empty(FieldType.SCALAR, box);
        in = smooth(FieldType.SCALAR, ring);
        out = empty(FieldType.SCALAR, ring);
        if (precision == Precision.FLOAT) {
            Arena arena = Arena.ofAuto();
            long rows = ring.size() / sizes[0];
            long half = rows * (sizes[0] / 2 + 1);
            values = arena.allocate(ring.size() * Float.BYTES, 64);
            spectrum = arena.allocate(2 * half * Float.BYTES, 64);
            kernel = arena.allocate(2 * half * Float.BYTES, 64);
            fftw = new Fftw(sizes, values, spectrum);
            product = NativeBaseline.spectralProduct();
            Field delta = empty(FieldType.SCALAR, ring);
            delta.setFlat(0, 1);
            Field response = empty(FieldType.SCALAR, ring);
            circular.apply(delta, response);
            values.copyFrom(response.segment());
            fftw.forward();
            kernel.copyFrom(spectrum);
        }
    }

    private static LinearOperator operator(Grid grid) {
        return Operators.radial(grid, Radial.gaussian(grid.dimension(), 2).within(7));
    }

    @TearDown(Level.Trial)
    public void verify() {
        if (compared) {
            Field expected = empty(FieldType.SCALAR, out.grid());
            circular.apply(in, expected);
            Field found = empty(FieldType.SCALAR, out.grid());
            found.segment().copyFrom(values);
            requireEqual(found, expected, 1e-5);
        }
    }

    @Benchmark
    public void isotropeCircular() {
        circular.apply(in, out);
    }

    @Benchmark
    public void isotropePadded() {
        padded.apply(boxIn, boxOut);
    }

    @Benchmark
    public void fftwCircular() throws Throwable {
        MemorySegment.copy(in.segment(), ValueLayout.JAVA_BYTE, 0, values, ValueLayout.JAVA_BYTE, 0, values.byteSize());
        fftw.forward();
        product.invokeExact(spectrum, kernel, spectrum.byteSize() / (2 * Float.BYTES), (float) (1.0 / in.grid().size()));
        fftw.inverse();
        compared = true;
    }
}
