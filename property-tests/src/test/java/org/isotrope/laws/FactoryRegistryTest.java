package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isotrope.autodiff.learn.LearnedOperator;
import org.isotrope.autodiff.learn.RadialModel;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Interpolation;
import org.isotrope.grids.Location;
import org.isotrope.grids.OutOfDomain;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Resampling;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.AffineOperator;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.AxisDerivative;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.GaussianConvolution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.QuadratureConvolution;
import org.isotrope.kernels.Recurrence;
import org.isotrope.kernels.ShellConvolution;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.TensorConvolution;
import org.isotrope.kernels.VectorBoundaries;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.spectral.GreensFunction;
import org.isotrope.kernels.spectral.HelmholtzDecomposition;
import org.isotrope.kernels.spectral.PoissonProblem;
import org.isotrope.kernels.spectral.SpectralDerivatives;
import org.isotrope.kernels.spectral.SpectralRadialOperator;
import org.isotrope.kernels.spectral.Wall;
import org.isotrope.kernels.staggered.StaggeredGrid;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.TensorType;
import org.isotrope.kernels.transport.Transport;
import org.isotrope.kernels.transport.UpwindAdvection;
import org.isotrope.kernels.transport.WenoAdvection;
import org.isotrope.kernels.verify.Report;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every public factory of operators in the libraries, found by reflection, made with every choice of arguments that
 * makes sense, and held to the laws. A factory that takes something unknown here, or belongs to an object unknown here,
 * fails until this class learns to make one; one that breaks a law fails until the law holds or {@link #EXEMPTIONS} says
 * why it need not.
 */
@Execution(ExecutionMode.CONCURRENT)
class FactoryRegistryTest {
    private static final Axis BOUNDED = Axis.uniform(0, 1, 6);
    private static final Axis PERIODIC = Axis.periodic(0, 1, 6);
    private static final Axis SHORT = Axis.periodic(0, 1, 4);
    private static final Axis UNEVEN = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final Axis UNEVEN_PERIODIC = Axis.periodicNodes(1.2, 0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    /** The same from either end. */
    private static final Axis MIRRORED = Axis.nodes(-1, -0.8, -0.3, 0, 0.3, 0.8, 1);
    static final List<Grid> GRIDS = List.of(
            Grid.of(BOUNDED),
            Grid.of(BOUNDED, BOUNDED),
            Grid.of(PERIODIC, PERIODIC),
            Grid.of(BOUNDED, BOUNDED, BOUNDED),
            Grid.of(SHORT, SHORT, SHORT),
            Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, PERIODIC, BOUNDED),
            Grid.of(UNEVEN),
            Grid.of(UNEVEN_PERIODIC, UNEVEN),
            Grid.of(MIRRORED, MIRRORED),
            Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, PERIODIC, UNEVEN),
            Grid.of(BOUNDED, MIRRORED, UNEVEN_PERIODIC));

    /** What every operator is tried on. */
    enum Law {
        LINEAR, ADJOINT, GRADIENT, DETERMINISTIC, TRANSLATION, ROTATION
    }

    private record Exemption(Set<Law> laws, String why) {}

    private static Exemption singlesOut(String what) {
        return new Exemption(Set.of(Law.ROTATION), "singles out " + what);
    }

    private static final Exemption LIKE_PLACES = new Exemption(Set.of(Law.ROTATION),
            "moves places of one kind to places of that kind, which symmetries of the nodes do not; its own tests do");

    private static final Exemption OF_A_FIELD = new Exemption(Set.of(Law.ROTATION, Law.TRANSLATION),
            "is that of a field it is given, which would have to turn and move as well");

    /** Laws that a factory breaks, and why it may; {@link #exemptionsAreNeeded} takes back what is not needed. */
    private static final Map<String, Exemption> EXEMPTIONS = Map.ofEntries(
            Map.entry("Operators.derivative", singlesOut("a direction")),
            Map.entry("Differential.derivative", singlesOut("a direction")),
            Map.entry("SpectralDerivatives.derivative", singlesOut("a direction")),
            Map.entry("AxisDerivative.derivative", singlesOut("an axis")),
            Map.entry("AxisDerivative.biased", singlesOut("an axis")),
            Map.entry("AxisDerivative.upwind", singlesOut("an axis")),
            Map.entry("AxisDerivative.compact", singlesOut("an axis")),
            Map.entry("AxisDerivative.summationByParts", singlesOut("an axis")),
            Map.entry("AxisDerivative.stencil", singlesOut("an axis")),
            Map.entry("StaggeredGrid.gradient", LIKE_PLACES),
            Map.entry("StaggeredGrid.divergence", LIKE_PLACES),
            Map.entry("StaggeredGrid.curl", LIKE_PLACES),
            Map.entry("StaggeredGrid.average", LIKE_PLACES),
            Map.entry("StaggeredGrid.laplacian", LIKE_PLACES),
            Map.entry("BilinearOperator.fixFirst", OF_A_FIELD),
            Map.entry("BilinearOperator.fixSecond", OF_A_FIELD),
            Map.entry("UpwindAdvection.at", OF_A_FIELD),
            Map.entry("Recurrence.power", OF_A_FIELD),
            Map.entry("UpwindAdvection.inVelocity", OF_A_FIELD),
            Map.entry("Operators.kronecker", new Exemption(Set.of(Law.ROTATION, Law.TRANSLATION),
                    "is whatever matrices it is given")),
            Map.entry("Operators.stencil", new Exemption(Set.of(Law.ROTATION), "is whatever stencil it is given")),
            Map.entry("Kernels.sampled", new Exemption(Set.of(Law.ROTATION), "is whatever kernel it is given")),
            Map.entry("Resampling.rotating", new Exemption(Set.of(Law.ROTATION, Law.TRANSLATION),
                    "turns about one point, and turns commute neither with shifts nor with one another")));

    /** What is no factory of an operator of the library, and why. */
    static final Map<String, String> ELSEWHERE = Map.of(
            "FieldFunction.at", "linearises a function of the caller's own, which FunctionCheck holds to these laws",
            "FieldFunction.adjoint", "refuses, whatever it is asked",
            "TapedSystem.jacobian", "linearises what the caller recorded, which the tests of tapes hold to these laws");

    /** With the libraries in one folder each of them finds all. */
    private static final List<Executable> FACTORIES = Stream.of(
                    Factories.of(LinearOperator.class, LinearOperator.class),
                    Factories.of(LearnedOperator.class, LinearOperator.class),
                    Factories.of(Grid.class, Resampling.class))
            .flatMap(List::stream)
            .distinct()
            .toList();

    /** Values for a parameter type on a grid; the one place that new parameter types are added to. */
    static List<?> choices(Executable factory, Class<?> type, Grid grid) {
        int d = grid.dimension();
        RadialFunction bump = Radial.gaussian(d, 0.2).within(0.45);
        if (type == Grid.class) {
            return List.of(grid);
        } else if (type == Boundaries.class) {
            return List.of(Boundaries.all(Boundary.zero()), Boundaries.all(Boundary.extrapolate(1)),
                    Boundaries.all(Boundary.symmetric()), Boundaries.all(Boundary.value()),
                    Boundaries.all(Boundary.mixed(0.6)));
        } else if (type == FieldType.class) {
            return List.of(FieldType.SCALAR, FieldType.VECTOR, FieldType.PSEUDOSCALAR, FieldType.PSEUDOVECTOR);
        } else if (type == RadialFunction.class) {
            return List.of(bump);
        } else if (type == Shells.class) {
            return !grid.isUniform() ? List.of() : List.of(Shells.of(grid, bump.cutoff()));
        } else if (type == double[].class) {
            if (factory.getDeclaringClass() == Resampling.class) {
                return List.of(new double[d]);
            } else if (factory.getDeclaringClass() == LearnedOperator.class) {
                return List.of(new double[] {1, -0.5, 0.25, 0.7});
            } else if (factory.getDeclaringClass() == SpectralRadialOperator.class) {
                // knots, and values of one function or of two
                return List.of(new double[] {0, 9, 25}, new double[] {0, 9, 25, -1, 2, 0.5});
            }
            if (!grid.isUniform()) {
                return List.of();
            }
            Shells shells = Shells.of(grid, bump.cutoff());
            return List.of(Arrays.stream(shells.radii()).map(r -> 1 / (1 + r)).toArray());
        } else if (type == Stencil.class) {
            int[] offset = new int[d];
            offset[d - 1] = 1;
            return List.of(Stencil.builder(d, 1, 1).tap(0, 0, 2, new int[d]).tap(0, 0, -0.7, offset).build());
        } else if (type == double.class) {
            // a length, a time, a tolerance: each is fine with it, but for a tolerance that may be at most a tenth
            return factory.getDeclaringClass() == GaussianConvolution.class ? List.of(0.3, 0.05) : List.of(0.3);
        } else if (type == PointMap.class) {
            return List.of((PointMap) (x, value) -> value[0] = Math.exp(-x[0] * x[0]));
        } else if (type == int.class) {
            return List.of(0, 1, 2);
        } else if (type == Boundaries.Side.class) {
            return List.of(Boundaries.Side.values());
        } else if (type == TensorType.class) {
            return List.of(TensorType.GENERAL, TensorType.SYMMETRIC, TensorType.ANTISYMMETRIC.reflected(),
                    TensorType.TRACELESS);
        } else if (type == DifferenceWeights.class) {
            return List.of(DifferenceWeights.of(1, -1, 0, 2), DifferenceWeights.centred(2, 2));
        } else if (type == Function.class) {
            Function<TensorConvolution.Path, RadialFunction> radial = path -> bump;
            return List.of(radial);
        } else if (type == Space.class) {
            return List.of(new Space(grid, FieldType.VECTOR));
        } else if (type == LinearOperator.Action.class) {
            return List.of((LinearOperator.Action) (in, out) -> Arithmetic.scale(-3, in, out));
        } else if (type == LinearOperator.class) {
            return List.of(Operators.laplacian(grid), Operators.gradient(grid), Operators.divergence(grid));
        } else if (type == Interpolation.class) {
            return List.of(Interpolation.multilinear(grid).outside(OutOfDomain.CLAMP));
        } else if (type == OutOfDomain.class) {
            return List.of(OutOfDomain.THROW, OutOfDomain.CLAMP, OutOfDomain.IGNORE);
        } else if (type == Location.class) {
            return List.of(Location.values());
        } else if (type == StaggeredType.class) {
            return List.of(new StaggeredType(FieldType.SCALAR, Location.NODE),
                    new StaggeredType(FieldType.PSEUDOSCALAR, Location.CELL),
                    new StaggeredType(FieldType.SCALAR, Location.CELL),
                    new StaggeredType(FieldType.VECTOR, Location.EDGE),
                    new StaggeredType(FieldType.VECTOR, Location.FACE),
                    new StaggeredType(FieldType.PSEUDOVECTOR, Location.FACE));
        } else if (type == Field.class) {
            return Stream.of(FieldType.SCALAR, FieldType.VECTOR)
                    .map(kind -> Samples.random(new Space(grid, kind), Precision.DOUBLE, 5)).toList();
        } else if (type == String.class) {
            return List.of("ramp");
        } else if (type == List.class) {
            List<BandedMatrix> along = new ArrayList<>(Collections.nCopies(d, null));
            double[] ramp = new double[grid.axis(0).size()];
            Arrays.setAll(ramp, i -> 1 + i);
            along.set(0, BandedMatrix.diagonal(ramp));
            return List.of(List.of(new KroneckerProduct(0, 0, -2, along)));
        } else if (type == double[][].class) {
            double[][] reflection = new double[d][d];
            for (int i = 0; i < d; i++) {
                reflection[i][d - 1 - i] = 1;
            }
            return List.of((Object) reflection);
        }
        throw new AssertionError(
                "no value of " + type + " is known here; " + factory + " needs one to be held to the laws");
    }

    /** The objects on a grid whose methods make operators; the one place that new builders are added to. */
    static List<Supplier<?>> owners(Class<?> type, Grid grid) {
        Differential second = Differential.on(grid);
        Boundaries walls = Boundaries.all(Boundary.symmetric());
        RadialFunction bump = Radial.gaussian(grid.dimension(), 0.2).within(0.45);
        List<Supplier<?>> owners = new ArrayList<>();
        if (type == Differential.class) {
            owners.addAll(List.of(() -> second, () -> second.accuracy(4), second::isotropic));
        } else if (type == AxisDerivative.class) {
            for (int a = 0; a < grid.dimension(); a++) {
                int axis = a;
                owners.addAll(List.of(() -> second.along(axis), () -> second.beyondWalls(walls).along(axis),
                        () -> second.accuracy(4).along(axis)));
            }
        } else if (type == TensorConvolution.Builder.class) {
            owners.addAll(List.of(() -> TensorConvolution.on(grid, FieldType.SCALAR, FieldType.VECTOR),
                    () -> TensorConvolution.on(grid, FieldType.PSEUDOVECTOR, FieldType.VECTOR).beyondWalls(walls)));
        } else if (type == ShellConvolution.class) {
            owners.addAll(List.of(() -> Operators.radial(grid, bump, FieldType.VECTOR),
                    () -> Operators.convolution(grid, bump, FieldType.SCALAR, FieldType.VECTOR)));
        } else if (type == LinearOperator.class) {
            owners.addAll(List.of(() -> Operators.laplacian(grid), () -> Operators.gradient(grid, walls),
                    () -> Operators.radial(grid, bump), () -> QuadratureConvolution.radial(grid, bump).adjoint()));
        } else if (type == Recurrence.class) {
            LinearOperator rate = Operators.laplacian(grid).times(0.01);
            Field coefficient = Samples.random(rate.domain(), Precision.DOUBLE, 8);
            owners.addAll(List.of(() -> Recurrence.of(rate).plusNow(0.5), () -> Recurrence.of(rate).plusNow(1).adjoint(),
                    () -> Recurrence.of(rate).times(coefficient).plusNow(coefficient)));
        } else if (type == GreensFunction.class) {
            owners.addAll(List.of(() -> GreensFunction.yukawa(grid, 2), () -> GreensFunction.yukawaField(grid, 2)));
        } else if (type == AffineOperator.class) {
            owners.addAll(List.of(
                    () -> AffineOperator.of(grid, Boundaries.all(Boundary.value()), Differential::laplacian),
                    () -> AffineOperator.of(grid, Boundaries.all(Boundary.mixed(0.6)), Differential::gradient),
                    () -> AffineOperator.of(grid, VectorBoundaries.freeSlip(), Differential::vectorLaplacian)));
        } else if (type == StaggeredGrid.class) {
            owners.addAll(List.of(() -> StaggeredGrid.on(grid), () -> StaggeredGrid.on(grid).zeroOnWalls()));
        } else if (type == BilinearOperator.class) {
            owners.addAll(List.of(() -> Transport.diffusion(grid), () -> Transport.gradientProduct(second),
                    () -> Transport.advection(second, FieldType.SCALAR),
                    () -> BilinearOperator.of(grid, FieldProduct.cross(grid.dimension()))));
        } else if (type == WenoAdvection.class) {
            owners.add(() -> WenoAdvection.on(grid, FieldType.SCALAR));
        } else if (type == UpwindAdvection.class) {
            owners.addAll(List.of(() -> UpwindAdvection.on(grid, 1, FieldType.SCALAR),
                    () -> UpwindAdvection.on(grid, 3, FieldType.VECTOR)));
        } else if (type == SpectralDerivatives.class) {
            owners.add(() -> SpectralDerivatives.on(grid));
        } else if (type == SpectralRadialOperator.class) {
            owners.add(() -> SpectralRadialOperator.of(grid, new double[] {0, 9, 25}, FieldType.VECTOR,
                    FieldType.VECTOR, 0, 0, 1, 1, 0, 0));
        } else if (type == PoissonProblem.class) {
            owners.addAll(List.of(() -> PoissonProblem.on(grid).shift(-2),
                    () -> PoissonProblem.on(grid).walls(Wall.NEUMANN).projecting(),
                    () -> PoissonProblem.on(grid).spectral().projecting()));
        } else if (type == HelmholtzDecomposition.class) {
            owners.addAll(List.of(() -> HelmholtzDecomposition.spectral(grid),
                    () -> HelmholtzDecomposition.discrete(grid)));
        } else if (type == LearnedOperator.class) {
            owners.add(() -> LearnedOperator.of(grid, RadialModel.bessel(3, 0.45), FieldType.SCALAR, FieldType.VECTOR));
        } else {
            throw new AssertionError("no " + type + " is known here; its factories need one to be held to the laws");
        }
        return owners;
    }

    /** Everything that a factory makes on a grid; combinations it refuses by its own word are left out. */
    static List<LinearOperator> make(Executable factory, Grid grid) throws ReflectiveOperationException {
        List<Object> owners = new ArrayList<>();
        boolean isOfAnObject = factory instanceof Method && !Modifier.isStatic(factory.getModifiers());
        if (isOfAnObject) {
            for (Supplier<?> supplier : owners(factory.getDeclaringClass(), grid)) {
                try {
                    owners.add(supplier.get());
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageContaining("had to");
                }
            }
        } else {
            owners.add(factory);
        }
        List<Object[]> arguments = List.of(new Object[][] {{}});
        for (Class<?> type : factory.getParameterTypes()) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] begun : arguments) {
                for (Object choice : choices(factory, type, grid)) {
                    Object[] next = Arrays.copyOf(begun, begun.length + 1);
                    next[begun.length] = choice;
                    longer.add(next);
                }
            }
            arguments = longer;
        }
        List<LinearOperator> made = new ArrayList<>();
        for (Object owner : owners) {
            for (Object[] list : arguments) {
                try {
                    made.addAll(operators(factory instanceof Constructor<?> constructor
                            ? constructor.newInstance(list) : ((Method) factory).invoke(owner, list)));
                } catch (InvocationTargetException refused) {
                    assertThat(refused.getCause())
                            .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                            .hasMessageContaining("had to");
                }
            }
        }
        return made;
    }

    /** A resampling is one operator a type. */
    static List<LinearOperator> operators(Object made) {
        return made instanceof LinearOperator operator ? List.of(operator)
                : Stream.of(FieldType.SCALAR, FieldType.VECTOR).map(type -> {
                    Resampling resampling = (Resampling) made;
                    return LinearOperator.of(new Space(resampling.from(), type), new Space(resampling.to(), type),
                            resampling::apply, resampling::transpose);
                }).toList();
    }

    static List<Executable> factories() {
        return FACTORIES;
    }

    static List<LinearOperator> all(Executable factory) throws ReflectiveOperationException {
        List<LinearOperator> all = new ArrayList<>();
        for (Grid grid : GRIDS) {
            all.addAll(make(factory, grid));
        }
        return all;
    }

    /** One test a factory: all of them are under law, or one of these fails. */
    @TestFactory
    List<DynamicTest> everyFactoryObeysTheLaws() {
        return factories().stream()
                .filter(factory -> !ELSEWHERE.containsKey(Factories.name(factory)))
                .map(factory -> DynamicTest.dynamicTest(factory.toString(),
                        () -> obey(factory, all(factory))))
                .toList();
    }

    /** Reflection finds methods of facades, of builders, of interfaces, and of single operators alike. */
    @Test
    void reflectionFindsThemAll() {
        assertThat(factories()).hasSizeGreaterThanOrEqualTo(115).extracting(Factories::name).contains(
                "Operators.gradient", "Kernels.stokeslet", "Differential.curl", "AxisDerivative.upwind",
                "Builder.averaged", "GaussianConvolution.smoothing", "QuadratureConvolution.radial",
                "GreensFunction.coulomb", "StaggeredGrid.curl", "SpectralDerivatives.curl", "SpectralRadialOperator.of",
                "GreensFunction.parameterDerivative", "PoissonProblem.solver", "HelmholtzDecomposition.leray",
                "ShellConvolution.withValues", "LearnedOperator.at", "Resampling.conservative", "LinearOperator.of",
                "LinearOperator.then", "LinearOperator.adjoint", "LinearOperator.power");
        assertThat(factories()).extracting(Factories::name).containsAll(EXEMPTIONS.keySet())
                .containsAll(ELSEWHERE.keySet());
        assertThat(factories()).as("what only implements a method of an interface")
                .extracting(Factories::name).doesNotContain("RadialOperator.adjoint", "RadialOperator.withValues");
    }

    /** Nor does any hand out operators in lists, options or functions. */
    @Test
    void noFactoryHidesItsOperators() {
        for (Class<?> library : List.of(LinearOperator.class, LearnedOperator.class, Grid.class)) {
            assertThat(Factories.wrapping(library, LinearOperator.class)).isEmpty();
        }
        assertThat(Factories.wrapping(FactoryRegistryTest.class, LinearOperator.class)).extracting(Method::getName)
                .containsExactlyInAnyOrder("several", "later");
    }

    @Test
    void aNewFactoryIsFoundAndFailsUntilTheLawsHold() {
        Map<String, Executable> found = Factories.of(FactoryRegistryTest.class, LinearOperator.class).stream()
                .filter(factory -> factory.getDeclaringClass() == Newcomer.class)
                .collect(Collectors.toMap(Executable::getName, factory -> factory));
        assertThat(found).containsOnlyKeys("leaning", "named");
        assertThatThrownBy(() -> obey(found.get("leaning"), all(found.get("leaning"))))
                .isInstanceOf(AssertionError.class).hasMessageContaining("rotation equivariant");
        assertThatThrownBy(() -> all(found.get("named")))
                .isInstanceOf(AssertionError.class).hasMessageContaining("no value of class java.lang.StringBuilder");
    }

    /** Whether a factory is held to a law. */
    static boolean isUnder(Law law, Executable factory) {
        Exemption exemption = EXEMPTIONS.get(Factories.name(factory));
        return exemption == null || !exemption.laws.contains(law);
    }

    private static Report report(Law law, LinearOperator operator) {
        Verify laws = Verify.that(operator);
        return switch (law) {
            case LINEAR -> laws.linear();
            case ADJOINT -> laws.adjoint();
            case GRADIENT -> laws.gradient();
            case DETERMINISTIC -> laws.deterministic();
            case TRANSLATION -> laws.translationEquivariant();
            case ROTATION -> laws.rotationEquivariant();
        };
    }

    /** Whether a law says anything about an operator on its grids. */
    private static boolean concerns(Law law, LinearOperator operator) {
        Grid grid = operator.domain().grid();
        return switch (law) {
            case TRANSLATION -> grid.equals(operator.range().grid())
                    && grid.axes().stream().anyMatch(axis -> axis.isPeriodic() && axis.isUniform());
            case ROTATION -> grid.equals(operator.range().grid()) && grid.symmetries().size() > 1;
            default -> true;
        };
    }

    private static void obey(Executable factory, List<LinearOperator> all) {
        assertThat(all).as("operators that the factory makes").isNotEmpty();
        for (Law law : Law.values()) {
            if (!isUnder(law, factory)) {
                continue;
            }
            for (LinearOperator operator : all) {
                if (concerns(law, operator)) {
                    report(law, operator).orThrow();
                }
            }
        }
    }

    @TestFactory
    List<DynamicTest> exemptionsAreNeeded() {
        return EXEMPTIONS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.toString(), () -> {
                    for (Executable factory : factories()) {
                        if (Factories.name(factory).equals(entry.getKey())) {
                            assertThat(unbroken(factory, entry.getValue().laws)).isEmpty();
                        }
                    }
                }))
                .toList();
    }

    /** Those laws that no operator of a factory breaks; grids are tried until none is left. */
    private static Set<Law> unbroken(Executable factory, Set<Law> laws) throws ReflectiveOperationException {
        Set<Law> left = EnumSet.copyOf(laws);
        for (Grid grid : GRIDS) {
            for (LinearOperator operator : left.isEmpty() ? List.<LinearOperator>of() : make(factory, grid)) {
                left.removeIf(law -> concerns(law, operator) && !report(law, operator).holds());
            }
        }
        return left;
    }
}
