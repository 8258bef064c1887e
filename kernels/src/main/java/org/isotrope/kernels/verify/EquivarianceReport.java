package org.isotrope.kernels.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.tensor.Rotation;

/**
 * How well an operator commutes with rotations: exactly, under the symmetries of its grid, and approximately, under random
 * rotations of smooth fields, whose error is one of discretisation and falls as the fields are better resolved.
 *
 * <p>A field is a sum of Gaussians about the central node, so that it and its rotated twin are both known in closed form; the
 * two images are compared at the central node alone, which rotations leave where it is. Nothing is interpolated.
 *
 * @param operator what was tried, in a few words
 * @param symmetries how many symmetries of the grid were tried
 * @param exactError the largest relative error under these; rounding for an equivariant operator
 * @param levels errors under random rotations, by rising resolution
 */
public record EquivarianceReport(String operator, int symmetries, double exactError, List<Level> levels) {
    private static final double[] WIDTHS = {1.5, 2, 3, 4, 6};
    private static final int TRIES = 8;
    private static final int BUMPS = 4;

    /**
     * One resolution.
     *
     * @param resolution standard deviation of the narrowest Gaussians of the fields, in largest spacings of the grid
     * @param error root mean square of the difference of images over that of the images
     */
    public record Level(double resolution, double error) {}

    /** Takes the list as it is. */
    public EquivarianceReport {
        levels = List.copyOf(levels);
    }

