package org.isotrope.kernels;

import static org.isotrope.grids.FieldType.PSEUDOSCALAR;
import static org.isotrope.grids.FieldType.PSEUDOVECTOR;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.kernels.tensor.TensorType;

/** Every operator that {@link Operators} makes, so that all of them run through the same laws. */
final class Registry {
    /**
     * One operator.
     *
     * @param factory name and parameter types of the factory method, or a name of its own for compositions
     * @param equivariant whether it commutes with the symmetries of the grid
     */
    record Entry(String factory, LinearOperator operator, boolean equivariant) {
        @Override
        public String toString() {
            return factory + ": " + operator.domain().type() + " → " + operator.range().type();
        }
    }

    private final Grid grid;
    private final Boundaries boundaries;
    private final List<Entry> entries = new ArrayList<>();

    private Registry(Grid grid, Boundaries boundaries) {
        this.grid = grid;
        this.boundaries = boundaries;
    }

    /** What the factories make on a grid, and what the algebra makes of that; kernels want uniform axes. */
    static List<Entry> operators(Grid grid, Boundaries boundaries) {
        Registry registry = new Registry(grid, boundaries);
        registry.addDifferential();
        registry.addTensors();
        registry.addMatrices();
        registry.addStencils();
        if (grid.isUniform()) {
            registry.addIsotropic();
            registry.addRadial();
            registry.addAlgebra();
        } else {
            registry.addAlgebraOfVaryingWeights();
        }
        if (grid.isUniform() && grid.dimension() > 1) {
            registry.addTensorConvolutions();
        }
        return registry.entries;
    }

    private void add(String factory, LinearOperator operator) {
        entries.add(new Entry(factory, operator, true));
    }

    private void addDifferential() {
        int d = grid.dimension();
        add("gradient(Grid)", Operators.gradient(grid));
        add("gradient(Grid, Boundaries)", Operators.gradient(grid, boundaries));
        add("divergence(Grid)", Operators.divergence(grid));
        add("divergence(Grid, Boundaries)", Operators.divergence(grid, boundaries));
        add("laplacian(Grid)", Operators.laplacian(grid));
        add("laplacian(Grid, Boundaries)", Operators.laplacian(grid, boundaries));
        for (FieldType type : Samples.TYPES) {
            add("laplacian(Grid, FieldType, Boundaries)", Operators.laplacian(grid, type, boundaries));
        }
        if (d > 1) {
            add("curl(Grid)", Operators.curl(grid));
            add("curl(Grid, Boundaries)", Operators.curl(grid, boundaries));
        }
        if (d == 2) {
            add("curlOfPseudoscalar(Grid, Boundaries)", Operators.curlOfPseudoscalar(grid, boundaries));
        }
        for (int i = 0; i < d; i++) {
            entries.add(new Entry("derivative(Grid, int, Boundaries)", Operators.derivative(grid, i, boundaries),
                    false));
        }
    }

    private void addMatrices() {
        add("weightedAdjoint(LinearOperator)", Operators.weightedAdjoint(Operators.gradient(grid, boundaries)));
        add("mimetic divergence", Differential.on(grid).mimeticDivergence());
        List<KroneckerProduct> terms = new ArrayList<>();
        for (int c = 0; c < grid.dimension(); c++) {
            List<BandedMatrix> along = new ArrayList<>(Collections.nCopies(grid.dimension(), null));
            double[] diagonal = new double[grid.axis(c).size()];
            Arrays.setAll(diagonal, i -> 1 + i);
            along.set(c, BandedMatrix.diagonal(diagonal));
            terms.add(new KroneckerProduct(c, 0, 1.5 - c, along));
        }
        entries.add(new Entry("kronecker(String, Space, Space, List)", Operators.kronecker("ramp",
                new Space(grid, SCALAR), new Space(grid, VECTOR), terms), false));
    }

