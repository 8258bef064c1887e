package org.isotrope.grids;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a field at the nodes of a grid, turned back about a centre if there is a rotation. */
final class NodeResampling implements Resampling {
    private final Interpolation how;
    private final Grid to;
    private final double @Nullable [][] rotation;
    private final Nodes nodes;

    NodeResampling(Interpolation how, Grid to, double @Nullable [][] rotation, double @Nullable [] centre) {
        if (to.dimension() != how.grid().dimension()) {
            throw new IllegalArgumentException("to has " + to.dimension() + " dimensions; it had to have "
                    + how.grid().dimension());
        }
        this.how = how;
        this.to = to;
        this.rotation = rotation == null ? null : Matrices.copy(rotation);
        this.nodes = new Nodes(to, rotation == null ? null : Matrices.transpose(rotation),
                centre == null ? null : centre.clone());
    }

    /** Nodes of a grid as points of space, under {@code x ↦ M(x − c) + c}. */
    private record Nodes(Grid grid, double[][] cell, double @Nullable [][] map, double @Nullable [] centre)
            implements PointSource {
        Nodes(Grid grid, double @Nullable [][] map, double @Nullable [] centre) {
            this(grid, grid.cell(), map, centre);
        }

        @Override
        public long count() {
            return grid.size();
        }

        @Override
        public void position(long p, double[] x) {
            int d = x.length;
            long rest = p;
            // at most three numbers each, on the stack: this is called for every node
            double first = 0;
            double second = 0;
            double third = 0;
            for (int a = d - 1; a >= 0; a--) {
                Axis axis = grid.axis(a);
                double coordinate = axis.sharedNodes()[(int) (rest % axis.size())];
                rest /= axis.size();
                switch (a) {
                    case 0 -> first = coordinate;
                    case 1 -> second = coordinate;
                    default -> third = coordinate;
                }
            }
            if (grid.isRectangular()) {
                set(x, first, second, third);
            } else {
                multiply(cell, first, second, third, x);
            }
            if (map != null && centre != null) {
                multiply(map, x[0] - centre[0], d > 1 ? x[1] - centre[1] : 0, d > 2 ? x[2] - centre[2] : 0, x);
                for (int i = 0; i < d; i++) {
                    x[i] += centre[i];
                }
            }
        }

        private static void set(double[] x, double first, double second, double third) {
            x[0] = first;
            if (x.length > 1) {
                x[1] = second;
            }
            if (x.length > 2) {
                x[2] = third;
            }
        }

        private static void multiply(double[][] m, double first, double second, double third, double[] x) {
            for (int i = 0; i < x.length; i++) {
                double[] row = m[i];
                double sum = row[0] * first;
                if (row.length > 1) {
                    sum += row[1] * second;
                }
                if (row.length > 2) {
                    sum += row[2] * third;
                }
                x[i] = sum;
            }
        }
    }

    @Override
    public Grid from() {
        return how.grid();
    }

    @Override
    public Grid to() {
        return to;
    }

    @Override
    public void apply(Field in, Field out) {
        CellResampling.requireFit(in, from(), out, to);
        sweep(out).interpolate(in);
    }

    @Override
    public void transpose(Field in, Field out) {
        CellResampling.requireFit(in, to, out, from());
        PointSweep sweep = sweep(in);
        sweep.judge(out);
        out.segment().fill((byte) 0);
        sweep.scatter(out, false);
    }

    private PointSweep sweep(Field field) {
        double[][] turn = rotation == null ? null : field.type().representation(rotation);
        return how.takeSweep().over(nodes, field.segment(), field.precision(), 1, to.size(), turn);
    }

    @Override
    public String toString() {
        return (rotation == null ? "interpolation" : "rotation by " + Arrays.deepToString(rotation)) + " from " + how
                + "\nto\n" + to;
    }
}