    /**
     * Tries an operator with fields of rising width on its own grid, as wide as the grid has room for.
     *
     * @param operator on a 2D or 3D grid of uniform axes; periodic or not
     * @return the report
     * @throws IllegalArgumentException if the grid has no room for the narrowest field
     */
    public static EquivarianceReport of(LinearOperator operator) {
        Grid grid = operator.domain().grid();
        double room = room(grid);
        List<Level> levels = new ArrayList<>();
        for (double width : WIDTHS) {
            // the centres lie within one width, and at five more a Gaussian is a millionth
            if (6 * width * spacing(grid) <= room) {
                levels.add(new Level(width, random(operator, width * spacing(grid))));
            }
        }
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("grid reaches " + room + " from its central node; it had to reach "
                    + 6 * WIDTHS[0] * spacing(grid) + " for fields that it resolves");
        }
        return new EquivarianceReport(name(operator), symmetric(grid).size(), exact(operator), levels);
    }

    /**
     * Tries a family of operators, one a grid, with the same fields, as grids are refined.
     *
     * @param family the operator on a grid
     * @param width standard deviation of the narrowest Gaussians of the fields, a physical length
     * @param grids of rising resolution; all axes uniform, at least six widths of room about the central node
     * @return the report; exact symmetries are those of the last grid
     */
    public static EquivarianceReport of(
            Function<Grid, ? extends LinearOperator> family, double width, List<Grid> grids) {
        if (grids.isEmpty()) {
            throw new IllegalArgumentException("grids are none; there had to be one at least");
        }
        List<Level> levels = new ArrayList<>();
        LinearOperator operator = null;
        for (Grid grid : grids) {
            if (6 * width > room(grid)) {
                throw new IllegalArgumentException("grid reaches " + room(grid)
                        + " from its central node; it had to reach " + 6 * width + " for fields of width " + width);
            }
            operator = family.apply(grid);
            levels.add(new Level(width / spacing(grid), random(operator, width)));
        }
        return new EquivarianceReport(name(operator), symmetric(grids.getLast()).size(), exact(operator), levels);
    }

    private static String name(LinearOperator operator) {
        return operator.explain().lines().findFirst().orElse("operator");
    }

    private static List<Symmetry> symmetric(Grid grid) {
        return grid.symmetries();
    }

    private static double exact(LinearOperator operator) {
        double worst = 0;
        Field f = Measures.random(operator.domain(), new Random(5));
        Field image = operator.apply(f);
        for (Symmetry symmetry : symmetric(operator.domain().grid())) {
            Field moved = operator.apply(Measures.moved(symmetry, f));
            worst = Math.max(worst, Measures.ratio(Measures.distance(moved, Measures.moved(symmetry, image)),
                    Measures.norm(image)));
        }
        return worst;
    }

    /** The largest distance between neighbours along an axis. */
    private static double spacing(Grid grid) {
        double largest = 0;
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            if (!axis.isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + axis + "; it had to be uniform");
            }
            double[] step = new double[grid.dimension()];
            step[a] = axis.spacing();
            largest = Math.max(largest, length(grid.toSpace(step)));
        }
        return largest;
    }

    /** Radius of the ball about the central node in which there are only nodes of the grid. */
    private static double room(Grid grid) {
        double room = Double.POSITIVE_INFINITY;
        double[][] inverse = grid.inverseCell();
        int[] centre = centre(grid);
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            double reach = Math.min(axis.node(centre[a]) - axis.node(0),
                    axis.node(axis.size() - 1) - axis.node(centre[a]));
            room = Math.min(room, reach / length(inverse[a]));
        }
        return room;
    }

    private static int[] centre(Grid grid) {
        int[] shape = grid.shape();
        for (int a = 0; a < shape.length; a++) {
            shape[a] /= 2;
        }
        return shape;
    }

    private static double length(double[] x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    /** A Gaussian of some width about a place relative to the central node, with one amplitude a component. */
    private record Bump(double[] place, double width, double[] amplitude) {
        Bump rotated(double[][] rotation, double[][] representation) {
            return new Bump(times(rotation, place), width, times(representation, amplitude));
        }

        /** The Gaussian at a position; 0 where it is nothing to a sum of its kind. */
        double at(double[] x, double[] origin) {
            double squares = 0;
            for (int a = 0; a < x.length; a++) {
                double away = x[a] - origin[a] - place[a];
                squares += away * away;
            }
            double exponent = squares / (2 * width * width);
            return exponent > 50 ? 0 : Math.exp(-exponent);
        }
    }

    private static double random(LinearOperator operator, double width) {
        Random random = new Random(2108);
        int d = operator.domain().grid().dimension();
        double differences = 0;
        double images = 0;
        for (int t = 0; t < TRIES; t++) {
            double[][] rotation = rotation(d, random);
            List<Bump> bumps = new ArrayList<>();
            List<Bump> rotated = new ArrayList<>();
            FieldType in = operator.domain().type();
            for (int b = 0; b < BUMPS; b++) {
                double[] place = new double[d];
                for (int i = 0; i < d; i++) {
                    place[i] = width * (2 * random.nextDouble() - 1) / Math.sqrt(d);
                }
                double[] amplitude = new double[in.components(d)];
                for (int c = 0; c < amplitude.length; c++) {
                    amplitude[c] = random.nextGaussian();
                }
                Bump bump = new Bump(place, width * (1 + 0.2 * random.nextDouble()), amplitude);
                bumps.add(bump);
                rotated.add(bump.rotated(rotation, in.representation(rotation)));
            }
            double[] image = imageAtCentre(operator, bumps);
            double[] expected = times(operator.range().type().representation(rotation), image);
            double[] found = imageAtCentre(operator, rotated);
            for (int c = 0; c < found.length; c++) {
                differences += (found[c] - expected[c]) * (found[c] - expected[c]);
                images += expected[c] * expected[c];
            }
        }
        return Measures.ratio(Math.sqrt(differences), Math.sqrt(images));
    }

    private static double[][] rotation(int d, Random random) {
        if (d == 2) {
            double angle = 2 * Math.PI * random.nextDouble();
            return new double[][] {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
        }
        if (d != 3) {
            throw new IllegalArgumentException("grid has dimension " + d + "; it had to have 2 or 3 for rotations");
        }
        return Rotation.random(random).matrix();
    }

    private static double[] imageAtCentre(LinearOperator operator, List<Bump> bumps) {
        Space domain = operator.domain();
        Grid grid = domain.grid();
        double[] origin = grid.position(centre(grid));
        Field field = Fields.automatic().of(domain.type(), grid);
        long nodes = grid.size();
        for (long i = 0; i < nodes; i++) {
            double[] x = grid.position(grid.index(i));
            for (Bump bump : bumps) {
                double value = bump.at(x, origin);
                for (int c = 0; value > 0 && c < bump.amplitude.length; c++) {
                    long at = c * nodes + i;
                    field.setFlat(at, field.getFlat(at) + bump.amplitude[c] * value);
                }
            }
        }
        Field image = operator.apply(field);
        double[] atCentre = new double[image.components()];
        for (int c = 0; c < atCentre.length; c++) {
            atCentre[c] = image.get(c, centre(grid));
        }
        return atCentre;
    }

    private static double[] times(double[][] matrix, double[] x) {
        double[] y = new double[matrix.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += matrix[i][j] * x[j];
            }
        }
        return y;
    }

    /**
     * The order at which the error falls with resolution, from the best level above rounding and the one before it.
     *
     * @return p of error ∝ resolution⁻ᵖ; NaN for fewer than two levels above 1e-13
     */
    public double order() {
        int last = levels.size() - 1;
        while (last > 0 && levels.get(last).error < 1e-13) {
            last--;
        }
        if (last < 1) {
            return Double.NaN;
        }
        Level fine = levels.get(last);
        Level coarse = levels.get(last - 1);
        return Math.log(coarse.error / fine.error) / Math.log(fine.resolution / coarse.resolution);
    }

    /**
     * What the numbers say.
     *
     * @return one sentence
     */
    public String verdict() {
        if (!(exactError <= 1e-10)) {
            return "It does not commute with the symmetries of its own grid: a bug, or an operator that singles out a"
                    + " direction.";
        }
        double best = levels.getLast().error;
        if (best < 1e-10 || order() > 1) {
            return "It commutes with rotations up to discretisation error.";
        }
        if (levels.size() < 2) {
            return "It commutes with the symmetries of its grid; whether its error under other rotations falls, one"
                    + " resolution cannot tell.";
        }
        return "It commutes with the symmetries of its grid, but its error under other rotations does not fall: the"
                + " continuous operator behind it is not equivariant.";
    }

    /**
     * Several lines.
     *
     * @return the errors as a table, the order and the verdict
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(operator).append('\n');
        text.append(String.format(Locale.ROOT, "under the %d symmetries of the grid: error %.1e%n", symmetries, exactError));
        text.append("under random rotations of smooth fields:\n");
        for (Level level : levels) {
            text.append(String.format(Locale.ROOT, "  %5.2f nodes a standard deviation: error %.1e%n",
                    level.resolution, level.error));
        }
        if (!Double.isNaN(order())) {
            text.append(String.format(Locale.ROOT, "observed order %.1f%n", order()));
        }
        return text.append(verdict()).toString();
    }
}
