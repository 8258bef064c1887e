package org.isotrope.kernels.engine.program;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program seen by block executors: the block axis, whose rows share loads, the middle axis and the columns, and the
 * padded box that a slab of it is copied into.
 *
 * <p>In 3D the block axis is axis 0 and the middle axis is axis 1; in 2D the block axis is axis 1 of the program's
 * three and the middle axis has one node. A box holds, for each component, so many planes across the block axis, each
 * of {@code rows} rows {@code pitch} apart.
 */
public final class BlockShape {
    /**
     * Elements of a box for each component, of four at most: about half a third-level cache slice, with room for several
     * planes of large grids.
     */
    private static final long BOX_ELEMENTS = 1 << 20;

    /** Elements of a box that stays in a second-level cache; for planes so small that its margins are no burden. */
    private static final long CACHED_ELEMENTS = 3 << 15;

    /**
     * Elements apart that compete for the same lines of a first-level cache. Rows almost so far apart would push each
     * other out.
     */
    private static final int WAY = 1024;

    /** Rows that blocks go over at once, at most: few enough for a first-level cache. */
    private static final int LONGEST_RUN = 8;

    /** What blocks compute. */
    public final StencilProgram program;
    /** The axis whose rows share loads. */
    public final int blockAxis;
    /** The other axis but the last. */
    public final int middleAxis;
    /** Nodes along the block axis. */
    public final int blocks;
    /** Nodes along the middle axis. */
    public final int middles;
    /** Nodes along the last axis. */
    public final int columns;
    /** Rows of a plane of a box. */
    public final int rows;
    /** Elements from row to row of a box. */
    public final int pitch;
    /** Output planes that one box serves. */
    public final int slab;
    /** Planes of a box for each component. */
    public final int boxPlanes;
    private final int[][] moves;

    private BlockShape(StencilProgram program, int[][] moves, int minimumColumns, int multiple) {
        this.program = program;
        this.moves = moves;
        this.blockAxis = program.stencil().dimension() == 3 ? 0 : 1;
        this.middleAxis = 1 - blockAxis;
        this.blocks = program.size(blockAxis);
        this.middles = program.size(middleAxis);
        this.columns = program.size(2);
        this.rows = middles - lowest(middleAxis) + highest(middleAxis);
        int padded = Math.max(columns, minimumColumns) - lowest(2) + highest(2);
        boolean alike = multiple == 1 && middles == 1 && padded > WAY && padded % WAY < WAY / 5;
        this.pitch = alike ? padded / WAY * WAY + WAY / 5 : (padded + multiple - 1) / multiple * multiple;
        int halo = highest(blockAxis) - lowest(blockAxis);
        int inputs = program.stencil().inputs();
        long plane = (long) rows * pitch * inputs;
        long cached = CACHED_ELEMENTS / plane - halo;
        boolean small = multiple == 1 && cached >= Math.max(16, 2 * halo);
        long fits = small ? cached : BOX_ELEMENTS * Math.min(inputs, 4) / plane - halo;
        this.slab = Math.clamp(fits / 4 * 4, Math.max(16, (halo + 3) / 4 * 4), 1 << 16);
        this.boxPlanes = Math.min(slab, (blocks + 3) / 4 * 4) + halo;
    }

    /**
     * The shape, if blocks can run the program.
     *
     * @param program what blocks compute
     * @param minimumColumns columns of a block
     * @return null in 1D, where boundaries do more than move values, and for boxes beyond what an array holds
     */
    public static @Nullable BlockShape of(StencilProgram program, int minimumColumns) {
        if (program.stencil().dimension() < 2) {
            return null;
        }
        int[][] moves = new int[3][];
        for (int a = 0; a < 3; a++) {
            int[] along = program.map(a).moves();
            if (along == null) {
                return null;
            }
            moves[a] = along;
        }
        BlockShape shape = new BlockShape(program, moves, minimumColumns, 16);
        return shape.boxLength() > 1 << 28 ? null : shape;
    }

    /**
     * The same for blocks that may run on from row to row: without padding between rows of a plane, and with smaller
     * boxes where planes are rows.
     *
     * @return the same but for pitch and slab
     */
    public BlockShape tight() {
        return new BlockShape(program, moves, columns, 1);
    }

