package org.isotrope.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.AffineOperator;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.WallData;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.spectral.SpectralRadialOperator;
import org.isotrope.kernels.transport.Transport;
import org.isotrope.kernels.transport.UpwindAdvection;
import org.isotrope.kernels.transport.WenoAdvection;

/** Small computations that between them contain every kind of step, to be held to the laws of differentiation. */
final class DerivativeSamples {
    static final Grid PLANE = Grid.of(Axis.uniform(-1, 1, 7), Axis.periodic(0, 2, 6));
    static final Grid SHEARED = Grid.of(
            new double[][] {{1, 0.3}, {0, 0.9}}, Axis.uniform(0, 3, 6), Axis.uniform(0, 3.6, 7));
    static final Grid UNEVEN = Grid.of(Axis.nodes(0, 0.9, 1.5, 3), Axis.cells(0, 3, 5));
    private static final Space SCALARS = new Space(PLANE, FieldType.SCALAR);
    private static final Space VECTORS = new Space(PLANE, FieldType.VECTOR);
    private static final LinearSolver EXACT = LinearSolver.gmres(60).withRelative(1e-14).withAbsolute(1e-13);

    private final Random random = new Random(11);

    private DerivativeSamples() {}

    Field random(Space space) {
        return DirectionalDerivatives.random(Fields.automatic().of(space.type(), space.grid()), random);
    }

    private FieldVariable scalar(Tape tape) {
        return tape.input(random(SCALARS));
    }

    private FieldVariable vector(Tape tape) {
        return tape.input(random(VECTORS));
    }

