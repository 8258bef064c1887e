package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.autodiff.time.TapedSystem;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.ShellConvolution;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.spectral.SpectralRadialOperator;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.time.Tableau;
import org.isotrope.kernels.transport.Transport;
import org.isotrope.kernels.transport.UpwindAdvection;
import org.isotrope.kernels.transport.WenoAdvection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can be recorded, found by reflection in the classes of this module: every public method that makes a
 * variable out of variables, every ready-made function and every radial model. Each is held to the dot test of its
 * derivative forward against its derivative in reverse. A method that asks for an argument of a kind that is not known
 * here fails until it is.
 */
class RecordingRegistryTest {
    private static final Space SCALARS = new Space(DerivativeSamples.PLANE, FieldType.SCALAR);
    private static final Grid RING = Grid.of(Axis.periodic(0, 1, 5), Axis.periodic(0, 2, 6));
    private static final String ROOT = "org/isotrope/autodiff";

    /** A recording of a method, a function or a model. */
    private interface Recorded {
        Variable on(Tape tape, Random random) throws ReflectiveOperationException;
    }

    private static Stream<Class<?>> classes() {
        try {
            URI place = RecordingRegistryTest.class.getClassLoader().getResource(ROOT + "/Tape.class").toURI();
            if (place.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                    return classes(jar.getPath(ROOT));
                }
            }
            return classes(Path.of(place).getParent());
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Class<?>> classes(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!name.contains("package-info")) {
                    classes.add(Class.forName((ROOT + "/" + name.substring(0, name.length() - 6)).replace('/', '.')));
                }
            }
            return classes.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVariable(Class<?> type) {
        return Variable.class.isAssignableFrom(type) || type.isArray() && isVariable(type.getComponentType());
    }

    /** Public methods of public classes, {@code Tape}'s own and those that it inherits. */
    private static Map<String, Recorded> methods() {
        Map<String, Recorded> found = new TreeMap<>();
        classes().filter(type -> Modifier.isPublic(type.getModifiers())).forEach(type -> {
            for (Method method : type.getMethods()) {
                boolean records = method.getDeclaringClass() == type && !method.isBridge() || type == Tape.class;
                if (records && isVariable(method.getReturnType()) && !Modifier.isAbstract(method.getModifiers())
                        && Arrays.stream(method.getParameterTypes()).anyMatch(RecordingRegistryTest::isVariable)) {
                    String name = type.getSimpleName() + "." + method.getName()
                            + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
                    found.put(name, (tape, random) -> call(method, tape, random));
                }
            }
        });
        return found;
    }

    private static Map<String, Recorded> all() {
        Map<String, Recorded> all = methods();
        for (var field : PointwiseFunction.class.getFields()) {
            all.put("PointwiseFunction." + field.getName(), (tape, random) ->
                    tape.map((PointwiseFunction) field.get(null), ofBothSigns(tape, random)));
        }
        for (Method factory : RadialModel.class.getMethods()) {
            if (Modifier.isStatic(factory.getModifiers()) && factory.getReturnType() == RadialModel.class) {
                all.put("RadialModel." + factory.getName(), (tape, random) -> {
                    RadialModel model = (RadialModel) factory.invoke(null, modelArguments(factory));
                    double[] p = model.initial(random);
                    for (int i = 0; i < p.length; i++) {
                        p[i] += 0.1 * random.nextGaussian();
                    }
                    return LearnedOperator.of(DerivativeSamples.PLANE, model, FieldType.SCALAR, FieldType.VECTOR)
                            .record(tape.input(p), scalar(tape, random));
                });
            }
        }
        return all;
    }

    /** By type and place: counts first, then lengths from the smallest to the cutoff. */
    private static Object[] modelArguments(Method factory) {
        int lengths = (int) Arrays.stream(factory.getParameterTypes()).filter(t -> t == double.class).count();
        Object[] arguments = new Object[factory.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = factory.getParameterTypes()[i];
            if (type == int.class) {
                arguments[i] = 5;
            } else if (type == double.class) {
                arguments[i] = lengths-- > 1 ? 0.2 : 0.7;
            } else if (type == Shells.class) {
                arguments[i] = Shells.of(DerivativeSamples.PLANE, 0.7);
            } else if (type == String.class) {
                arguments[i] = "screened";
            } else if (type == double[].class) {
                arguments[i] = new double[] {0.7, -1.3};
            } else if (type == RadialModel.Formula.class) {
                arguments[i] = (RadialModel.Formula) (r, p) -> p[0].times(r.times(p[1]).exp());
            } else {
                throw new IllegalStateException("no " + type + " is known for " + factory);
            }
        }
        return arguments;
    }

