package org.isotrope.kernels;

import java.util.Random;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;

/**
 * Functions whose derivatives up to order 4 are known, one for each component: products over axes of sines or cosines
 * in the coordinates of the axes. On [0, 1] with whole numbers of periods they fit periodic axes; cosines of half
 * periods have no slope at walls, sines no value there, and anything else fits one-sided differences.
 */
public final class ManufacturedSolution {
    /** What the functions do at the ends of the unit interval. */
    public enum Fit { PERIODIC, FLAT, NOTHING, ANYTHING }

    private static final int HIGHEST = 4;

    private final Grid grid;
    private final double[][] inverse;
    private final double[][] waves;
    private final double[][] phases;
    private final double[][][][] tables;

    public ManufacturedSolution(Grid grid, Fit[] fits, int components, long seed) {
        Random random = new Random(seed);
        int d = grid.dimension();
        this.grid = grid;
        this.inverse = grid.inverseCell();
        this.waves = new double[components][d];
        this.phases = new double[components][d];
        for (int c = 0; c < components; c++) {
            for (int a = 0; a < d; a++) {
                switch (fits[a]) {
                    case PERIODIC -> {
                        waves[c][a] = 2 * Math.PI;
                        phases[c][a] = 2 * Math.PI * random.nextDouble();
                    }
                    case FLAT -> {
                        waves[c][a] = Math.PI * (1 + (c + a) % 2);
                        phases[c][a] = Math.PI / 2;
                    }
                    case NOTHING -> waves[c][a] = Math.PI * (1 + (c + a) % 2);
                    default -> {
                        waves[c][a] = 1.8 + random.nextDouble();
                        phases[c][a] = 0.3 + random.nextDouble();
                    }
                }
            }
        }
        this.tables = tabulate();
    }

    /** {@code tables[c][a][m][i]}: the m-th derivative along an axis at its i-th node. */
    private double[][][][] tabulate() {
        int d = grid.dimension();
        double[][][][] tables = new double[waves.length][d][HIGHEST + 1][];
        for (int c = 0; c < waves.length; c++) {
            for (int a = 0; a < d; a++) {
                for (int m = 0; m <= HIGHEST; m++) {
                    tables[c][a][m] = new double[grid.axis(a).size()];
                    for (int i = 0; i < tables[c][a][m].length; i++) {
                        double phase = waves[c][a] * grid.axis(a).node(i) + phases[c][a] + m * Math.PI / 2;
                        tables[c][a][m][i] = Math.pow(waves[c][a], m) * Math.sin(phase);
                    }
                }
            }
        }
        return tables;
    }

    /** The derivative of a component at a node along directions of space, one after the other, by the chain rule. */
    public double derivative(int c, int[] node, int... directions) {
        return derivative(c, node, new int[node.length], 0, directions);
    }

    private double derivative(int c, int[] node, int[] m, int next, int[] directions) {
        if (next == directions.length) {
            double product = 1;
            for (int a = 0; a < m.length; a++) {
                product *= tables[c][a][m[a]][node[a]];
            }
            return product;
        }
        double sum = 0;
        for (int a = 0; a < m.length; a++) {
            if (inverse[a][directions[next]] != 0) {
                m[a]++;
                sum += inverse[a][directions[next]] * derivative(c, node, m, next + 1, directions);
                m[a]--;
            }
        }
        return sum;
    }

    public double laplacian(int c, int[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += derivative(c, x, i, i);
        }
        return sum;
    }

    public double biharmonic(int c, int[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                sum += derivative(c, x, i, i, j, j);
            }
        }
        return sum;
    }

    /** What values a node has. */
    public interface Values {
        void at(int[] node, double[] values);
    }

    public Field on(FieldType type) {
        return field(type, (node, values) -> {
            for (int c = 0; c < values.length; c++) {
                values[c] = derivative(c, node);
            }
        });
    }

    public Field field(FieldType type, Values values) {
        Field field = Fields.automatic().of(type, grid);
        double[] at = new double[field.components()];
        for (long flat = 0; flat < grid.size(); flat++) {
            values.at(grid.index(flat), at);
            for (int c = 0; c < at.length; c++) {
                field.setFlat(c * grid.size() + flat, at[c]);
            }
        }
        return field;
    }
}
