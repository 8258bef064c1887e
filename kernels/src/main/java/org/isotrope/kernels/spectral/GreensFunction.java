package org.isotrope.kernels.spectral;

import java.lang.foreign.MemorySegment;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Axis.Centring;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Plan;
import org.isotrope.kernels.Space;
import org.jspecify.annotations.Nullable;

/**
 * Convolution with the Green's function of a differential operator, to spectral accuracy: free space along bounded
 * axes, periodic along periodic ones, in any mix and on sheared lattices.
 *
 * <p>Unlike a sampled {@code 1/r} this converges faster than any power of the spacing, for sources that are smooth on
 * the scale of the grid and vanish before its walls: a Gaussian charge of standard deviation 0.08 in the unit box has
 * its potential right to 1e-6 of the largest with 16 cells an axis, to 1e-9 with 24. What a source beyond the walls
 * would do is not there; what the result would be beyond them is not computed.
 *
 * <table>
 * <caption>Kernels in free space; periodic ones are their sums over images</caption>
 * <tr><th></th><th>3D</th><th>2D</th><th>1D</th><th>solves</th></tr>
 * <tr><td>{@link #coulomb}</td><td>{@code 1/4πr}</td><td>{@code −ln r/2π}</td><td>{@code −|x|/2}</td>
 *     <td>{@code −Δu = f}</td></tr>
 * <tr><td>{@link #gauss}</td><td>{@code r̂/4πr²}</td><td>{@code r̂/2πr}</td><td>{@code sign(x)/2}</td>
 *     <td>{@code ∇·E = f}, {@code E = −∇u}</td></tr>
 * <tr><td>{@link #yukawa}</td><td>{@code e^(−κr)/4πr}</td><td>{@code K₀(κr)/2π}</td><td>{@code e^(−κ|x|)/2κ}</td>
 *     <td>{@code κ²u − Δu = f}</td></tr>
 * <tr><td>{@link #stokeslet}</td><td>{@code (1 + r̂r̂)/8πμr}</td><td>{@code (r̂r̂ − ln r)/4πμ}</td><td></td>
 *     <td>{@code −μΔu + ∇p = f}, {@code ∇·u = 0}</td></tr>
 * </table>
 *
 * <p>On an entirely periodic grid the mean has no influence without screening: a uniform background is understood that
 * makes the source neutral, and the mean of the result is 0. With some axes free, the mean along the periodic ones
 * behaves as a source in fewer dimensions does, a charged sheet ({@code −|z|/2}) or line ({@code −ln r/2π}); lengths
 * under the logarithm are in the unit of the grid. Force along a line makes the flow {@code −ln r/2πμ} along it.
 *
 * <p>Applying is one real Fourier transform of twice the nodes of every bounded axis, one product, and one transform
 * back, without allocation. Odd kernels have no part at the Nyquist index of a periodic axis of even length. Making a
 * kernel costs a transform of about three times the nodes an axis, more in long boxes: the extent of an axis plus the
 * diameter.
 *
 * <p>Source: F. Vico, L. Greengard, M. Ferrando, Fast convolution with free-space Green's functions, J. Comput. Phys.
 * 323 (2016) 191. Here the kernel goes to zero smoothly at the cut, and the difference, a polynomial, is added in
 * space.
 *
 * <p>Immutable.
 */
public final class GreensFunction implements LinearOperator {
    private final String name;
    private final FourierMultiplier multiplier;
    private final @Nullable Derivative derivative;

    /** Makes the derivative in the parameter when somebody asks for it. */
    @FunctionalInterface
    private interface Derivative {
        LinearOperator make();
    }

    private GreensFunction(String name, FourierMultiplier multiplier, @Nullable Derivative derivative) {
        this.name = name;
        this.multiplier = multiplier;
        this.derivative = derivative;
    }

    /**
     * The potential of a charge density, {@code −Δu = f}.
     *
     * @param grid all axes uniform
     * @return scalar → scalar, self-adjoint
     * @throws IllegalArgumentException if an axis is nonuniform or a singleton, or too long to pad
     */
    public static GreensFunction coulomb(Grid grid) {
        return scalar("Coulomb potential", grid, TruncatedKernel.Kind.POTENTIAL, 0, null);
    }

    /**
     * The field of a charge density, {@code E = −∇u} with {@code −Δu = f}: it points away from positive charges.
     *
     * @param grid all axes uniform
     * @return scalar → vector
     * @throws IllegalArgumentException if an axis is nonuniform or a singleton, or too long to pad
     */
    public static GreensFunction gauss(Grid grid) {
        return field("field of Gauss's law", grid, TruncatedKernel.Kind.POTENTIAL, 0, null);
    }

    /**
     * The screened potential, {@code κ²u − Δu = f}. Its parameter is κ.
     *
     * @param grid all axes uniform
     * @param kappa κ, inverse screening length, positive and finite
     * @return scalar → scalar, self-adjoint
     * @throws IllegalArgumentException if an axis is nonuniform or a singleton, or too long to pad, or κ is not
     *     positive
     */
    public static GreensFunction yukawa(Grid grid, double kappa) {
        requirePositive(kappa, "kappa");
        return scalar("Yukawa potential, κ = " + kappa, grid, TruncatedKernel.Kind.POTENTIAL, kappa,
                () -> scalar("κ derivative of the Yukawa potential, κ = " + kappa, grid,
                        TruncatedKernel.Kind.DERIVATIVE, kappa, null));
    }

