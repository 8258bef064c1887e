package org.isotrope.kernels.spectral;

import java.util.Map;
import java.util.TreeMap;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Axis.Centring;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.jspecify.annotations.Nullable;

/**
 * The problem {@code Δu + cu = f} on a uniform grid, with a choice of walls and of what Δ is, to be solved directly:
 * {@code PoissonProblem.on(grid).walls(Wall.NEUMANN).accuracy(4).shift(-9).solver()}.
 *
 * <p>Unless told otherwise the walls hold the value 0, Δ is the centred second-order difference, and {@code c = 0}.
 * Walls may differ from axis to axis and from side to side. The nodes on the walls of a node-centred axis that hold a
 * value are no unknowns: the solution is that value there, and what f is there has no influence.
 *
 * <p>Instead of walls the {@linkplain #beyondWalls boundaries} of a difference operator may be given; the solver is
 * then the inverse of {@code Operators.laplacian(grid, boundaries)}, or of what {@code Differential} makes of higher
 * accuracy or isotropic.
 *
 * <p>Along an axis of a single node that is not periodic nothing varies. Immutable.
 */
public final class PoissonProblem {
    /** Order of centred differences, {@link Symbols#SPECTRAL} for none. */
    private final int accuracy;
    private final Grid grid;
    private final boolean isotropic;
    private final double shift;
    private final boolean projecting;
    private final @Nullable Boundaries boundaries;
    private final Wall common;
    private final Map<Integer, Wall> single;

    private PoissonProblem(
            Grid grid, int accuracy, boolean isotropic, double shift, boolean projecting,
            @Nullable Boundaries boundaries, Wall common, Map<Integer, Wall> single) {
        this.grid = grid;
        this.accuracy = accuracy;
        this.isotropic = isotropic;
        this.shift = shift;
        this.projecting = projecting;
        this.boundaries = boundaries;
        this.common = common;
        this.single = single;
    }

    /**
     * Second-order differences between walls that hold 0.
     *
     * @param grid all axes uniform; a sheared cell may couple periodic axes only
     * @return the problem so far
     * @throws IllegalArgumentException if an axis is nonuniform
     */
    public static PoissonProblem on(Grid grid) {
        KernelTables.requireUniform(grid);
        return new PoissonProblem(grid, 2, false, 0, false, null, Wall.DIRICHLET, Map.of());
    }

    /**
     * The same at every wall.
     *
     * @param wall what holds there
     * @return the new problem
     */
    public PoissonProblem walls(Wall wall) {
        return new PoissonProblem(grid, accuracy, isotropic, shift, projecting, null, wall, Map.of());
    }

    /**
     * Another wall at one side; it replaces boundaries given before.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param wall what holds there
     * @return the new problem
     */
    public PoissonProblem wall(int axis, Side side, Wall wall) {
        requireWall(grid, axis, side);
        Map<Integer, Wall> copy = new TreeMap<>(single);
        copy.put(2 * axis + side.ordinal(), wall);
        return new PoissonProblem(grid, accuracy, isotropic, shift, projecting, null, common, copy);
    }