    /**
     * Smallest offset of the stencil along an axis.
     *
     * @param axis 0 to 2
     * @return in nodes, at most 0
     */
    public int lowest(int axis) {
        return program.map(axis).lowest();
    }

    /**
     * Largest offset of the stencil along an axis.
     *
     * @param axis 0 to 2
     * @return in nodes, at least 0
     */
    public int highest(int axis) {
        return program.map(axis).highest();
    }

    /**
     * Nodes along an axis from the lowest that an output reads to the highest.
     *
     * @param axis 0 to 2
     * @return in nodes, at least 1
     */
    public int reach(int axis) {
        return highest(axis) - lowest(axis) + 1;
    }

    /**
     * Elements of a box.
     *
     * @return number of elements
     */
    public long boxLength() {
        return (long) program.stencil().inputs() * boxPlanes * rows * pitch;
    }

    /**
     * Rows of a plane that blocks of so many columns best go over at once, as one long row with margins between; 0 where
     * each by itself is as well, the last block of a row over the one before.
     *
     * @param width columns of a block
     * @return number of rows, or 0
     */
    public int rowsAtOnce(int width) {
        int best = 1;
        for (int at = 2; at <= Math.min(middles, LONGEST_RUN); at++) {
            if (blocks(width, at) < blocks(width, best)) {
                best = at;
            }
        }
        return columns >= width && blocks(width, 1) <= blocks(width, best) ? 0 : best;
    }

    /** Blocks of a plane whose rows are taken so many at a time. */
    private int blocks(int width, int at) {
        return middles / at * blocksOf(width, at) + blocksOf(width, middles % at);
    }

    private int blocksOf(int width, int at) {
        return at == 0 ? 0 : ((at - 1) * pitch + columns + width - 1) / width;
    }

    /**
     * Steps of a block of so many rows over all outputs when every tap is its own.
     *
     * @param blockRows rows of a block
     * @return number of steps
     */
    public int directSteps(int blockRows) {
        Set<List<Integer>> places = new HashSet<>();
        for (int t = 0; t < program.stencil().size(); t++) {
            for (int a = 0; a < blockRows; a++) {
                places.add(List.of(program.stencil().output(t), program.stencil().input(t),
                        program.offset(t, blockAxis) + a, program.offset(t, middleAxis), program.offset(t, 2)));
            }
        }
        return places.size();
    }

    /**
     * Blocks and the planes or rows that are worked on at a time, for a person to read.
     *
     * @param blockRows rows of a block
     * @param blockColumns its columns
     * @param planes planes or rows of a slab
     * @return part of a sentence
     */
    public String tiles(int blockRows, int blockColumns, int planes) {
        return "blocks of " + blockRows + " x " + blockColumns + " in slabs of " + Math.min(planes, blocks)
                + (blockAxis == 0 ? " planes" : " rows");
    }

    /**
     * Position in a box of a node's value, relative to a block plane, middle row and column of the slab.
     *
     * @param input component
     * @param plane index along the block axis, relative to the slab
     * @param middle index along the middle axis
     * @param column index along the last axis
     * @return position in elements
     */
    public int position(int input, int plane, int middle, int column) {
        int across = input * boxPlanes + plane - lowest(blockAxis);
        return (across * rows + middle - lowest(middleAxis)) * pitch + column - lowest(2);
    }

    /**
     * First element of a row of the field.
     *
     * @param component of the field
     * @param plane index along the block axis
     * @param middle index along the middle axis
     * @return position in elements
     */
    public long rowStart(int component, int plane, int middle) {
        int i0 = blockAxis == 0 ? plane : middle;
        int i1 = blockAxis == 0 ? middle : plane;
        return ((long) (component * program.size(0) + i0) * program.size(1) + i1) * columns;
    }

    /**
     * Bytes or elements between rows of a block are this many elements apart.
     *
     * @return number of elements
     */
    public long blockStride() {
        return blockAxis == 0 ? (long) program.size(1) * columns : columns;
    }

    /**
     * The node at a position along an axis, −1 where there is nothing.
     *
     * @param axis 0 to 2
     * @param position index, which may be beyond the walls
     * @return index of the node
     */
    public int source(int axis, int position) {
        return moves[axis][position - lowest(axis)];
    }
}
