package org.isotrope.kernels;

import java.util.Arrays;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.StencilProgram;
import org.isotrope.kernels.engine.TapGradient;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * A tensor field convolution with a radial kernel, {@code y(x_i) = Σ_j dV R(|r|) Y_l(r̂) ⊗ f(x_j)} with
 * {@code r = x_i − x_j} and dV the cell volume: a true convolution, so the field of a point charge under {@code l = 1} and a
 * positive R points away from it.
 *
 * <p>The types decide {@code l} and the product:
 *
 * <table>
 * <caption>Products</caption>
 * <tr><th>in → out</th><th>l</th><th>at each offset</th></tr>
 * <tr><td>a type → the same type</td><td>0</td><td>{@code R f}</td></tr>
 * <tr><td>scalar → vector, pseudoscalar → pseudovector</td><td>1</td><td>{@code R r̂ f}</td></tr>
 * <tr><td>vector → scalar, pseudovector → pseudoscalar</td><td>1</td><td>{@code R r̂ · f}</td></tr>
 * <tr><td>vector ↔ pseudovector (3D)</td><td>1</td><td>{@code R r̂ × f}</td></tr>
 * <tr><td>vector → pseudoscalar (2D)</td><td>1</td><td>{@code R (r̂_x f_y − r̂_y f_x)}</td></tr>
 * <tr><td>pseudoscalar → vector (2D)</td><td>1</td><td>{@code R (r̂_y f, −r̂_x f)}</td></tr>
 * </table>
 *
 * <p>R has one value for each shell of offsets of equal length ({@link Shells}); the operator is linear in them, and
 * {@link #shellGradient} differentiates in them. For l = 1 the value at the centre has no effect. On a periodic axis a
 * kernel wider than the period sums over all images within its cutoff; beyond walls the boundaries apply, by default
 * zero, and a kernel may be wider than the grid.
 */
public final class RadialOperator implements LinearOperator {
    private final String name;
    private final Shells shells;
    private final StencilOperator convolution;
    private final double[] values;
    private final Boundaries boundaries;
    private final Geometry geometry;

    /** What does not depend on the values: for each tap its shell, and {@code dV Y} there. */
    private record Geometry(int[] shellOfTap, double[] factorOfTap, StencilProgram program) {}

    private RadialOperator(
            String name,
            Shells shells,
            double[] values,
            FieldType in,
            FieldType out,
            Boundaries boundaries,
            @Nullable Geometry known) {
        this.name = name;
        this.shells = shells;
        this.values = values;
        this.boundaries = boundaries;
        Grid grid = shells.grid();
        Stencil stencil = stencil(shells, values, in, out);
        this.convolution = new StencilOperator(name, stencil, new Space(grid, in), new Space(grid, out), boundaries);
        this.geometry = known != null ? known : geometry(shells, in, out, boundaries);
    }

    static RadialOperator of(Grid grid, RadialFunction radial, FieldType in, FieldType out, Boundaries boundaries) {
        Shells shells = Shells.of(grid, radial.cutoff());
        double[] values = new double[shells.count()];
        for (int s = 0; s < values.length; s++) {
            values[s] = radial.value(shells.radius(s));
            if (!Double.isFinite(values[s])) {
                throw new IllegalArgumentException("radial function " + radial + " is " + values[s] + " at r = "
                        + shells.radius(s) + "; it had to be finite");
            }
        }
        return new RadialOperator(radial.toString(), shells, values, in, out, boundaries, null);
    }

    static RadialOperator of(Shells shells, double[] values, FieldType in, FieldType out, Boundaries boundaries) {
        requireValues(shells, values);
        return new RadialOperator("R(r) on " + shells.count() + " shells", shells, values.clone(), in, out, boundaries,
                null);
    }

    private static void requireValues(Shells shells, double[] values) {
        if (values.length != shells.count()) {
            throw new IllegalArgumentException("values are " + values.length + "; there had to be " + shells.count()
                    + ", one for each shell");
        }
        for (int s = 0; s < values.length; s++) {
            if (!Double.isFinite(values[s])) {
                throw new IllegalArgumentException("value of shell " + s + " is " + values[s]
                        + "; it had to be finite");
            }
        }
    }

    private static Stencil stencil(Shells shells, double[] values, FieldType in, FieldType out) {
        Grid grid = shells.grid();
        Product product = Product.of(in, out, grid.dimension());
        double volume = grid.cellVolume();
        Stencil.Builder stencil =
                Stencil.builder(grid.dimension(), out.components(grid.dimension()), in.components(grid.dimension()));
        for (int k = 0; k < shells.size(); k++) {
            // the tap at +o reads the source at x_i + Ao, so r = x_i − x_j is −Ao
            double[] direction = direction(shells, k);
            int[] offset = shells.offset(k);
            double value = volume * values[shells.shell(k)];
            product.forEach(direction, (r, c, factor) -> stencil.tap(r, c, value * factor, offset));
        }
        return stencil.build();
    }

    private static double[] direction(Shells shells, int k) {
        double[] direction = shells.vector(k);
        double radius = shells.radius(shells.shell(k));
        for (int i = 0; i < direction.length; i++) {
            direction[i] = radius == 0 ? 0 : -direction[i] / radius;
        }
        return direction;
    }

    private static Geometry geometry(Shells shells, FieldType in, FieldType out, Boundaries boundaries) {
        double[] ones = new double[shells.count()];
        Arrays.fill(ones, 1);
        Stencil stencil = stencil(shells, ones, in, out);
        int[] shellOfTap = new int[stencil.size()];
        double[] factorOfTap = new double[stencil.size()];
        java.util.Map<java.util.List<Integer>, Integer> shellAt = new java.util.HashMap<>();
        for (int k = 0; k < shells.size(); k++) {
            shellAt.put(Arrays.stream(shells.offset(k)).boxed().toList(), shells.shell(k));
        }
        for (int t = 0; t < shellOfTap.length; t++) {
            Integer[] offset = new Integer[stencil.dimension()];
            for (int a = 0; a < offset.length; a++) {
                offset[a] = stencil.offset(t, a);
            }
            shellOfTap[t] = shellAt.get(Arrays.asList(offset));
            factorOfTap[t] = stencil.weight(t);
        }
        return new Geometry(shellOfTap, factorOfTap, StencilProgram.of(stencil, shells.grid(), boundaries));
    }

    /**
     * The shells of the kernel.
     *
     * @return all offsets by length
     */
    public Shells shells() {
        return shells;
    }

    /**
     * The values of R, which are the parameters of this operator.
     *
     * @return one value a shell, fresh
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The same operator with other values of R.
     *
     * @param newValues one finite value a shell
     * @return the new operator
     */
    public RadialOperator withValues(double... newValues) {
        requireValues(shells, newValues);
        return new RadialOperator(name, shells, newValues.clone(), domain().type(), range().type(), boundaries,
                geometry);
    }

    /**
     * The gradient of {@code ⟨ȳ, A f⟩}, the dot product of stored values, in the values of R: one inner product a shell.
     *
     * @param in f, of the domain
     * @param outAdjoint ȳ, of the range in the same precision
     * @return one derivative a shell, fresh
     */
    public double[] shellGradient(Field in, Field outAdjoint) {
        domain().require(in, "in");
        range().require(outAdjoint, "outAdjoint");
        if (in.precision() != outAdjoint.precision()) {
            throw new IllegalArgumentException("outAdjoint has precision " + outAdjoint.precision()
                    + "; it had to be " + in.precision() + " like in");
        }
        double[] taps = new double[geometry.shellOfTap.length];
        boolean small = in.grid().size() * taps.length < Execution.SHARING_THRESHOLD;
        new TapGradient(geometry.program, in.precision())
                .compute(in.segment(), outAdjoint.segment(), taps, small ? 1 : Execution.standard().threads());
        double[] gradient = new double[shells.count()];
        for (int t = 0; t < taps.length; t++) {
            gradient[geometry.shellOfTap[t]] += geometry.factorOfTap[t] * taps[t];
        }
        return gradient;
    }

    StencilOperator convolution() {
        return convolution;
    }

    @Override
    public Space domain() {
        return convolution.domain();
    }

    @Override
    public Space range() {
        return convolution.range();
    }

    @Override
    public void apply(Field in, Field out) {
        convolution.apply(in, out);
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return convolution.plan(precision, execution);
    }

    @Override
    public LinearOperator adjoint() {
        return convolution.adjoint();
    }

    @Override
    public String explain() {
        Product product = Product.of(domain().type(), range().type(), shells.grid().dimension());
        return "radial kernel " + name + ", l = " + product.l() + ", " + product + ", cutoff " + shells.cutoff() + ", "
                + shells.count() + " shells, " + shells.size() + " offsets\n" + convolution.explain();
    }
}
