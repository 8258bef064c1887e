package org.isotrope.kernels;

import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;

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
public final class RadialOperator implements ShellConvolution {
    private final String name;
    private final Shells shells;
    private final StencilOperator convolution;
    private final double[] values;
    private final Boundaries boundaries;
    private final KernelTaps taps;

    private RadialOperator(
            String name, Shells shells, double[] values, Space domain, Space range, Boundaries boundaries,
            KernelTaps taps) {
        this.name = name;
        this.shells = shells;
        this.values = values;
        this.boundaries = boundaries;
        this.taps = taps;
        this.convolution = new StencilOperator(name, taps.stencil(values), domain, range, boundaries);
    }

    static RadialOperator of(Grid grid, RadialFunction radial, FieldType in, FieldType out, Boundaries boundaries) {
        Shells shells = Shells.of(grid, radial.cutoff());
        return made(radial.toString(), shells, shells.sample(radial), in, out, boundaries);
    }

    static RadialOperator of(Shells shells, double[] values, FieldType in, FieldType out, Boundaries boundaries) {
        KernelTaps.requireFinite(values, shells.count(), 1);
        return made("R(r) on " + shells.count() + " shells", shells, values.clone(), in, out, boundaries);
    }

    private static RadialOperator made(
            String name, Shells shells, double[] values, FieldType in, FieldType out, Boundaries boundaries) {
        Grid grid = shells.grid();
        Product product = Product.of(in, out, grid.dimension());
        KernelTaps.Builder taps = new KernelTaps.Builder();
        for (int k = 0; k < shells.size(); k++) {
            int[] offset = shells.offset(k);
            int shell = shells.shell(k);
            product.forEach(KernelTaps.direction(shells, k),
                    (output, input, factor) -> taps.add(output, input, offset, shell, factor));
        }
        Space domain = new Space(grid, in);
        Space range = new Space(grid, out);
        KernelTaps.warning(shells);
        return new RadialOperator(name, shells, values, domain, range, boundaries,
                taps.build(grid, domain, range, boundaries, shells.count()));
    }

    @Override
    public Shells shells() {
        return shells;
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public RadialOperator withValues(double... newValues) {
        KernelTaps.requireFinite(newValues, shells.count(), 1);
        return new RadialOperator(name, shells, newValues.clone(), domain(), range(), boundaries, taps);
    }

    @Override
    public ShellPlan shellPlan(Precision precision, Execution execution) {
        return new ShellPlan(taps, values, domain(), range(), precision, execution);
    }

    /** {@inheritDoc} There is one inner product a shell. */
    @Override
    public double[] shellGradient(Field in, Field outAdjoint) {
        return taps.gradient(domain(), range(), in, outAdjoint);
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