    /** Values well above 0, so that quotients and roots are smooth. */
    private static FieldVariable scalar(Tape tape, Random random) {
        return scalar(DerivativeSamples.PLANE, tape, random);
    }

    private static FieldVariable scalar(Grid grid, Tape tape, Random random) {
        Field field = Fields.automatic().scalar(grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, 0.5 + random.nextDouble());
        }
        return tape.input(field);
    }

    private static FieldVariable ofBothSigns(Tape tape, Random random) {
        FieldVariable x = scalar(tape, random);
        return tape.subtract(x, tape.constant(Fields.automatic().like(x.value()).fill(1)));
    }

    private static FieldVariable vector(Tape tape, Random random) {
        Field field = Fields.automatic().vector(DerivativeSamples.PLANE);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return tape.input(field);
    }

    private static Variable call(Method method, Tape tape, Random random) throws ReflectiveOperationException {
        Map<Class<?>, Object> known = new HashMap<>();
        // not symmetric, and far from singular
        known.put(LinearOperator.class, Operators.stencil(
                Stencil.builder(2, 1, 1).tap(0, 0, 1, 0, 0).tap(0, 0, 0.3, 1, 0).tap(0, 0, -0.2, 0, 1).build(),
                DerivativeSamples.PLANE, FieldType.SCALAR, FieldType.SCALAR, Boundaries.all(Boundary.zero())));
        known.put(ShellConvolution.class,
                Operators.radial(DerivativeSamples.PLANE, Radial.gaussian(2, 0.3).within(0.7)));
        known.put(SpectralRadialOperator.class, SpectralRadialOperator.of(
                RING, new double[] {0, 5, 20}, FieldType.SCALAR, FieldType.SCALAR, 1, -0.5, 0.2));
        known.put(BilinearOperator.class, Transport.diffusion(DerivativeSamples.PLANE));
        known.put(UpwindAdvection.class, UpwindAdvection.on(DerivativeSamples.PLANE, 3, FieldType.SCALAR));
        known.put(WenoAdvection.class, WenoAdvection.on(DerivativeSamples.PLANE, FieldType.SCALAR).regularised(0.1));
        known.put(PointwiseFunction.class, PointwiseFunction.TANH);
        known.put(ArrayFunction.class, ArrayFunction.of(2, x -> new Dual[] {x[0].sin(), x[0].times(x[1])}));
        known.put(FieldFunction.class, new DerivativeSamples.Burgers(DerivativeSamples.PLANE));
        known.put(NodeList.class, NodeList.walls(DerivativeSamples.PLANE));
        known.put(Space.class, SCALARS);
        known.put(LinearSolver.class, LinearSolver.gmres(60).withRelative(1e-14).withAbsolute(1e-13));
        known.put(ParametricOperator.Recording.class, (ParametricOperator.Recording) (inner, u, parameters) ->
                inner.add(u, inner.multiply((FieldVariable) parameters.getFirst(), u)));
        known.put(Tape.class, tape);
        known.put(Tableau.class, Tableau.rk4());
        known.put(TapedSystem.Recording.class, (TapedSystem.Recording) (same, time, u) ->
                same.multiply(u, same.map(PointwiseFunction.SIN, u)));
        known.put(int.class, 2);
        known.put(double.class, 0.7);
        known.put(double[].class, new double[] {0.4, -1.2});
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method, i, known, tape, random);
        }
        try {
            return (Variable) method.invoke(target(method, tape), arguments);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(method + " took " + Arrays.toString(arguments), failed.getCause());
        }
    }

    private static Object target(Method method, Tape tape) {
        if (Modifier.isStatic(method.getModifiers()) || method.getDeclaringClass().isInstance(tape)) {
            return tape;
        }
        if (method.getDeclaringClass() == LearnedOperator.class) {
            return LearnedOperator.of(DerivativeSamples.PLANE, RadialModel.bessel(1, 0.7), FieldType.SCALAR,
                    FieldType.SCALAR);
        }
        throw new IllegalStateException("no " + method.getDeclaringClass() + " is known to record " + method + " with");
    }

    private static Object argument(Method method, int i, Map<Class<?>, Object> known, Tape tape, Random random) {
        Class<?> type = method.getParameterTypes()[i];
        if (type == FieldVariable.class) {
            if (i == 2 && method.getName().startsWith("advect")) {
                return vector(tape, random);
            }
            // targets of losses may have to be constant
            boolean constant = i == 1 && method.getDeclaringClass() == Losses.class;
            boolean waves = Arrays.asList(method.getParameterTypes()).contains(SpectralRadialOperator.class);
            FieldVariable field = waves ? scalar(RING, tape, random) : scalar(tape, random);
            return constant ? tape.constant(field.value()) : field;
        }
        if (type == FieldVariable[].class) {
            FieldVariable[] all = new FieldVariable[2];
            Arrays.setAll(all, k -> scalar(tape, random));
            return all;
        }
        if (type == Variable[].class) {
            return new Variable[] {scalar(tape, random)};
        }
        if (type == ArrayVariable[].class) {
            return new ArrayVariable[] {tape.input(0.3, 0.8), tape.input(-0.3, 1.8)};
        }
        if (type == ArrayVariable.class) {
            return tape.input(numbers(method, i, known, random));
        }
        Object value = known.get(type);
        if (value == null) {
            throw new IllegalStateException("no " + type + " is known for " + method);
        }
        return value;
    }

    /** How many numbers there have to be follows from the other arguments. */
    private static double[] numbers(Method method, int i, Map<Class<?>, Object> known, Random random) {
        Class<?>[] types = method.getParameterTypes();
        if (method.getDeclaringClass() == Points.class) {
            boolean charges = method.getName().equals("deposit") && i == 1;
            return charges ? new double[] {1.3} : new double[] {0.13, 0.41};
        }
        if (Arrays.asList(types).contains(ShellConvolution.class)) {
            return ((ShellConvolution) known.get(ShellConvolution.class)).values();
        }
        if (Arrays.asList(types).contains(SpectralRadialOperator.class)) {
            return ((SpectralRadialOperator) known.get(SpectralRadialOperator.class)).values();
        }
        if (Arrays.asList(types).contains(NodeList.class)) {
            return random.doubles(((NodeList) known.get(NodeList.class)).count()).toArray();
        }
        if (method.getName().equals("scale")) {
            return new double[] {0.6};
        }
        return new double[] {0.3, 0.8};
    }

    static Stream<String> names() {
        return all().keySet().stream();
    }

    @Test
    void theRegistryFindsWhatThereIs() {
        assertThat(methods().keySet()).anyMatch(name -> name.startsWith("Tape.solve"))
                .anyMatch(name -> name.startsWith("Penalties.totalVariation"))
                .anyMatch(name -> name.startsWith("Points.deposit")).anyMatch(name -> name.startsWith("Walls.replace"))
                .anyMatch(name -> name.startsWith("LearnedOperator.record"))
                .anyMatch(name -> name.startsWith("RecordedSteps.crankNicolson"))
                .anyMatch(name -> name.startsWith("Losses.")).hasSizeGreaterThan(25);
        assertThat(all().keySet()).contains("PointwiseFunction.EXP", "RadialModel.perceptron");
    }

    @ParameterizedTest
    @MethodSource("names")
    void forwardAndReverseModeAreTransposed(String name) throws ReflectiveOperationException {
        Tape tape = new Tape(Precision.DOUBLE);
        Random random = new Random(3);
        Variable result = all().get(name).on(tape, random);
        assertThat(result.isDifferentiable()).isTrue();
        FieldVariable field = result instanceof FieldVariable f ? f : null;
        for (int round = 0; round < 3; round++) {
            tape.clearTangents();
            for (Variable input : tape.inputs()) {
                switch (input) {
                    case FieldVariable x -> x.tangent().copyFrom(DirectionalDerivatives.random(x.tangent(), random));
                    case ArrayVariable x -> x.setTangent(random.doubles(x.size(), -1, 1).toArray());
                }
            }
            tape.tangent();
            double forward;
            if (field != null) {
                Field seed = DirectionalDerivatives.random(Fields.automatic().like(field.value()), random);
                forward = dot(seed.toArray(), field.tangent().toArray());
                tape.backward(field, seed);
            } else {
                ArrayVariable array = (ArrayVariable) result;
                double[] seed = random.doubles(array.size(), -1, 1).toArray();
                forward = dot(seed, array.tangent());
                tape.backward(tape.map(weighted(seed), array));
            }
            double reverse = 0;
            double size = 0;
            for (Variable input : tape.inputs()) {
                double[] tangent = input instanceof FieldVariable x
                        ? x.tangent().toArray() : ((ArrayVariable) input).tangent();
                double[] gradient = input instanceof FieldVariable x
                        ? x.gradient().toArray() : ((ArrayVariable) input).gradient();
                reverse += dot(tangent, gradient);
                size += Math.sqrt(dot(tangent, tangent) * dot(gradient, gradient));
            }
            assertThat(size).isPositive();
            assertThat(Math.abs(forward - reverse)).isLessThanOrEqualTo(1e-12 * size);
        }
    }

    private static ArrayFunction weighted(double[] weights) {
        return ArrayFunction.of(1, x -> {
            Dual sum = Dual.constant(0);
            for (int i = 0; i < x.length; i++) {
                sum = sum.plus(x[i].times(weights[i]));
            }
            return new Dual[] {sum};
        });
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
