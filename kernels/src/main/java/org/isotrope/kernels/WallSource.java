package org.isotrope.kernels;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Condition;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a differential operator makes of the data on one wall: the same operator on a slab of a few nodes at the wall,
 * with ghosts that hold the data and zeros inside.
 */
final class WallSource implements LinearOperator {
    private final Space domain;
    private final Space range;
    private final int across;
    private final Side side;
    private final double[] data;
    private final WallExtension extension;
    private final LinearOperator slab;
    private final LinearOperator slabAdjoint;
    private final int[] slabShape;
    private final int[] shape;
    private final AtomicReferenceArray<@Nullable Work> free =
            new AtomicReferenceArray<>(Precision.values().length);

    /** Memory of one application; callers that come at the same time get another one each. */
    private static final class Work {
        final Field ghosts;
        final Field rates;
        final double[] widened;
        final int[] index;
        final int[] inSlab;

        Work(WallSource source, Precision precision) {
            Fields fields = Fields.automatic().precision(precision);
            ghosts = fields.of(source.slab.domain().type(), source.slab.domain().grid());
            rates = fields.of(source.slab.range().type(), source.slab.range().grid());
            widened = new double[source.extension.size()];
            index = new int[source.shape.length];
            inSlab = new int[source.shape.length];
        }
    }

    WallSource(
            Space inner, LinearOperator operator, Boundaries boundaries, int across, Side side, int[] reach,
            Function<Differential, LinearOperator> make) {
        Grid grid = inner.grid();
        this.domain = WallData.wall(inner, across, side);
        this.range = operator.range();
        this.across = across;
        this.side = side;
        Condition condition = (Condition) boundaries.at(across, side);
        this.data = new double[reach[across]];
        for (int k = 1; k <= data.length; k++) {
            data[k - 1] = condition.datum(grid, across, side, k);
        }
        this.extension = new WallExtension(grid, boundaries, across, reach);
        Axis[] axes = new Axis[grid.dimension()];
        for (int a = 0; a < axes.length; a++) {
            Axis axis = grid.axis(a);
            axes[a] = !WallExtension.isWalled(axis) || reach[a] == 0 ? axis
                    : a == across ? slabAxis(axis, side, reach[a]) : widened(axis, boundaries, a, reach[a]);
        }
        Grid cut = Grid.of(grid.cell(), axes);
        this.slab = make.apply(Differential.on(cut).beyondWalls(Boundaries.all(Boundary.zero())));
        this.slabAdjoint = slab.adjoint();
        this.slabShape = cut.shape();
        this.shape = grid.shape();
    }

    /** Nodes and ghosts at one wall: so many ghosts, and twice as many nodes. */
    private static Axis slabAxis(Axis axis, Side side, int r) {
        if (axis.isUniform()) {
            double h = axis.spacing();
            double end = axis.node(side == Side.LOW ? 0 : axis.size() - 1);
            return side == Side.LOW ? Axis.uniform(end - r * h, end + (2 * r - 1) * h, 3 * r)
                    : Axis.uniform(end - (2 * r - 1) * h, end + r * h, 3 * r);
        }
        if (axis.size() < 2 * r + 1) {
            throw new IllegalArgumentException("axis has " + axis.size() + " nodes; it had to have at least " + (2 * r + 1)
                    + " for data on its wall");
        }
        double[] all = mirrored(axis, r);
        return Axis.nodes(side == Side.LOW ? Arrays.copyOf(all, 3 * r) : Arrays.copyOfRange(all, all.length - 3 * r,
                all.length));
    }

    private static Axis widened(Axis axis, Boundaries boundaries, int a, int r) {
        if (axis.isUniform()) {
            double h = axis.spacing();
            return Axis.uniform(axis.node(0) - r * h, axis.node(axis.size() - 1) + r * h, axis.size() + 2 * r);
        }
        for (Side side : Side.values()) {
            if (!(boundaries.at(a, side) instanceof Condition)) {
                throw new IllegalArgumentException("boundary on the " + side + " side of axis " + a + " is "
                        + boundaries.at(a, side) + "; it had to be a condition, as those of walls that it meets");
            }
        }
        return Axis.nodes(mirrored(axis, r));
    }

    /** All nodes, with ghosts at the mirror images about the walls. */
    private static double[] mirrored(Axis axis, int r) {
        int n = axis.size();
        boolean node = axis.centring() == Axis.Centring.NODE;
        double[] all = new double[n + 2 * r];
        for (int i = 0; i < n; i++) {
            all[r + i] = axis.node(i);
        }
        for (int k = 1; k <= r; k++) {
            all[r - k] = 2 * axis.low() - axis.node(node ? k : k - 1);
            all[r + n - 1 + k] = 2 * axis.high() - axis.node(node ? n - 1 - k : n - k);
        }
        return all;
    }