    /**
     * The field of the screened potential, {@code −∇u} with {@code κ²u − Δu = f}. Its parameter is κ.
     *
     * @param grid all axes uniform
     * @param kappa κ, inverse screening length, positive and finite
     * @return scalar → vector
     * @throws IllegalArgumentException if an axis is nonuniform or a singleton, or too long to pad, or κ is not
     *     positive
     */
    public static GreensFunction yukawaField(Grid grid, double kappa) {
        requirePositive(kappa, "kappa");
        return field("field of the Yukawa potential, κ = " + kappa, grid, TruncatedKernel.Kind.POTENTIAL, kappa,
                () -> field("κ derivative of the field of the Yukawa potential, κ = " + kappa, grid,
                        TruncatedKernel.Kind.DERIVATIVE, kappa, null));
    }

    /**
     * The velocity of a viscous fluid under a force density, {@code −μΔu + ∇p = f} and {@code ∇·u = 0}. Its parameter
     * is μ.
     *
     * @param grid 2D or 3D, all axes uniform
     * @param viscosity μ, positive and finite
     * @return vector → vector, self-adjoint
     * @throws IllegalArgumentException if an axis is nonuniform or a singleton, or too long to pad, or μ is not
     *     positive
     */
    public static GreensFunction stokeslet(Grid grid, double viscosity) {
        requirePositive(viscosity, "viscosity");
        int d = grid.dimension();
        if (d == 1) {
            throw new IllegalArgumentException("grid has dimension 1; it had to have 2 or 3 for a Stokeslet");
        }
        require(grid);
        KernelTables tables = new KernelTables(grid, TruncatedKernel.Kind.BIHARMONIC, 0);
        int[][] entries = new int[d][d];
        MemorySegment[] made = new MemorySegment[d * (d + 1) / 2];
        int next = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                entries[i][j] = next;
                entries[j][i] = next;
                made[next++] = tables.table(new KernelForm.Stokes(i, j, viscosity));
            }
        }
        Space space = new Space(grid, FieldType.VECTOR);
        FourierMultiplier multiplier = new FourierMultiplier("Stokeslet, μ = " + viscosity, space, space,
                new Multipliers(tables.padded(), false, entries, made));
        return new GreensFunction("Stokeslet, μ = " + viscosity, multiplier, () -> multiplier.times(-1 / viscosity));
    }

    private static GreensFunction scalar(
            String name, Grid grid, TruncatedKernel.Kind kind, double q, @Nullable Derivative derivative) {
        require(grid);
        KernelTables tables = new KernelTables(grid, kind, q);
        Space space = new Space(grid, FieldType.SCALAR);
        Multipliers multipliers = new Multipliers(tables.padded(), false, new int[][] {{0}},
                new MemorySegment[] {tables.table(new KernelForm.Value())});
        return new GreensFunction(name, new FourierMultiplier(name, space, space, multipliers), derivative);
    }

    private static GreensFunction field(
            String name, Grid grid, TruncatedKernel.Kind kind, double q, @Nullable Derivative derivative) {
        require(grid);
        KernelTables tables = new KernelTables(grid, kind, q);
        int d = grid.dimension();
        int[][] entries = new int[d][1];
        MemorySegment[] made = new MemorySegment[d];
        for (int i = 0; i < d; i++) {
            entries[i][0] = i;
            made[i] = tables.table(new KernelForm.Field(i));
        }
        FourierMultiplier multiplier = new FourierMultiplier(name, new Space(grid, FieldType.SCALAR),
                new Space(grid, FieldType.VECTOR), new Multipliers(tables.padded(), true, entries, made));
        return new GreensFunction(name, multiplier, derivative);
    }

    private static void require(Grid grid) {
        KernelTables.requireUniform(grid);
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            if (axis.size() == 1 && !axis.isPeriodic() && axis.centring() == Centring.NODE) {
                throw new IllegalArgumentException("axis " + a + " is " + axis
                        + "; it had to have an extent, or be left out of the grid");
            }
        }
    }

    private static void requirePositive(double value, String what) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; it had to be positive and finite");
        }
    }

    /**
     * The derivative of this operator in its parameter: κ of a Yukawa kernel, μ of a Stokeslet.
     *
     * @return an operator of the same domain and range; each call makes one anew
     * @throws IllegalStateException if the kernel has no parameter
     */
    public LinearOperator parameterDerivative() {
        if (derivative == null) {
            throw new IllegalStateException(name + " has no parameter; it had to have one to differentiate in");
        }
        return derivative.make();
    }

    /**
     * The gradient of a number in the parameter, {@code ⟨w, (∂A/∂κ) f⟩} under the plain dot product.
     *
     * @param in f, a field of the domain
     * @param outAdjoint w, the gradient of the number in the result, a field of the range in the same precision
     * @return the gradient
     * @throws IllegalStateException if the kernel has no parameter
     */
    public double parameterGradient(Field in, Field outAdjoint) {
        LinearOperator slope = parameterDerivative();
        range().require(outAdjoint, "outAdjoint");
        Field moved = Fields.automatic().precision(outAdjoint.precision()).of(range().type(), range().grid());
        slope.apply(in, moved);
        return Arithmetic.dot(moved, outAdjoint);
    }

    @Override
    public Space domain() {
        return multiplier.domain();
    }

    @Override
    public Space range() {
        return multiplier.range();
    }

    @Override
    public void apply(Field in, Field out) {
        multiplier.apply(in, out);
    }

    @Override
    public Plan plan(Precision precision, Execution execution) {
        return multiplier.plan(precision, execution);
    }

    @Override
    public LinearOperator adjoint() {
        return multiplier.adjoint();
    }

    @Override
    public String explain() {
        return multiplier.explain();
    }
}
