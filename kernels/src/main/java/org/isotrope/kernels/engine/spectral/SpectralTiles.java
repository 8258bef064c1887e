package org.isotrope.kernels.engine.spectral;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.isotrope.grids.Precision;

/**
 * Moves values between fields and the transforms of a {@link SpectralShape}: what each tile reads, beyond walls and ends
 * too, and which of its results are kept.
 */
public final class SpectralTiles {
    /** From here on a copy is worth its call. */
    private static final int LONG = 8;

    private final SpectralShape shape;
    private final Precision precision;
    private final int d;
    /** For each axis and each place in its tiles one after another, the node that is read there, −1 for none. */
    private final int[][] sources;
    /** For each tile along the last axis, {@code place, node, length} of all stretches; node −1 for zeros. */
    private final int[][] stretches;
    private final MemorySegment zeros;

    /**
     * Prepares.
     *
     * @param shape of the transforms
     * @param precision of fields
     * @param zeros a segment of zeros as long as a row
     */
    public SpectralTiles(SpectralShape shape, Precision precision, MemorySegment zeros) {
        this.shape = shape;
        this.precision = precision;
        this.d = shape.shape.length;
        this.zeros = zeros;
        this.sources = new int[d][];
        for (int a = 0; a < d; a++) {
            sources[a] = sources(a);
        }
        stretches = new int[shape.tiles(d - 1)][];
        for (int t = 0; t < stretches.length; t++) {
            stretches[t] = stretches(sources[d - 1], t * shape.occupied(d - 1), shape.occupied(d - 1));
        }
    }

    private int[] sources(int a) {
        int occupied = shape.occupied(a);
        int[] all = new int[shape.tiles(a) * occupied];
        int[] moves = shape.program.map(3 - d + a).moves();
        for (int k = 0; k < all.length; k++) {
            if (shape.isWhole(a)) {
                all[k] = k;
            } else {
                int position = k / occupied * shape.tile[a] + k % occupied;
                all[k] = moves != null && position < moves.length ? moves[position] : -1;
            }
        }
        return all;
    }

    private static int[] stretches(int[] sources, int from, int count) {
        List<Integer> all = new ArrayList<>();
        int start = 0;
        for (int k = 1; k <= count; k++) {
            int first = sources[from + start];
            boolean goesOn = k < count && sources[from + k] == (first < 0 ? -1 : first + k - start);
            if (!goesOn) {
                all.addAll(List.of(start, first, k - start));
                start = k;
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Index along an axis of a tile. */
    private int along(int tile, int axis) {
        int rest = tile;
        for (int a = d - 1; a > axis; a--) {
            rest /= shape.tiles(a);
        }
        return rest % shape.tiles(axis);
    }

    private long length(int axis, int[] sizes) {
        return axis < 0 ? 1 : sizes[axis];
    }

    /**
     * Copies what a tile reads into the corner of padded components; what is beyond that corner stays as it is.
     *
     * @param tile number of the tile
     * @param components number of components
     * @param in all components of a field
     * @param values padded components
     */
    public void gather(int tile, MemorySegment in, MemorySegment values, int components) {
        long bytes = precision.bytes();
        int slab = d > 2 ? along(tile, 0) * shape.occupied(0) : 0;
        int row = d > 1 ? along(tile, d - 2) * shape.occupied(d - 2) : 0;
        int[] columns = stretches[along(tile, d - 1)];
        int slabs = d > 2 ? shape.occupied(0) : 1;
        int rows = d > 1 ? shape.occupied(d - 2) : 1;
        long width = shape.shape[d - 1];
        long paddedWidth = shape.padded[d - 1];
        for (int c = 0; c < components; c++) {
            for (int i = 0; i < slabs; i++) {
                long s = d > 2 ? sources[0][slab + i] : 0;
                long from = c * length(d - 3, shape.shape) + s;
                long to = c * length(d - 3, shape.padded) + i;
                for (int j = 0; j < rows; j++) {
                    long r = d > 1 ? sources[d - 2][row + j] : 0;
                    long target = (to * length(d - 2, shape.padded) + j) * paddedWidth * bytes;
                    if (s < 0 || r < 0) {
                        MemorySegment.copy(zeros, 0, values, target, shape.occupied(d - 1) * bytes);
                    } else {
                        copyRow(in, (from * length(d - 2, shape.shape) + r) * width * bytes, values, target, columns);
                    }
                }
            }
        }
    }

    private void copyRow(MemorySegment in, long from, MemorySegment values, long to, int[] columns) {
        long bytes = precision.bytes();
        for (int k = 0; k < columns.length; k += 3) {
            long target = to + columns[k] * bytes;
            int node = columns[k + 1];
            int length = columns[k + 2];
            if (length < LONG && node >= 0) {
                for (int e = 0; e < length; e++) {
                    copy(in, from + (node + e) * bytes, values, target + e * bytes);
                }
            } else if (node < 0) {
                MemorySegment.copy(zeros, 0, values, target, length * bytes);
            } else {
                MemorySegment.copy(in, from + node * bytes, values, target, length * bytes);
            }
        }
    }

    private void copy(MemorySegment in, long from, MemorySegment out, long to) {
        if (precision == Precision.FLOAT) {
            out.set(ValueLayout.JAVA_INT, to, in.get(ValueLayout.JAVA_INT, from));
        } else {
            out.set(ValueLayout.JAVA_LONG, to, in.get(ValueLayout.JAVA_LONG, from));
        }
    }

    /** Index of a tile's first good result along an axis. */
    private int first(int a) {
        return shape.isWhole(a) ? 0 : -shape.program.map(3 - d + a).lowest();
    }

    /**
     * Copies the results of a tile to where they belong.
     *
     * @param result padded components
     * @param out all components of a field
     */
    void scatter(int tile, MemorySegment result, MemorySegment out, int components) {
        long bytes = precision.bytes();
        int slab = d > 2 ? along(tile, 0) * shape.tile[0] : 0;
        int row = d > 1 ? along(tile, d - 2) * shape.tile[d - 2] : 0;
        int column = along(tile, d - 1) * shape.tile[d - 1];
        int slabs = d > 2 ? Math.min(shape.tile[0], shape.shape[0] - slab) : 1;
        int rows = d > 1 ? Math.min(shape.tile[d - 2], shape.shape[d - 2] - row) : 1;
        long columns = Math.min(shape.tile[d - 1], shape.shape[d - 1] - column) * bytes;
        long width = shape.shape[d - 1];
        long paddedWidth = shape.padded[d - 1];
        for (int c = 0; c < components; c++) {
            for (int i = 0; i < slabs; i++) {
                long from = c * length(d - 3, shape.padded) + i + (d > 2 ? first(0) : 0);
                long to = c * length(d - 3, shape.shape) + slab + i;
                for (int j = 0; j < rows; j++) {
                    long source = from * length(d - 2, shape.padded) + j + (d > 1 ? first(d - 2) : 0);
                    long target = to * length(d - 2, shape.shape) + row + j;
                    MemorySegment.copy(result, (source * paddedWidth + first(d - 1)) * bytes, out,
                            (target * width + column) * bytes, columns);
                }
            }
        }
    }
}
