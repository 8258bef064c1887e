package org.isotrope.kernels.engine.spectral;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.elementwise.Products;
import org.isotrope.kernels.engine.spectral.KernelSpectra.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Products of spectra, {@code z (+)= (k + i l) x}; lanes never mix, so bits do not depend on the vector length.
 *
 * <p>The step from one vector to the next is a parameter, as in {@code FloatBandedStar}, so that C2 compiles no loop for
 * memory with an owner, as that of fields may be, over and over: spectra have none.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatSpectralProducts {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatSpectralProducts() {}

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static float at(MemorySegment segment, long position) {
        return segment.get(ValueLayout.JAVA_FLOAT, position);
    }

    /**
     * One plane of a spectrum.
     *
     * @param kind which parts of the factor there are
     * @param first whether sums begin here
     * @param kr real part of the factor
     * @param ki imaginary part of the factor
     * @param xr real part of the other factor
     * @param xi imaginary part of the other factor
     * @param x byte at which they begin
     * @param zr real part of the sums
     * @param zi imaginary part of the sums
     * @param z byte at which they begin
     */
    static void add(
            Kind kind,
            boolean first,
            MemorySegment kr,
            MemorySegment ki,
            MemorySegment xr,
            MemorySegment xi,
            long x,
            MemorySegment zr,
            MemorySegment zi,
            long z) {
        long bytes = kind == Kind.ODD ? ki.byteSize() : kr.byteSize();
        long whole = bytes - bytes % STEP;
        switch (kind) {
            case EVEN -> {
                if (first) {
                    setEven(kr, ki, xr, xi, x, zr, zi, z, whole, STEP, null);
                } else {
                    addEven(kr, ki, xr, xi, x, zr, zi, z, whole, STEP, null);
                }
            }
            case ODD -> {
                if (first) {
                    setOdd(kr, ki, xr, xi, x, zr, zi, z, whole, STEP, null);
                } else {
                    addOdd(kr, ki, xr, xi, x, zr, zi, z, whole, STEP, null);
                }
            }
            default -> {
                if (first) {
                    setGeneral(kr, ki, xr, xi, x, zr, zi, z, whole, STEP, null);
                } else {
                    addGeneral(kr, ki, xr, xi, x, zr, zi, z, whole, STEP, null);
                }
            }
        }
        for (long i = whole; i < bytes; i += Float.BYTES) {
            float k = kind == Kind.ODD ? (float) 0 : at(kr, i);
            float l = kind == Kind.EVEN ? (float) 0 : at(ki, i);
            float re = at(xr, x + i);
            float im = at(xi, x + i);
            float sumRe = first ? (float) 0 : at(zr, z + i);
            float sumIm = first ? (float) 0 : at(zi, z + i);
            zr.set(ValueLayout.JAVA_FLOAT, z + i, Math.fma(k, re, Math.fma(-l, im, sumRe)));
            zi.set(ValueLayout.JAVA_FLOAT, z + i, Math.fma(k, im, Math.fma(l, re, sumIm)));
        }
    }

    /**
     * One plane of the spectrum of a correlation, {@code z = conj(y) x}.
     *
     * @param yr real part of the conjugated factor
     * @param yi its imaginary part
     * @param y byte at which they begin
     * @param xr real part of the other factor
     * @param xi its imaginary part
     * @param x byte at which they begin
     * @param zr real part of the product, from byte 0 on
     * @param zi its imaginary part; as long as a plane
     */
    public static void correlate(
            MemorySegment yr,
            MemorySegment yi,
            long y,
            MemorySegment xr,
            MemorySegment xi,
            long x,
            MemorySegment zr,
            MemorySegment zi) {
        correlate(yr, yi, y, xr, xi, x, zr, zi, null);
    }

    private static void correlate(
            MemorySegment yr, MemorySegment yi, long y, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, @Nullable Apart apart) {
        long bytes = zr.byteSize();
        long whole = bytes - bytes % STEP;
        for (long i = 0; i < whole; i += STEP) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector k = load(yr, y + i);
            FloatVector l = load(yi, y + i);
            k.fma(re, l.mul(im)).intoMemorySegment(zr, i, ORDER);
            k.fma(im, l.neg().mul(re)).intoMemorySegment(zi, i, ORDER);
        }
        for (long i = whole; i < bytes; i += Float.BYTES) {
            float k = at(yr, y + i);
            float l = at(yi, y + i);
            float re = at(xr, x + i);
            float im = at(xi, x + i);
            zr.set(ValueLayout.JAVA_FLOAT, i, Math.fma(k, re, l * im));
            zi.set(ValueLayout.JAVA_FLOAT, i, Math.fma(k, im, -l * re));
        }
    }

    private static void setEven(
            MemorySegment kr, MemorySegment ki, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, long z, long end, long step, @Nullable Apart apart) {
        for (long i = 0; i < end; i += step) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector k = load(kr, i);
            k.mul(re).intoMemorySegment(zr, z + i, ORDER);
            k.mul(im).intoMemorySegment(zi, z + i, ORDER);
        }
    }

    private static void addEven(
            MemorySegment kr, MemorySegment ki, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, long z, long end, long step, @Nullable Apart apart) {
        for (long i = 0; i < end; i += step) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector k = load(kr, i);
            k.fma(re, load(zr, z + i)).intoMemorySegment(zr, z + i, ORDER);
            k.fma(im, load(zi, z + i)).intoMemorySegment(zi, z + i, ORDER);
        }
    }

    private static void setOdd(
            MemorySegment kr, MemorySegment ki, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, long z, long end, long step, @Nullable Apart apart) {
        for (long i = 0; i < end; i += step) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector l = load(ki, i);
            l.neg().mul(im).intoMemorySegment(zr, z + i, ORDER);
            l.mul(re).intoMemorySegment(zi, z + i, ORDER);
        }
    }

    private static void addOdd(
            MemorySegment kr, MemorySegment ki, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, long z, long end, long step, @Nullable Apart apart) {
        for (long i = 0; i < end; i += step) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector l = load(ki, i);
            l.neg().fma(im, load(zr, z + i)).intoMemorySegment(zr, z + i, ORDER);
            l.fma(re, load(zi, z + i)).intoMemorySegment(zi, z + i, ORDER);
        }
    }

    private static void setGeneral(
            MemorySegment kr, MemorySegment ki, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, long z, long end, long step, @Nullable Apart apart) {
        for (long i = 0; i < end; i += step) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector k = load(kr, i);
            FloatVector l = load(ki, i);
            k.fma(re, l.neg().mul(im)).intoMemorySegment(zr, z + i, ORDER);
            k.fma(im, l.mul(re)).intoMemorySegment(zi, z + i, ORDER);
        }
    }

    private static void addGeneral(
            MemorySegment kr, MemorySegment ki, MemorySegment xr, MemorySegment xi, long x, MemorySegment zr,
            MemorySegment zi, long z, long end, long step, @Nullable Apart apart) {
        for (long i = 0; i < end; i += step) {
            FloatVector re = load(xr, x + i);
            FloatVector im = load(xi, x + i);
            FloatVector k = load(kr, i);
            FloatVector l = load(ki, i);
            k.fma(re, l.neg().fma(im, load(zr, z + i))).intoMemorySegment(zr, z + i, ORDER);
            k.fma(im, l.fma(re, load(zi, z + i))).intoMemorySegment(zi, z + i, ORDER);
        }
    }
}