    private void addTensors() {
        add("biharmonic(Grid, Boundaries)", Operators.biharmonic(grid, boundaries));
        if (grid.dimension() > 1) {
            add("hessian(Grid, Boundaries)", Operators.hessian(grid, boundaries));
            add("jacobian(Grid, Boundaries)", Operators.jacobian(grid, boundaries));
            add("strainRate(Grid, Boundaries)", Operators.strainRate(grid, boundaries));
            for (TensorType type
                    : List.of(TensorType.GENERAL, TensorType.SYMMETRIC, TensorType.TRACELESS.reflected())) {
                add("tensorDivergence(Grid, TensorType, Boundaries)",
                        Operators.tensorDivergence(grid, type, boundaries));
            }
            add("hessian one-sided", Differential.on(grid).hessian());
        }
        add("vector laplacian one-sided", Differential.on(grid).vectorLaplacian());
        for (int a = 0; a < grid.dimension(); a++) {
            AxisDerivative along = Differential.on(grid).along(a);
            if (grid.axis(a).size() > 4) {
                entries.add(new Entry("third derivative", along.derivative(3), false));
            }
            entries.add(new Entry("biased", along.biased(2, 0), false));
            entries.add(new Entry("upwind", along.upwind(3, -1), false));
        }
    }

    private void addIsotropic() {
        if (grid.isRectangular()) {
            add("isotropicLaplacian(Grid)", Operators.isotropicLaplacian(grid));
            add("isotropicLaplacian(Grid, Boundaries)", Operators.isotropicLaplacian(grid, boundaries));
            add("isotropicGradient(Grid, Boundaries)", Operators.isotropicGradient(grid, boundaries));
            add("isotropic laplacian of 27 points", Differential.on(grid)
                    .isotropic(IsotropicStencil.TWENTY_SEVEN_POINT).beyondWalls(boundaries).laplacian());
        }
    }

    private void addAlgebraOfVaryingWeights() {
        LinearOperator gradient = Operators.gradient(grid, boundaries);
        LinearOperator laplacian = Operators.laplacian(grid, boundaries);
        add("varying weights scaled", gradient.times(-2.5));
        add("varying weights merged", laplacian.minus(Operators.laplacian(grid).times(0.3)));
        add("varying weights merged with their adjoint", laplacian.plus(laplacian.adjoint()));
        LinearOperator step = Operators.identity(grid, SCALAR).plus(laplacian.times(1e-3));
        add("varying weights and the identity", step);
        add("the identity and varying weights", laplacian.adjoint().minus(Operators.identity(grid, SCALAR).times(2)));
        add("a composition of varying weights", gradient.then(Operators.divergence(grid)));
    }

    /** A kernel that reaches about two nodes. */
    private RadialFunction kernel() {
        double spacing = 0;
        for (int a = 0; a < grid.dimension(); a++) {
            spacing = Math.max(spacing, grid.axis(a).spacing());
        }
        double scale = spacing;
        return Radial.of("1/(1 + r²/h²) − r/4h", r -> 1 / (1 + r * r / (scale * scale)) - r / (4 * scale))
                .within(2.01 * scale);
    }

    private void addRadial() {
        RadialFunction kernel = kernel();
        add("radial(Grid, RadialFunction)", Operators.radial(grid, kernel));
        add("radial(Grid, RadialFunction, FieldType)", Operators.radial(grid, kernel, VECTOR));
        Shells shells = Shells.of(grid, kernel.cutoff());
        double[] values = new Random(11).doubles(shells.count(), -1, 1).toArray();
        for (FieldType[] types : products(grid.dimension())) {
            add("radial(Grid, RadialFunction, FieldType, FieldType)",
                    Operators.radial(grid, kernel, types[0], types[1]));
            add("radial(Grid, RadialFunction, FieldType, FieldType, Boundaries)",
                    Operators.radial(grid, kernel, types[0], types[1], boundaries));
            add("radial(Shells, double[], FieldType, FieldType, Boundaries)",
                    Operators.radial(shells, values, types[0], types[1], boundaries));
        }
    }

    private void addTensorConvolutions() {
        RadialFunction kernel = kernel();
        FieldType irreps = grid.dimension() == 3 ? IrrepsType.of("0e + 1o + 2e") : IrrepsType.of("0e + 0o + 1 + 2");
        add("convolution(Grid, RadialFunction, FieldType, FieldType)",
                Operators.convolution(grid, kernel, irreps, irreps));
        TensorConvolution paths = TensorConvolution.on(grid, irreps, VECTOR).radial(kernel);
        double[] values = new Random(12).doubles(paths.values().length, -1, 1).toArray();
        add("convolution(Shells, double[], FieldType, FieldType, Boundaries)",
                Operators.convolution(paths.shells(), values, irreps, VECTOR, boundaries));
    }

