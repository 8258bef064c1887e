package org.isotrope.kernels.engine.spectral;

import java.util.Arrays;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.fourier.RealFourierTransform;
import org.jspecify.annotations.Nullable;

/**
 * How products of spectra compute a program: the grid at once, or tile by tile.
 *
 * <p>An axis is taken whole where it is periodic, or where zeros lie beyond its walls: then it is padded by as many zeros
 * as the stencil reaches, up to the next length that transforms are fast at. Along other axes each tile reads as many more
 * nodes as the stencil reaches to both sides, and those of its results that the ends of the circle spoil are left out
 * ("overlap-save", Oppenheim and Schafer, Discrete-Time Signal Processing, section 8.7.3).
 */
public final class SpectralShape {
    /** Lengths of transforms along the axes of tiles. */
    private static final int[] TARGETS = {16, 24, 32, 48, 64, 80, 96, 128, 192, 256, 320, 512, 1024, 4096, 16384};

    /** Nanoseconds of a real transform of long lines for a value and each doubling of their number. */
    private static final double LEVEL_2D = 0.063;

    private static final double LEVEL_3D = 0.072;

    /** Length of lines at which what a line costs by itself is as much again. */
    private static final double SHORT = 48;

    /** How much longer lengths take that are no powers of two. */
    private static final double MIXED_RADICES = 1.15;

    /** How much longer it takes beyond the last level of cache. */
    private static final double DISTANT = 1.2;

    /** Bytes of values and spectra that are taken to fit there. */
    private static final long CACHE = 32L << 20;

    /** Nanoseconds of copying a value into a tile or a padded field, or out of it. */
    private static final double COPY = 0.15;

    /** Nanoseconds of a product of spectra for a value. */
    private static final double PRODUCT = 0.25;

    /** What is computed. */
    public final StencilProgram program;
    /** Sizes of the axes that there are. */
    final int[] shape;
    /** Results that a transform gives, along each axis. */
    final int[] tile;
    /** Lengths of the transforms. */
    public final int[] padded;
    /** Axes that are taken whole. */
    private final boolean[] whole;
    private final long paddedSize;

    private SpectralShape(StencilProgram program, int[] shape, int[] tile, int[] padded, boolean[] whole) {
        this.program = program;
        this.shape = shape;
        this.tile = tile;
        this.padded = padded;
        this.whole = whole;
        long size = 1;
        for (int n : padded) {
            size *= n;
        }
        this.paddedSize = size;
    }

    /**
     * The cheapest shape, if spectra can run the program.
     *
     * @param program what to compute
     * @param precision of fields
     * @return null where combinations of values lie beyond a wall, and beyond the longest lines
     */
    public static @Nullable SpectralShape of(StencilProgram program, Precision precision) {
        SpectralShape best = whole(program);
        for (int target : TARGETS) {
            SpectralShape tiled = tiled(program, target);
            if (tiled != null && (best == null || tiled.cost(precision) < best.cost(precision))) {
                best = tiled;
            }
        }
        return best;
    }

    /**
     * The shape of the grid at once.
     *
     * @param program what to compute
     * @return null where something else than zeros or the other end lies beyond a wall, and beyond the longest lines
     */
    public static @Nullable SpectralShape whole(StencilProgram program) {
        return tiled(program, Integer.MAX_VALUE);
    }

    /**
     * The shape with transforms of about a length.
     *
     * @param program what to compute
     * @param target length along each axis; for the largest integer all are whole
     * @return null if an axis cannot be
     */
    public static @Nullable SpectralShape tiled(StencilProgram program, int target) {
        int d = program.stencil().dimension();
        int[] shape = new int[d];
        int[] tile = new int[d];
        int[] padded = new int[d];
        boolean[] whole = new boolean[d];
        boolean allWhole = true;
        for (int a = 0; a < d; a++) {
            AxisMap map = program.map(3 - d + a);
            int n = program.size(3 - d + a);
            shape[a] = n;
            int[] moves = map.moves();
            if (moves == null || n > 1 << 24) {
                return null;
            }
            boolean last = a == d - 1;
            int all = isCircular(moves, map.lowest(), n) ? n
                    : isOpen(moves, map.lowest(), n) ? fast(n + Math.max(map.highest(), -map.lowest()), last) : 0;
            whole[a] = all > 0 && all <= target;
            if (whole[a]) {
                tile[a] = n;
                padded[a] = all;
                continue;
            }
            allWhole = false;
            int reach = map.highest() - map.lowest();
            if (target == Integer.MAX_VALUE || target - reach < Math.max(1, target / 4)) {
                return null;
            }
            int count = (n + target - reach - 1) / (target - reach);
            tile[a] = (n + count - 1) / count;
            padded[a] = fast(tile[a] + reach, last);
        }
        return allWhole && target < Integer.MAX_VALUE ? null : new SpectralShape(program, shape, tile, padded, whole);
    }