    static void requireWall(Grid grid, int axis, Side side) {
        if (axis < 0 || axis >= grid.dimension()) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be in [0, " + grid.dimension() + ")");
        }
        if (grid.axis(axis).isPeriodic()) {
            throw new IllegalArgumentException("wall is on the " + side + " side of axis " + axis
                    + ", which is periodic; it had to be on a bounded axis");
        }
    }

    /**
     * What lies beyond the walls of the Laplacian to invert, instead of walls: {@code symmetric}, {@code mirror},
     * {@code slope}, at cell-centred walls {@code value}, and what a second-order difference cannot tell from a
     * reflection, {@code zero} and {@code extrapolate(0)}.
     *
     * @param rules boundaries
     * @return the new problem
     */
    public PoissonProblem beyondWalls(Boundaries rules) {
        rules.requireFit(grid);
        return new PoissonProblem(grid, accuracy, isotropic, shift, projecting, rules, common, single);
    }

    /**
     * Centred differences of another order.
     *
     * @param order even, from 2 to 16
     * @return the new problem
     */
    public PoissonProblem accuracy(int order) {
        if (order < 2 || order > 16 || order % 2 != 0) {
            throw new IllegalArgumentException("accuracy is " + order + "; it had to be even, from 2 to 16");
        }
        return new PoissonProblem(grid, order, isotropic && order == 2, shift, projecting, boundaries, common, single);
    }

    /**
     * Second-order differences whose leading error is the same in every direction, on rectangular grids.
     *
     * @return the new problem
     */
    public PoissonProblem isotropic() {
        return new PoissonProblem(grid, 2, true, shift, projecting, boundaries, common, single);
    }

    /**
     * The Laplacian of the trigonometric interpolant, exact for fields that the grid resolves and that go on smoothly
     * as the walls reflect them.
     *
     * @return the new problem
     */
    public PoissonProblem spectral() {
        return new PoissonProblem(grid, Symbols.SPECTRAL, false, shift, projecting, boundaries, common, single);
    }

    /**
     * The constant c of {@code Δu + cu = f}: {@code −κ²} screens, {@code +k²} is Helmholtz's equation of waves.
     *
     * @param c any finite number that is not the negative of an eigenvalue of Δ
     * @return the new problem
     */
    public PoissonProblem shift(double c) {
        if (!Double.isFinite(c)) {
            throw new IllegalArgumentException("shift is " + c + "; it had to be finite");
        }
        return new PoissonProblem(grid, accuracy, isotropic, c, projecting, boundaries, common, single);
    }

    /**
     * Takes the mean off right-hand sides where the problem leaves the level of the solution open: without shift,
     * between walls that all fix the derivative and along periodic axes. Without this, a right-hand side that does not
     * integrate to 0 is refused. Either way the solution has mean 0. Next to a wall node that a derivative is fixed at,
     * only half a cell counts.
     *
     * @return the new problem
     */
    public PoissonProblem projecting() {
        return new PoissonProblem(grid, accuracy, isotropic, shift, true, boundaries, common, single);
    }

    /**
     * The solver for scalar fields.
     *
     * @return {@code f ↦ u}, scalar → scalar
     * @throws IllegalArgumentException if no transform diagonalises the Laplacian, or c is the negative of an
     *     eigenvalue
     */
    public PoissonSolver solver() {
        return solver(FieldType.SCALAR);
    }

    /**
     * The solver for each component of a field.
     *
     * @param type type of the field, kept
     * @return {@code f ↦ u}, type → the same type
     * @throws IllegalArgumentException if no transform diagonalises the Laplacian, or c is the negative of an
     *     eigenvalue
     */
    public PoissonSolver solver(FieldType type) {
        return new PoissonSolver(this, type);
    }

    Grid grid() {
        return grid;
    }

    int accuracy() {
        return accuracy;
    }

    boolean isIsotropic() {
        return isotropic;
    }

    double shift() {
        return shift;
    }

    boolean isProjecting() {
        return projecting;
    }

    boolean hasBoundaries() {
        return boundaries != null;
    }

    Wall wall(int axis, Side side) {
        return single.getOrDefault(2 * axis + side.ordinal(), common);
    }

    /** How fields go on beyond a side of a bounded axis. */
    Reflection reflection(int a, Side side) {
        Axis axis = grid.axis(a);
        if (boundaries == null) {
            boolean node = axis.centring() == Centring.NODE;
            return switch (wall(a, side)) {
                case DIRICHLET -> node ? Reflection.ODD_NODE : Reflection.ODD_HALF;
                case NEUMANN -> node ? Reflection.EVEN_NODE : Reflection.EVEN_HALF;
            };
        }
        // beyond three ghosts reflections differ from anything else
        int reach = accuracy == Symbols.SPECTRAL ? 3 : Symbols.reach(accuracy);
        Reflection reflection = Reflection.of(boundaries.on(grid, a, side), reach);
        if (reflection == null) {
            throw new IllegalArgumentException("boundary on the " + side + " side of axis " + a + " is "
                    + boundaries.at(a, side) + "; it had to be a reflection as far as the Laplacian reaches ("
                    + (accuracy == Symbols.SPECTRAL ? "everywhere" : reach + (reach == 1 ? " node" : " nodes"))
                    + "), for a sine or cosine transform to diagonalise it");
        }
        return reflection;
    }

    @Override
    public String toString() {
        String laplacian = accuracy == Symbols.SPECTRAL ? "spectral Δ"
                : (isotropic ? "isotropic " : "") + "Δ of order " + accuracy;
        return laplacian + (shift == 0 ? "" : " + " + shift) + ", "
                + (boundaries != null ? "beyond walls " + boundaries : "walls " + wallNames());
    }

    private String wallNames() {
        StringBuilder text = new StringBuilder(common.toString());
        single.forEach((place, wall) -> text.append("; axis ").append(place / 2).append(' ')
                .append(Side.values()[place % 2]).append(' ').append(wall));
        return text.toString();
    }
}