    /** All samples by name: each records on a tape and gives the result. */
    static Map<String, Function<Tape, Variable>> all() {
        Map<String, Function<Tape, Variable>> all = new LinkedHashMap<>();
        DerivativeSamples s = new DerivativeSamples();
        LinearOperator laplacian = Operators.laplacian(PLANE, Boundaries.all(Boundary.mirror()));
        LinearOperator transposed = laplacian.adjoint();
        LinearOperator helmholtz = LinearOperator.of(SCALARS, SCALARS,
                (in, out) -> {
                    laplacian.apply(in, out);
                    Arithmetic.scale(-0.02, out, out);
                    Arithmetic.addScaled(1, in, out);
                },
                (in, out) -> {
                    transposed.apply(in, out);
                    Arithmetic.scale(-0.02, out, out);
                    Arithmetic.addScaled(1, in, out);
                });
        RadialOperator kernel = Operators.radial(PLANE, Radial.gaussian(2, 0.3).within(0.7), FieldType.VECTOR);
        all.put("operator", tape -> tape.apply(Operators.gradient(PLANE), s.scalar(tape)));
        all.put("operator of the caller's own", tape -> tape.apply(helmholtz, s.scalar(tape)));
        all.put("convolution", tape ->
                tape.convolve(kernel, tape.input(kernel.values()), s.scalar(tape)));
        all.put("convolution of a constant", tape ->
                tape.convolve(kernel, tape.input(kernel.values()), tape.constant(s.random(SCALARS))));
        all.put("convolution with constant values", tape ->
                tape.convolve(kernel, tape.constant(kernel.values()), s.scalar(tape)));
        all.put("learned, perceptron", tape -> learned(tape, s, RadialModel.perceptron(3, 0.2, 0.7)));
        all.put("learned, Bessel", tape -> learned(tape, s, RadialModel.bessel(3, 0.7)));
        all.put("learned, formula", tape -> learned(tape, s, RadialModel.formula("screened", 0.7,
                new double[] {0.7, -1.3, 0.4},
                (r, p) -> p[0].times(r.times(p[1]).exp()).dividedBy(r.times(r).plus(p[2].times(p[2])).sqrt()))));
        all.put("combination", tape -> tape.combine(tape.input(0.4, -1.3, 2),
                s.vector(tape), s.vector(tape), tape.constant(s.random(VECTORS))));
        all.put("combination with itself", tape -> {
            FieldVariable x = s.vector(tape);
            return tape.combine(tape.input(0.4, -1.3), x, x);
        });
        all.put("product", tape -> tape.multiply(s.vector(tape), s.vector(tape)));
        all.put("square by product", tape -> {
            FieldVariable x = s.vector(tape);
            return tape.multiply(x, x);
        });
        all.put("product with a constant", tape -> tape.multiply(tape.constant(s.random(VECTORS)), s.vector(tape)));
        all.put("quotient", tape ->
                tape.divide(s.vector(tape), tape.map(PointwiseFunction.EXP, s.vector(tape))));
        all.put("quotient of a constant", tape ->
                tape.divide(tape.constant(s.random(VECTORS)), tape.map(PointwiseFunction.EXP, s.vector(tape))));
        all.put("quotient by a constant", tape ->
                tape.divide(s.vector(tape), tape.constant(s.random(VECTORS))));
        for (PointwiseFunction function : new PointwiseFunction[] {PointwiseFunction.SQUARE, PointwiseFunction.TANH,
            PointwiseFunction.EXP, PointwiseFunction.SIN, PointwiseFunction.ABS,
            PointwiseFunction.of(x -> x.times(x).plus(1).log().times(x.atan()))}) {
            all.put("pointwise " + all.size(), tape -> tape.map(function, s.scalar(tape)));
        }
        all.put("pointwise root", tape -> tape.map(PointwiseFunction.smoothRoot(0.3),
                tape.map(PointwiseFunction.SQUARE, s.scalar(tape))));
        BilinearOperator diffusion = Transport.diffusion(PLANE);
        all.put("diffusion with a coefficient", tape -> tape.apply(diffusion, s.scalar(tape), s.scalar(tape)));
        all.put("diffusion of a constant", tape ->
                tape.apply(diffusion, tape.constant(s.random(SCALARS)), s.scalar(tape)));
        BilinearOperator squared = Transport.gradientProduct(Differential.on(SHEARED));
        all.put("squared gradient", tape -> {
            FieldVariable x = tape.input(s.random(new Space(SHEARED, FieldType.SCALAR)));
            return tape.apply(squared, x, x);
        });
        BilinearOperator cross = BilinearOperator.of(PLANE, FieldProduct.cross(2));
        all.put("cross product", tape -> tape.apply(cross, s.vector(tape), s.vector(tape)));
        BilinearOperator burgers = Transport.advection(Differential.on(PLANE), FieldType.VECTOR);
        all.put("self-advection", tape -> {
            FieldVariable x = s.vector(tape);
            return tape.apply(burgers, x, x);
        });
        UpwindAdvection upwind = UpwindAdvection.on(SHEARED, 3, FieldType.SCALAR);
        all.put("upwind advection", tape -> tape.advect(upwind,
                tape.input(s.random(new Space(SHEARED, FieldType.SCALAR))),
                tape.input(s.random(new Space(SHEARED, FieldType.VECTOR)))));
        WenoAdvection weno = WenoAdvection.on(SHEARED, FieldType.VECTOR).regularised(0.3);
        all.put("WENO advection", tape -> Weno.advect(weno,
                tape.input(s.random(new Space(SHEARED, FieldType.VECTOR))),
                tape.input(s.random(new Space(SHEARED, FieldType.VECTOR)))));
        WenoAdvection carrying = WenoAdvection.on(PLANE, FieldType.SCALAR).regularised(0.3);
        all.put("conservative WENO advection", tape ->
                Weno.advectConservatively(carrying, s.scalar(tape), s.vector(tape)));
        all.put("function", tape -> tape.apply(new Burgers(PLANE), s.scalar(tape)));
        all.put("sum", tape -> tape.sum(s.vector(tape)));
        all.put("dot", tape -> tape.dot(s.vector(tape), s.vector(tape)));
        all.put("dot with itself", tape -> {
            FieldVariable x = s.vector(tape);
            return tape.dot(x, x);
        });
        all.put("array function", tape -> tape.map(ArrayFunction.of(2, x -> new Dual[] {
            x[0].times(x[1]).sin().plus(x[2].exp()), x[0].dividedBy(x[2].cos()).minus(x[1].pow(3)).tanh()
        }), tape.input(0.3, -0.8, 0.5)));
        all.put("array combination", tape ->
                tape.combine(new double[] {2, -3, 0.5}, tape.input(1, 2), tape.input(0.3, -1), tape.constant(4, 5)));
        all.put("array product", tape -> tape.multiply(tape.input(1, 2), tape.input(0.3, -1)));
        all.put("array square", tape -> {
            ArrayVariable x = tape.input(1, 2);
            return tape.multiply(x, x);
        });
        Grid ring = Grid.of(Axis.periodic(0, 1, 6), Axis.periodic(0, 1.1, 5));
        SpectralRadialOperator waves = SpectralRadialOperator.of(ring, new double[] {0, 9, 30}, FieldType.VECTOR,
                FieldType.VECTOR, 1, 0.4, -0.3, 0.8, 0.2, -0.7);
        Space flow = new Space(ring, FieldType.VECTOR);
        all.put("function of the wave number", tape ->
                tape.convolve(waves, tape.input(waves.values()), tape.input(s.random(flow))));
        all.put("function of the wave number on a constant", tape ->
                tape.convolve(waves, tape.input(waves.values()), tape.constant(s.random(flow))));
        all.put("constant function of the wave number", tape ->
                tape.convolve(waves, tape.constant(waves.values()), tape.input(s.random(flow))));
        all.put("trace", tape -> Walls.trace(s.vector(tape), NodeList.walls(PLANE)));
        all.put("boundary data", tape -> {
            NodeList wall = NodeList.wall(PLANE, 0, Boundaries.Side.HIGH);
            double[] data = s.random.doubles(wall.count()).toArray();
            return tape.apply(laplacian, Walls.replace(s.scalar(tape), wall, tape.input(data)));
        });
        AffineOperator walled = AffineOperator.of(PLANE, Boundaries.all(Boundary.mixed(0.6)), Differential::gradient);
        all.put("data of a condition at a wall", tape -> tape.combine(tape.input(0.7, 1.2),
                tape.apply(walled.linear(), s.scalar(tape)),
                tape.apply(walled.source(0, Boundaries.Side.LOW),
                        tape.input(s.random(WallData.wall(SCALARS, 0, Boundaries.Side.LOW))))));
        Boundaries mixed = Boundaries.all(Boundary.mixed(0.6));
        BilinearOperator between = Transport.diffusion(PLANE, mixed);
        BilinearOperator inflow = Transport.diffusionSource(PLANE, mixed, 0, Boundaries.Side.HIGH);
        all.put("diffusion with a coefficient and data at a wall", tape -> {
            FieldVariable k = s.scalar(tape);
            return tape.combine(tape.input(0.7, 1.2), tape.apply(between, s.scalar(tape), k),
                    tape.apply(inflow, tape.input(s.random(inflow.first())), k));
        });
        all.put("boundary data on a constant", tape -> Walls.replace(
                tape.constant(s.random(SCALARS)), NodeList.walls(PLANE), tape.input(s.random.doubles(12).toArray())));
        all.put("constant boundary data", tape -> Walls.replace(
                s.scalar(tape), NodeList.walls(PLANE), tape.constant(s.random.doubles(12).toArray())));
        points(all, s);
        all.put("solve", tape -> tape.solve(EXACT, helmholtz, s.scalar(tape)));
        all.put("solve with a coefficient field", tape -> {
            FieldVariable k = tape.map(PointwiseFunction.EXP, s.scalar(tape));
            return tape.solve(EXACT, DerivativeSamples::diffusion, s.scalar(tape), k, tape.input(0.02));
        });
        all.put("solve of a constant with a coefficient", tape -> tape.solve(EXACT, DerivativeSamples::diffusion,
                tape.constant(s.random(SCALARS)), tape.constant(s.random(SCALARS)), tape.input(0.02)));
        all.put("Tikhonov", tape -> Penalties.tikhonov(tape.input(s.random(new Space(UNEVEN, FieldType.VECTOR)))));
        all.put("H1", tape -> Penalties.h1(tape.input(s.random(new Space(SHEARED, FieldType.VECTOR)))));
        all.put("total variation", tape ->
                Penalties.totalVariation(tape.input(s.random(new Space(SHEARED, FieldType.SCALAR))), 0.5));
        return all;
    }