    @Override
    public Space domain() {
        return domain;
    }

    @Override
    public Space range() {
        return range;
    }

    @Override
    public String explain() {
        return "data on the " + side + " side of axis " + across + " under " + slab.explain();
    }

    @Override
    public void apply(Field in, Field out) {
        Fits.require(domain, range, in, out);
        out.fill(0);
        add(in, out);
    }

    /** Adds to what is there. */
    void add(Field wall, Field out) {
        if (data.length == 0) {
            return;
        }
        Work work = take(out.precision());
        for (int c = 0; c < domain.components(); c++) {
            extension.apply(wall, c, work.widened);
            for (int k = 1; k <= data.length; k++) {
                forEachGhost(work, c, k, true);
            }
        }
        slab.apply(work.ghosts, work.rates);
        forEachRow(work, out, true);
        free.set(out.precision().ordinal(), work);
    }

    private void addTransposed(Field out, Field wall) {
        Work work = take(out.precision());
        work.rates.fill(0);
        forEachRow(work, out, false);
        slabAdjoint.apply(work.rates, work.ghosts);
        for (int c = 0; c < domain.components(); c++) {
            Arrays.fill(work.widened, 0);
            for (int k = 1; k <= data.length; k++) {
                forEachGhost(work, c, k, false);
            }
            extension.addTransposed(work.widened, wall, c);
        }
        // zeros inside, as they are taken to be
        work.ghosts.fill(0);
        free.set(out.precision().ordinal(), work);
    }

    private Work take(Precision precision) {
        Work work = free.getAndSet(precision.ordinal(), null);
        return work != null ? work : new Work(this, precision);
    }

    /** Between ghosts at a distance, in the slab, and the widened wall. */
    private void forEachGhost(Work work, int c, int k, boolean write) {
        int r = data.length;
        int layer = side == Side.LOW ? r - k : slabShape[across] - r - 1 + k;
        int[] index = work.index;
        Arrays.fill(index, 0);
        index[across] = layer;
        double factor = data[k - 1];
        for (int place = 0; place < work.widened.length; place++) {
            if (write) {
                work.ghosts.set(factor * work.widened[place], c, index);
            } else {
                work.widened[place] += factor * work.ghosts.get(c, index);
            }
            advance(index, slabShape);
        }
    }

    /** To the next place of a wall; false after the last one. */
    private boolean advance(int[] index, int[] sizes) {
        for (int a = sizes.length - 1; a >= 0; a--) {
            if (a != across) {
                if (++index[a] < sizes[a]) {
                    return true;
                }
                index[a] = 0;
            }
        }
        return false;
    }

    /** Between rows of the slab that read ghosts and the nodes they stand for. */
    private void forEachRow(Work work, Field out, boolean add) {
        int r = data.length;
        int rows = Math.min(r, shape[across]);
        int[] index = work.index;
        int[] inSlab = work.inSlab;
        int components = range.components();
        for (int depth = 0; depth < rows; depth++) {
            Arrays.fill(index, 0);
            do {
                for (int a = 0; a < index.length; a++) {
                    inSlab[a] = index[a] + (slabShape[a] - shape[a]) / 2;
                }
                index[across] = side == Side.LOW ? depth : shape[across] - 1 - depth;
                inSlab[across] = side == Side.LOW ? r + depth : slabShape[across] - r - 1 - depth;
                for (int c = 0; c < components; c++) {
                    if (add) {
                        out.set(out.get(c, index) + work.rates.get(c, inSlab), c, index);
                    } else {
                        work.rates.set(out.get(c, index), c, inSlab);
                    }
                }
            } while (advance(index, shape));
        }
    }

    @Override
    public LinearOperator adjoint() {
        return new Transposed(this);
    }

    private record Transposed(WallSource source) implements LinearOperator {
        @Override
        public Space domain() {
            return source.range;
        }

        @Override
        public Space range() {
            return source.domain;
        }

        @Override
        public void apply(Field in, Field out) {
            Fits.require(domain(), range(), in, out);
            out.fill(0);
            if (source.data.length > 0) {
                source.addTransposed(in, out);
            }
        }

        @Override
        public LinearOperator adjoint() {
            return source;
        }

        @Override
        public String explain() {
            return "transpose of " + source.explain();
        }
    }
}
