package org.isotrope.kernels.engine.block;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.TreeMap;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.FloatFoldedReference;
import org.isotrope.kernels.engine.program.Folding;
import org.isotrope.kernels.engine.program.ReweightedExecutor;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Runs a mirror-symmetric stencil by {@link Folding} in register blocks: sums of mirrored rows are made once for a
 * middle index, mirrored columns are added in registers, and one product then serves four taps for each output of a
 * block. Where registers are few, both sums are made beforehand, strip by strip ({@link FloatColumnFolds}).
 *
 * <p>Bits are those of {@link FloatFoldedReference}, which also takes over slabs with infinities or not-a-numbers.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatFolded implements ReweightedExecutor {
    private record Place(int plane, int input, int middle, int column) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            if (plane != other.plane) {
                return Integer.compare(plane, other.plane);
            }
            if (input != other.input) {
                return Integer.compare(input, other.input);
            }
            return middle != other.middle
                    ? Integer.compare(middle, other.middle)
                    : Integer.compare(column, other.column);
        }
    }

    /**
     * Positions, in strips for each turn of their ring, and weights as the loop that runs the steps takes them: without
     * signs where all pairs are sums, and halved for columns in their own mirror where they are added to themselves.
     */
    private record Steps(int[][] at, int[] mirrored, float[] weights, int stride, boolean halved) {
        float weight(Folding.Tap tap, float weight) {
            return halved && tap.column() == 0 ? weight / 2 : weight;
        }
    }

    private final BlockShape shape;
    private final Folding folding;
    /** Null after weights have been replaced, until a slab needs it. */
    private volatile @Nullable FloatFoldedReference fallback;
    /** For each folded tap of each output in turn, the tap whose weight it has; empty until weights are replaced. */
    private int[] taps = new int[0];
    /** Places of the weights of each folded tap in those of its output's steps. */
    private int[] slots = new int[0];
    private double[] replaced = new double[0];
    private final FloatFolds folds;
    /** Rows that strips go over at once, as one long row with margins between; 0 for each by itself. */
    private final int runs;
    /** Null where mirrored columns are added in registers. */
    private final @Nullable FloatColumnFolds columnFolds;
    private final Steps[] steps;
    private final Pool<FloatBox> pool;

    /**
     * Prepares.
     *
     * @param folding the folded stencil
     */
    public FloatFolded(Folding folding) {
        this.shape = FloatBlocks.SIXTEEN_SUMS ? folding.shape() : folding.shape().tight();
        this.folding = folding;
        this.folds = new FloatFolds(folding);
        FloatColumnFolds columns = FloatBlocks.SIXTEEN_SUMS ? null : new FloatColumnFolds(folding, shape);
        this.columnFolds = columns;
        this.runs = shape.rowsAtOnce(FloatBlocks.WIDTH);
        this.steps = new Steps[shape.program.stencil().outputs()];
        for (int r = 0; r < steps.length; r++) {
            steps[r] = steps(folding.taps(r));
        }
        this.pool = new Pool<>(columns == null
                ? () -> new FloatBox(shape, folds.length())
                : () -> new FloatBox(shape, columns.length(), 0));
    }

    private Steps steps(List<Folding.Tap> taps) {
        record Row(Folding.Tap tap, float[] weights) {}
        TreeMap<Place, Row> places = new TreeMap<>();
        for (Folding.Tap tap : taps) {
            for (int a = 0; a < FloatBlocks.ROWS; a++) {
                Place place = new Place(tap.block() + a, tap.input(), tap.middle(), tap.column());
                Row row = places.computeIfAbsent(place, any -> new Row(tap, new float[FloatBlocks.ROWS + 1]));
                row.weights[a] = (float) tap.weight();
                row.weights[FloatBlocks.ROWS] = tap.columnSign();
            }
        }
        int[][] at = new int[columnFolds == null ? 1 : columnFolds.turns()][places.size()];
        int[] mirrored = new int[places.size()];
        boolean inRegisters = columnFolds == null;
        boolean even = taps.stream().allMatch(tap -> tap.columnSign() >= 0);
        int stride = inRegisters && !even ? FloatBlocks.ROWS + 1 : FloatBlocks.ROWS;
        Steps made = new Steps(at, mirrored, new float[mirrored.length * stride], stride, inRegisters && even);
        int next = 0;
        for (var entry : places.entrySet()) {
            Place place = entry.getKey();
            Row row = entry.getValue();
            if (columnFolds == null) {
                int start = folds.position(row.tap, place.plane);
                at[0][next] = start + place.column;
                mirrored[next] = start - place.column;
            } else {
                for (int turn = 0; turn < at.length; turn++) {
                    at[turn][next] = columnFolds.position(row.tap, place.plane, turn);
                }
            }
            for (int i = 0; i < stride; i++) {
                made.weights[next * stride + i] = made.weight(row.tap, row.weights[i]);
            }
            next++;
        }
        return made;
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int end = (int) ((long) shape.blocks * (part + 1) / parts);
        FloatBox box = pool.take();
        for (int from = (int) ((long) shape.blocks * part / parts); from < end; from += shape.slab) {
            Interruption.check();
            int count = Math.min(shape.slab, end - from);
            if (box.fill(in, from, count)) {
                slab(box, out, from, count);
            } else {
                fallback().planes(in, out, from, from + count);
            }
        }
        pool.give(box);
    }

    @Override
    public String tiles() {
        return shape.tiles(FloatBlocks.ROWS, FloatBlocks.WIDTH, shape.slab);
    }

    private FloatFoldedReference fallback() {
        FloatFoldedReference reference = fallback;
        if (reference == null) {
            reference = new FloatFoldedReference(replaced.length == 0 ? folding : folding.withWeights(replaced));
            fallback = reference;
        }
        return reference;
    }

    @Override
    public void reweight(double[] weights) {
        if (taps.length == 0) {
            prepare();
            replaced = new double[weights.length];
        }
        int next = 0;
        for (int r = 0; r < steps.length; r++) {
            Steps these = steps[r];
            List<Folding.Tap> folded = folding.taps(r);
            for (int k = 0; k < folded.size(); k++, next++) {
                float weight = (float) weights[taps[next]];
                float used = these.weight(folded.get(k), weight);
                for (int a = 0; a < FloatBlocks.ROWS; a++) {
                    these.weights[slots[next * FloatBlocks.ROWS + a]] = used;
                }
            }
        }
        System.arraycopy(weights, 0, replaced, 0, weights.length);
        fallback = null;
    }

    private void prepare() {
        taps = new int[folding.size()];
        slots = new int[taps.length * FloatBlocks.ROWS];
        int next = 0;
        for (int r = 0; r < steps.length; r++) {
            TreeMap<Place, Integer> places = new TreeMap<>();
            for (Folding.Tap tap : folding.taps(r)) {
                for (int a = 0; a < FloatBlocks.ROWS; a++) {
                    places.put(new Place(tap.block() + a, tap.input(), tap.middle(), tap.column()), 0);
                }
            }
            int place = 0;
            for (var entry : places.entrySet()) {
                entry.setValue(place++);
            }
            int stride = steps[r].stride();
            for (Folding.Tap tap : folding.taps(r)) {
                taps[next] = folding.tap(r, tap);
                for (int a = 0; a < FloatBlocks.ROWS; a++) {
                    Place at = new Place(tap.block() + a, tap.input(), tap.middle(), tap.column());
                    slots[next * FloatBlocks.ROWS + a] = places.get(at) * stride + a;
                }
                next++;
            }
        }
    }

    private void slab(FloatBox box, MemorySegment out, int from, int count) {
        if (columnFolds != null) {
            for (int middle = 0; middle < shape.middles; middle += Math.max(1, runs)) {
                strips(box, columnFolds, out, from, count, middle);
            }
            return;
        }
        int columns = shape.columns;
        float[] values = folds.areFolded() ? box.folds : box.values;
        for (int middle = 0; middle < shape.middles; middle++) {
            if (folds.areFolded()) {
                folds.fold(box, middle, count);
            }
            int row = (folds.areFolded() ? 0 : middle) * shape.pitch;
            for (int x = 0; x < columns; x += FloatBlocks.COLUMNS) {
                int column = Math.max(0, Math.min(x, columns - FloatBlocks.COLUMNS));
                for (int b = 0; b < count; b += FloatBlocks.ROWS) {
                    int plane = Math.max(0, Math.min(b, count - FloatBlocks.ROWS));
                    int base = plane * folds.planeStride() + row + column;
                    block(box, values, base, out, from + plane, middle, column, count - plane);
                }
            }
        }
    }

    /** Strip by strip of some rows behind one another, each across all planes of a slab. */
    private void strips(FloatBox box, FloatColumnFolds strips, MemorySegment out, int from, int count, int middle) {
        int rows = Math.min(Math.max(1, runs), shape.middles - middle);
        int length = (rows - 1) * shape.pitch + shape.columns;
        int halo = shape.highest(shape.blockAxis) - shape.lowest(shape.blockAxis);
        for (int x = 0; x < length; x += FloatBlocks.WIDTH) {
            int first = runs == 0 ? Math.min(x, length - FloatBlocks.WIDTH) : x;
            int row = first / shape.pitch;
            int column = first % shape.pitch;
            int base = middle * shape.pitch + first;
            int folded = 0;
            int turn = 0;
            for (int b = 0; b < count; b += FloatBlocks.ROWS) {
                for (; folded < b + halo + FloatBlocks.ROWS; folded += FloatBlocks.ROWS) {
                    strips.fold(box.values, base, folded);
                }
                strip(box, out, turn, from + b, Math.min(FloatBlocks.ROWS, count - b), middle + row, middle + rows,
                        column);
                turn = turn + 1 == strips.turns() ? 0 : turn + 1;
            }
        }
    }

    private void strip(
            FloatBox box, MemorySegment out, int turn, int plane, int planes, int middle, int end, int column) {
        boolean inside = planes == FloatBlocks.ROWS && column + FloatBlocks.WIDTH <= shape.columns;
        for (int r = 0; r < steps.length; r++) {
            Steps these = steps[r];
            long first = shape.rowStart(r, plane, middle) + column;
            FloatBlocks.wide(box.values, 0, these.at[turn], these.weights, inside ? out : box.block,
                    inside ? first * Float.BYTES : 0, (inside ? shape.blockStride() : FloatBlocks.WIDTH) * Float.BYTES);
            if (!inside) {
                box.store(out, r, plane, planes, middle, end, column);
            }
        }
    }

    private void block(
            FloatBox box, float[] values, int base, MemorySegment out, int plane, int middle, int column, int planes) {
        boolean inside = planes >= FloatBlocks.ROWS && shape.columns >= FloatBlocks.COLUMNS;
        long stride = shape.blockStride();
        for (int r = 0; r < steps.length; r++) {
            Steps these = steps[r];
            int[] at = these.at[0];
            long first = shape.rowStart(r, plane, middle) + column;
            MemorySegment target = inside ? out : box.block;
            long to = inside ? first * Float.BYTES : 0;
            long rowBytes = (inside ? stride : FloatBlocks.COLUMNS) * Float.BYTES;
            if (these.halved) {
                FloatBlocks.even(values, base, at, these.mirrored, these.weights, target, to, rowBytes);
            } else {
                FloatBlocks.folded(values, base, at, these.mirrored, these.weights, target, to, rowBytes);
            }
            if (!inside) {
                box.store(out, first, stride, Math.min(planes, FloatBlocks.ROWS),
                        Math.min(shape.columns - column, FloatBlocks.COLUMNS));
            }
        }
    }
}
