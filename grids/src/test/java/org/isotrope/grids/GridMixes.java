package org.isotrope.grids;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Grids of every mix of kinds of axes, rectangular and sheared, in 1D to 3D. */
final class GridMixes {
    private GridMixes() {}

    /** One axis of every kind, near [−1, 1]. */
    static Map<String, Axis> axes() {
        Map<String, Axis> axes = new TreeMap<>(uniformAxes());
        axes.put("nodes", Axis.nodes(-1, -0.8, -0.1, 0.5, 1));
        axes.put("stretched", Stretching.chebyshev().nodes(-1, 1, 6));
        axes.put("cells between", Axis.cellsBetween(-1, -0.7, 0.2, 0.5, 1));
        axes.put("periodic nodes", Axis.periodicNodes(2, -0.9, -0.2, 0.4, 0.6));
        return axes;
    }

    static Map<String, Axis> uniformAxes() {
        Map<String, Axis> axes = new TreeMap<>();
        axes.put("uniform", Axis.uniform(-1, 1, 6));
        axes.put("cells", Axis.cells(-1, 1, 5));
        axes.put("periodic", Axis.periodic(-1, 1, 5));
        axes.put("singleton", Axis.singleton(0.3));
        return axes;
    }

    static List<Grid> all(Map<String, Axis> axes) {
        List<Grid> grids = new ArrayList<>();
        for (int d = 1; d <= 3; d++) {
            add(grids, List.copyOf(axes.values()), new Axis[d], 0);
        }
        return grids;
    }

    private static final double[][][] CELLS = {
        {{-1.3}}, {{1, 0.4}, {-0.2, 0.9}}, {{1, 0.3, -0.1}, {0, 0.8, 0.2}, {0.15, 0, 1.1}}
    };

    private static void add(List<Grid> grids, List<Axis> axes, Axis[] chosen, int next) {
        if (next == chosen.length) {
            grids.add(Grid.of(chosen));
            grids.add(Grid.of(CELLS[chosen.length - 1], chosen));
            return;
        }
        for (Axis axis : axes) {
            chosen[next] = axis;
            add(grids, axes, chosen, next + 1);
        }
    }

    /** A point of the domain in axis coordinates, on periodic axes also some images away. */
    static double[] inside(Grid grid, Random random) {
        double[] coordinates = new double[grid.dimension()];
        for (int a = 0; a < coordinates.length; a++) {
            Axis axis = grid.axis(a);
            double along = random.nextDouble();
            coordinates[a] = axis.low() + along * (axis.high() - axis.low())
                    + (axis.isPeriodic() ? random.nextInt(-2, 3) * axis.period() : 0);
        }
        return coordinates;
    }

    static Field random(FieldType type, Grid grid, Random random) {
        Field field = Fields.automatic().of(type, grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }
}
