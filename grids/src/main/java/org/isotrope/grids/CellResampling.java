package org.isotrope.grids;

import java.util.Arrays;
import java.util.Locale;

/** Shares values out by the overlap of cells, axis by axis in one product. */
final class CellResampling implements Resampling {
    private final Grid from;
    private final Grid to;
    private final OutOfDomain outside;
    /** Of three axes, the first ones trivial where there are fewer. */
    private final CellOverlaps[] overlaps = new CellOverlaps[3];
    private final int[] size = new int[3];

    CellResampling(Grid from, Grid to, OutOfDomain outside) {
        int d = from.dimension();
        if (to.dimension() != d) {
            throw new IllegalArgumentException("to has " + to.dimension() + " dimensions; it had to have " + d);
        }
        if (!Arrays.deepEquals(from.cell(), to.cell())) {
            throw new IllegalArgumentException("cell of the grid of outputs is " + Arrays.deepToString(to.cell())
                    + "; it had to be " + Arrays.deepToString(from.cell()) + " like that of inputs");
        }
        this.from = from;
        this.to = to;
        this.outside = outside;
        Axis trivial = Axis.singleton(0);
        for (int a = 0; a < 3; a++) {
            int axis = a - (3 - d);
            size[a] = axis < 0 ? 1 : from.axis(axis).size();
            overlaps[a] = axis < 0 ? new CellOverlaps(trivial, trivial, outside, a)
                    : new CellOverlaps(from.axis(axis), to.axis(axis), outside, axis);
        }
    }

    /** The checks of every resampling. */
    static void requireFit(Field in, Grid from, Field out, Grid to) {
        requireGrid(in, from, "in");
        requireGrid(out, to, "out");
        if (!in.type().equals(out.type())) {
            throw new IllegalArgumentException("out is a " + out.type() + " field; it had to be a " + in.type()
                    + " field like in");
        }
        if (in.precision() != out.precision()) {
            throw new IllegalArgumentException("out has precision " + out.precision() + "; it had to be "
                    + in.precision() + " like in");
        }
        in.requireOpen("in");
        out.requireOpen("out");
        in.requireApart(out, "out");
    }

    private static void requireGrid(Field field, Grid grid, String name) {
        if (!field.grid().equals(grid)) {
            throw new IllegalArgumentException(name + " lives on another grid:\n" + field.grid() + "\nit had to be\n"
                    + grid);
        }
    }

    @Override
    public Grid from() {
        return from;
    }

    @Override
    public Grid to() {
        return to;
    }

    @Override
    public void apply(Field in, Field out) {
        requireFit(in, from, out, to);
        run(in, out, false);
    }

    @Override
    public void transpose(Field in, Field out) {
        requireFit(in, to, out, from);
        out.segment().fill((byte) 0);
        run(out, in, true);
    }

    /** Fills {@code coarse} from {@code fine}, or adds the transpose of that to {@code fine}. */
    private void run(Field fine, Field coarse, boolean transposed) {
        long node = 0;
        for (int i0 = 0; i0 + 1 < overlaps[0].start.length; i0++) {
            for (int i1 = 0; i1 + 1 < overlaps[1].start.length; i1++) {
                for (int i2 = 0; i2 + 1 < overlaps[2].start.length; i2++) {
                    for (int c = 0; c < fine.components(); c++) {
                        long at = c * to.size() + node;
                        if (transposed) {
                            add(coarse.getFlat(at), fine, c, i0, i1, i2);
                        } else {
                            coarse.setFlat(at, sum(fine, c, i0, i1, i2));
                        }
                    }
                    node++;
                }
            }
        }
    }

    private double sum(Field fine, int c, int i0, int i1, int i2) {
        double sum = 0;
        for (int k0 = overlaps[0].start[i0]; k0 < overlaps[0].start[i0 + 1]; k0++) {
            for (int k1 = overlaps[1].start[i1]; k1 < overlaps[1].start[i1 + 1]; k1++) {
                double outer = overlaps[0].weight[k0] * overlaps[1].weight[k1];
                long row = row(c, k0, k1);
                for (int k2 = overlaps[2].start[i2]; k2 < overlaps[2].start[i2 + 1]; k2++) {
                    sum += outer * overlaps[2].weight[k2] * fine.getFlat(row + overlaps[2].source[k2]);
                }
            }
        }
        return sum;
    }

    private void add(double value, Field fine, int c, int i0, int i1, int i2) {
        for (int k0 = overlaps[0].start[i0]; k0 < overlaps[0].start[i0 + 1]; k0++) {
            for (int k1 = overlaps[1].start[i1]; k1 < overlaps[1].start[i1 + 1]; k1++) {
                double outer = overlaps[0].weight[k0] * overlaps[1].weight[k1];
                long row = row(c, k0, k1);
                for (int k2 = overlaps[2].start[i2]; k2 < overlaps[2].start[i2 + 1]; k2++) {
                    long at = row + overlaps[2].source[k2];
                    fine.setFlat(at, fine.getFlat(at) + outer * overlaps[2].weight[k2] * value);
                }
            }
        }
    }

    private long row(int c, int k0, int k1) {
        long plane = (long) c * size[0] + overlaps[0].source[k0];
        return (plane * size[1] + overlaps[1].source[k1]) * size[2];
    }

    @Override
    public String toString() {
        return "conservative resampling, outside " + outside.name().toLowerCase(Locale.ROOT) + ", from\n" + from
                + "\nto\n" + to;
    }
}