    /** {@code u + a div((1 + k²) grad u)} with minus signs such that it is positive. */
    private static FieldVariable diffusion(Tape tape, FieldVariable u, java.util.List<Variable> parameters) {
        FieldVariable k = (FieldVariable) parameters.get(0);
        LinearOperator derivative = Operators.derivative(PLANE, 1, Boundaries.all(Boundary.zero()));
        FieldVariable slope = tape.apply(derivative, u);
        FieldVariable flux = tape.add(slope, tape.multiply(tape.multiply(k, k), slope));
        FieldVariable divergence = tape.apply(derivative, flux);
        return tape.subtract(u, tape.scale((ArrayVariable) parameters.get(1), divergence));
    }

    private static FieldVariable learned(Tape tape, DerivativeSamples s, RadialModel model) {
        LearnedOperator operator = LearnedOperator.of(PLANE, model, FieldType.SCALAR, FieldType.SCALAR);
        double[] parameters = model.initial(s.random);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += 0.1 * s.random.nextGaussian();
        }
        return operator.record(tape.input(parameters), s.scalar(tape));
    }

    private static void points(Map<String, Function<Tape, Variable>> all, DerivativeSamples s) {
        double[] wide = {1.59, 1.23, 1.92, 2.01, 1.83, 1.56};
        double[] inside = {0.53, 0.41, 0.64, 0.67, 0.61, 0.52};
        for (Grid grid : new Grid[] {PLANE, SHEARED, UNEVEN}) {
            for (int order = 1; order <= (grid == UNEVEN ? 1 : 3); order++) {
                int p = order;
                double[] positions = grid == PLANE ? inside : wide;
                String name = " of order " + p + " on "
                        + (grid == PLANE ? "a plane" : grid == SHEARED ? "a sheared cell" : "uneven nodes");
                Space vectors = new Space(grid, FieldType.VECTOR);
                all.put("interpolation" + name, tape ->
                        Points.interpolate(tape.input(s.random(vectors)), tape.input(positions), p));
                all.put("deposition" + name, tape ->
                        Points.deposit(vectors, tape.input(1, -2, 0.5, 3, 1.5, -0.7), tape.input(positions), p));
            }
        }
        all.put("interpolation of a constant", tape ->
                Points.interpolate(tape.constant(s.random(VECTORS)), tape.input(inside), 3));
        all.put("interpolation at constant points", tape ->
                Points.interpolate(s.vector(tape), tape.constant(inside), 2));
        all.put("deposition of constant charges", tape ->
                Points.deposit(SCALARS, tape.constant(1, -2, 0.5), tape.input(inside), 3));
        all.put("deposition at constant points", tape ->
                Points.deposit(SCALARS, tape.input(1, -2, 0.5), tape.constant(inside), 2));
        all.put("deposition outside the period", tape ->
                Points.deposit(SCALARS, tape.input(1, -2), tape.input(0.13, -7.77, -0.52, 9.1), 3));
    }

    /** {@code u ∂u/∂y}, by hand. */
    static final class Burgers implements FieldFunction {
        private final LinearOperator derivative;
        private final LinearOperator adjoint;
        private final Field scratch;

        Burgers(Grid grid) {
            this.derivative = Operators.derivative(grid, 1, Boundaries.all(Boundary.zero()));
            this.adjoint = derivative.adjoint();
            this.scratch = Fields.automatic().scalar(grid);
        }

        @Override
        public Space domain() {
            return derivative.domain();
        }

        @Override
        public Space range() {
            return derivative.range();
        }

        @Override
        public void value(Field x, Field y) {
            derivative.apply(x, y);
            Arithmetic.multiply(x, y, y);
        }

        @Override
        public void pushforward(Field x, Field xTangent, Field yTangent) {
            derivative.apply(xTangent, yTangent);
            Arithmetic.multiply(x, yTangent, yTangent);
            derivative.apply(x, scratch);
            Arithmetic.addProduct(xTangent, scratch, yTangent);
        }

        @Override
        public void pullback(Field x, Field yAdjoint, Field xAdjoint) {
            Arithmetic.multiply(x, yAdjoint, scratch);
            adjoint.apply(scratch, xAdjoint);
            derivative.apply(x, scratch);
            Arithmetic.addProduct(yAdjoint, scratch, xAdjoint);
        }

        @Override
        public void pullbackTangent(Field x, Field xTangent, Field yAdjoint, Field xAdjointTangent) {
            pullback(xTangent, yAdjoint, xAdjointTangent);
        }
    }
}