    /** The pairs of types that a radial kernel of l = 0 or 1 connects. */
    static List<FieldType[]> products(int dimension) {
        List<FieldType[]> pairs = new ArrayList<>();
        for (FieldType type : Samples.TYPES) {
            pairs.add(new FieldType[] {type, type});
        }
        pairs.add(new FieldType[] {SCALAR, VECTOR});
        pairs.add(new FieldType[] {VECTOR, SCALAR});
        pairs.add(new FieldType[] {PSEUDOSCALAR, PSEUDOVECTOR});
        pairs.add(new FieldType[] {PSEUDOVECTOR, PSEUDOSCALAR});
        if (dimension == 2) {
            pairs.add(new FieldType[] {VECTOR, PSEUDOSCALAR});
            pairs.add(new FieldType[] {PSEUDOSCALAR, VECTOR});
        }
        if (dimension == 3) {
            pairs.add(new FieldType[] {VECTOR, PSEUDOVECTOR});
            pairs.add(new FieldType[] {PSEUDOVECTOR, VECTOR});
        }
        return pairs;
    }

    private void addStencils() {
        for (FieldType type : Samples.TYPES) {
            add("identity(Grid, FieldType)", Operators.identity(grid, type));
        }
        int d = grid.dimension();
        Random random = new Random(23);
        entries.add(new Entry("stencil(Stencil, Grid, FieldType, FieldType, Boundaries)",
                Operators.stencil(Samples.stencil(random, d, 1, 1, 9, 2), grid, SCALAR, SCALAR, boundaries), false));
        entries.add(new Entry("stencil(Stencil, Grid, FieldType, FieldType, Boundaries)",
                Operators.stencil(Samples.stencil(random, d, 1, d, 25, 2), grid, VECTOR, SCALAR, boundaries), false));
        entries.add(new Entry("stencil(Stencil, Grid, FieldType, FieldType, Boundaries)",
                Operators.stencil(Samples.stencil(random, d, d, 1, 25, 2), grid, SCALAR, VECTOR, boundaries), false));
    }

    private void addAlgebra() {
        LinearOperator gradient = Operators.gradient(grid, boundaries);
        LinearOperator divergence = Operators.divergence(grid, boundaries);
        LinearOperator laplacian = Operators.laplacian(grid, boundaries);
        LinearOperator smooth = Operators.radial(grid, kernel());
        add("a stencil scaled", gradient.times(-2.5));
        add("two stencils merged", laplacian.plus(Operators.radial(grid, kernel(), SCALAR, SCALAR, boundaries)));
        add("the difference of two stencils", laplacian.minus(laplacian.times(0.25)));
        add("a composition", gradient.then(divergence));
        add("a composition of three", smooth.then(gradient).then(divergence));
        add("a sum of unlike operators", laplacian.plus(gradient.then(divergence)));
        add("a scaled sum of unlike operators", gradient.then(divergence).minus(smooth).times(3));
        add("a sum with an adjoint", laplacian.plus(laplacian.adjoint().times(0.5)));
        add("an adjoint scaled", gradient.adjoint().times(1.5));
        add("two adjoints merged", laplacian.adjoint().minus(laplacian.adjoint().times(3)));
        add("a power", Operators.identity(grid, SCALAR).plus(laplacian.times(1e-3)).power(3));
        add("steps of a recurrence", Recurrence.of(laplacian.times(1e-3)).plusNow(0.9).power(3));
        // the coefficient has no symmetry
        entries.add(new Entry("the transpose of uneven steps", Recurrence.of(laplacian.times(1e-3))
                .times(Samples.random(laplacian.domain(), 12)).plusNow(0.9).power(2).adjoint(), false));
        add("a power of a composition", gradient.then(divergence).power(2));
        add("the power of a caller's own", LinearOperator.of(laplacian.domain(), laplacian.range(),
                laplacian::apply, laplacian.adjoint()::apply).power(2));
        add("a caller's own", LinearOperator.of(gradient.domain(), gradient.range(),
                gradient::apply, gradient.adjoint()::apply));
        add("a caller's own in a composition", LinearOperator.of(gradient.domain(), gradient.range(),
                gradient::apply, gradient.adjoint()::apply).then(divergence));
    }
}