    private static int fast(int least, boolean last) {
        // an even last axis costs half an odd one
        return last ? 2 * RealFourierTransform.nextFastLength((least + 1) / 2) : RealFourierTransform.nextFastLength(least);
    }

    private static boolean isCircular(int[] moves, int lowest, int n) {
        for (int k = 0; k < moves.length; k++) {
            if (moves[k] != Math.floorMod(k + lowest, n)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(int[] moves, int lowest, int n) {
        for (int k = 0; k < moves.length; k++) {
            int position = k + lowest;
            if (moves[k] != (position < 0 || position >= n ? -1 : position)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Predicted nanoseconds for a node with all its components.
     *
     * @param precision of fields
     * @return in nanoseconds, at the nominal rates
     */
    public double cost(Precision precision) {
        double transforms = program.stencil().inputs() + program.stencil().outputs();
        double products = (double) program.stencil().inputs() * program.stencil().outputs();
        double levels = 0;
        double filled = 1;
        double results = 1;
        double tiles = 1;
        boolean mixed = false;
        for (int a = 0; a < padded.length; a++) {
            // lines of nothing but zeros are left out, and lines that nothing is read of
            levels += filled * Math.log(padded[a]) / Math.log(2);
            filled *= (double) occupied(a) / padded[a];
            results *= tile[a];
            tiles *= tiles(a);
            mixed |= Integer.bitCount(padded[a]) > 1;
        }
        long bytes = paddedSize * precision.bytes() * (program.stencil().inputs() + 2L * program.stencil().outputs());
        double level = (padded.length == 3 ? LEVEL_3D : LEVEL_2D)
                * (1 + SHORT / Math.pow(paddedSize, 1.0 / padded.length))
                * (mixed ? MIXED_RADICES : 1) * (bytes > CACHE ? DISTANT : 1);
        double copies = isCopied() ? COPY * (program.stencil().inputs() * filled + program.stencil().outputs() * results
                / paddedSize) : 0;
        double value = transforms * level * levels + copies + products * PRODUCT;
        return precision.bytes() / (double) Float.BYTES * tiles * paddedSize * value / program.nodes();
    }

    /** Number of tiles along an axis. */
    int tiles(int a) {
        return (shape[a] + tile[a] - 1) / tile[a];
    }

    /**
     * Tiles of a field.
     *
     * @return their number, at least 1
     */
    public int tiles() {
        int product = 1;
        for (int a = 0; a < shape.length; a++) {
            product = Math.multiplyExact(product, tiles(a));
        }
        return product;
    }

    /** Whether an axis is taken whole. */
    boolean isWhole(int a) {
        return whole[a];
    }

    /**
     * Whether values have to be copied before they are transformed.
     *
     * @return false if tiles are the field itself
     */
    public boolean isCopied() {
        return !Arrays.equals(shape, padded);
    }

    /** Values along an axis that are read; the rest of the transform's is 0. */
    int occupied(int a) {
        return whole[a] ? shape[a] : padded[a];
    }

    /**
     * {@link #occupied(int)} of all axes.
     *
     * @return one for each axis
     */
    public int[] occupied() {
        int[] all = new int[shape.length];
        Arrays.setAll(all, this::occupied);
        return all;
    }

    /**
     * Elements of a padded component.
     *
     * @return number of elements
     */
    public long paddedSize() {
        return paddedSize;
    }

    /**
     * Elements of one plane of the spectrum of a component.
     *
     * @return number of elements
     */
    public long spectrumSize() {
        int last = padded[padded.length - 1];
        return paddedSize / last * (last / 2 + 1);
    }

    /**
     * Where a tap's node is, seen from node 0: {@code o} for sign 1, {@code −o} for sign −1.
     *
     * @param tap number of the tap
     * @param sign 1 or −1
     * @return position in a padded component
     */
    public long place(int tap, int sign) {
        long place = 0;
        for (int a = 0; a < padded.length; a++) {
            place = place * padded[a] + Math.floorMod(sign * program.stencil().offset(tap, a), padded[a]);
        }
        return place;
    }

    /**
     * How far results are from exact ones by rounding, relative to the largest input times the sum of all absolute
     * weights: the error of a transform of N values is about ε √log₂ N, and there are three of them.
     *
     * @param precision of fields
     * @return a relative error
     */
    public double roundingError(Precision precision) {
        double unit = precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
        return 3 * unit * Math.sqrt(Math.max(1, Math.log(paddedSize) / Math.log(2)));
    }

    @Override
    public String toString() {
        if (tiles() > 1) {
            return Arrays.toString(shape) + " in " + tiles() + " tiles of " + Arrays.toString(padded);
        }
        return Arrays.toString(shape) + (isCopied() ? " padded to " + Arrays.toString(padded) : "");
    }
}
