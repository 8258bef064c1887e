package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointMap;
import org.isotrope.kernels.AxisDerivative;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.Kernels;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.difference.DifferenceWeights;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.radial.Shells;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.kernels.tensor.TensorType;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every public factory of operators, found by reflection, made with every choice of arguments that makes sense, and
 * held to the laws. A factory that takes something unknown here fails until this class learns to make one.
 */
class FactoryRegistryTest {
    private static final Axis BOUNDED = Axis.uniform(0, 1, 6);
    private static final Axis PERIODIC = Axis.periodic(0, 1, 6);
    private static final Axis UNEVEN = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    private static final Axis UNEVEN_PERIODIC = Axis.periodicNodes(1.2, 0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1);
    /** The same from either end. */
    private static final Axis MIRRORED = Axis.nodes(-1, -0.8, -0.3, 0, 0.3, 0.8, 1);
    private static final List<Grid> GRIDS = List.of(
            Grid.of(BOUNDED),
            Grid.of(BOUNDED, BOUNDED),
            Grid.of(PERIODIC, PERIODIC),
            Grid.of(BOUNDED, BOUNDED, BOUNDED),
            Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, PERIODIC, BOUNDED),
            Grid.of(UNEVEN),
            Grid.of(UNEVEN_PERIODIC, UNEVEN),
            Grid.of(MIRRORED, MIRRORED),
            Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, PERIODIC, UNEVEN),
            Grid.of(BOUNDED, MIRRORED, UNEVEN_PERIODIC));

    /** Why a factory need not commute with rotations. */
    private static final Map<String, String> NOT_EQUIVARIANT = Map.of(
            "derivative", "singles out a direction",
            "biased", "singles out an axis",
            "upwind", "singles out an axis",
            "compact", "singles out an axis",
            "summationByParts", "singles out an axis",
            "stencil", "is whatever stencil it is given",
            "sampled", "is whatever kernel it is given");

    /** What belongs to convolutions, which want uniform axes. */
    private static final List<Class<?>> KERNELS = List.of(RadialFunction.class, Shells.class, double[].class, double.class, PointMap.class);

    /** Values for a parameter type on a grid; the one place that new parameter types are added to. */
    private static List<?> choices(Class<?> type, Grid grid) {
        int d = grid.dimension();
        if (KERNELS.contains(type) && !grid.isUniform()) {
            return List.of();
        }
        RadialFunction bump = Radial.gaussian(d, 0.2).within(0.45);
        if (type == Grid.class) {
            return List.of(grid);
        } else if (type == Boundaries.class) {
            return List.of(Boundaries.all(Boundary.zero()), Boundaries.all(Boundary.extrapolate(1)),
                    Boundaries.all(Boundary.symmetric()));
        } else if (type == FieldType.class) {
            return List.of(FieldType.SCALAR, FieldType.VECTOR, FieldType.PSEUDOSCALAR, FieldType.PSEUDOVECTOR);
        } else if (type == RadialFunction.class) {
            return List.of(bump);
        } else if (type == Shells.class) {
            return List.of(Shells.of(grid, bump.cutoff()));
        } else if (type == double[].class) {
            Shells shells = Shells.of(grid, bump.cutoff());
            return List.of(Arrays.stream(shells.radii()).map(r -> 1 / (1 + r)).toArray());
        } else if (type == Stencil.class) {
            int[] offset = new int[d];
            offset[d - 1] = 1;
            return List.of(Stencil.builder(d, 1, 1).tap(0, 0, 2, new int[d]).tap(0, 0, -0.7, offset).build());
        } else if (type == double.class) {
            // a length, a time, a tolerance: each is fine with it
            return List.of(0.3);
        } else if (type == PointMap.class) {
            return List.of((PointMap) (x, value) -> value[0] = Math.exp(-x[0] * x[0]));
        } else if (type == int.class) {
            return List.of(0, 1, 2);
        } else if (type == TensorType.class) {
            return List.of(TensorType.GENERAL, TensorType.SYMMETRIC, TensorType.ANTISYMMETRIC.reflected(),
                    TensorType.TRACELESS);
        } else if (type == DifferenceWeights.class) {
            return List.of(DifferenceWeights.of(1, -1, 0, 2), DifferenceWeights.centred(2, 2));
        }
        throw new AssertionError("no value of " + type + " is known here; a factory needs one to be held to the laws");
    }

    private record Made(String name, LinearOperator operator) {}

    private static List<Method> factories(Class<?> owner, boolean isStatic) {
        return Stream.of(owner.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Modifier.isStatic(method.getModifiers()) == isStatic)
                .filter(method -> LinearOperator.class.isAssignableFrom(method.getReturnType()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    /** Everything that a factory makes on a grid; combinations it refuses by its own word are left out. */
    private static List<Made> make(Method factory, Object owner, Grid grid) throws ReflectiveOperationException {
        List<Object[]> arguments = List.of(new Object[][] {{}});
        for (Class<?> type : factory.getParameterTypes()) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] begun : arguments) {
                for (Object choice : choices(type, grid)) {
                    Object[] next = Arrays.copyOf(begun, begun.length + 1);
                    next[begun.length] = choice;
                    longer.add(next);
                }
            }
            arguments = longer;
        }
        List<Made> made = new ArrayList<>();
        for (Object[] list : arguments) {
            try {
                made.add(new Made(factory.getName(), (LinearOperator) factory.invoke(owner, list)));
            } catch (InvocationTargetException refused) {
                assertThat(refused.getCause())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("had to");
            }
        }
        return made;
    }

    @TestFactory
    List<DynamicTest> everyFactoryObeysTheLaws() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method factory : factories(Operators.class, true)) {
            tests.add(DynamicTest.dynamicTest(factory.toString(), () -> {
                List<Made> all = new ArrayList<>();
                for (Grid grid : GRIDS) {
                    all.addAll(make(factory, null, grid));
                }
                obey(all);
            }));
        }
        for (Method factory : factories(Kernels.class, true)) {
            tests.add(DynamicTest.dynamicTest(factory.toString(), () -> {
                List<Made> all = new ArrayList<>();
                for (Grid grid : GRIDS) {
                    all.addAll(make(factory, null, grid));
                }
                obey(all);
            }));
        }
        for (Method factory : factories(Differential.class, false)) {
            tests.add(DynamicTest.dynamicTest(factory.toString(), () -> {
                List<Made> all = new ArrayList<>();
                for (Grid grid : GRIDS) {
                    Differential second = Differential.on(grid);
                    all.addAll(make(factory, second, grid));
                    all.addAll(make(factory, second.accuracy(4), grid));
                    all.addAll(make(factory, second.isotropic(), grid));
                }
                obey(all);
            }));
        }
        for (Method factory : factories(AxisDerivative.class, false)) {
            tests.add(DynamicTest.dynamicTest(factory.toString(), () -> {
                List<Made> all = new ArrayList<>();
                for (Grid grid : GRIDS) {
                    for (int a = 0; a < grid.dimension(); a++) {
                        Differential second = Differential.on(grid);
                        all.addAll(make(factory, second.along(a), grid));
                        Boundaries walls = Boundaries.all(Boundary.symmetric());
                        all.addAll(make(factory, second.beyondWalls(walls).along(a), grid));
                        all.addAll(make(factory, second.accuracy(4).along(a), grid));
                    }
                }
                obey(all);
            }));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(45);
        return tests;
    }

    private static void obey(List<Made> all) {
        assertThat(all).as("operators that the factory makes").isNotEmpty();
        for (Made made : all) {
            LinearOperator operator = made.operator;
            Verify laws = Verify.that(operator);
            laws.linear().orThrow();
            laws.adjoint().orThrow();
            laws.gradient().orThrow();
            laws.deterministic().orThrow();
            Grid grid = operator.domain().grid();
            if (grid.axes().stream().anyMatch(axis -> axis.isPeriodic() && axis.isUniform())) {
                laws.translationEquivariant().orThrow();
            }
            if (!NOT_EQUIVARIANT.containsKey(made.name) && grid.symmetries().size() > 1) {
                laws.rotationEquivariant().orThrow();
            }
        }
        Verify.that(all.getLast().operator).allocationFree().orThrow();
    }

    @TestFactory
    List<DynamicTest> exceptionsAreNeeded() {
        return NOT_EQUIVARIANT.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    boolean byParts = name.equals("summationByParts");
                    Axis axis = byParts ? Axis.uniform(0, 1, 9) : PERIODIC;
                    Grid grid = Grid.of(axis, axis);
                    Method factory = Stream.of(factories(Operators.class, true), factories(Kernels.class, true),
                                    factories(AxisDerivative.class, false))
                            .flatMap(List::stream)
                            .filter(method -> method.getName().equals(name))
                            .findFirst()
                            .orElseThrow();
                    Object owner = Modifier.isStatic(factory.getModifiers())
                            ? null : Differential.on(grid).accuracy(4).along(0);
                    LinearOperator operator = make(factory, owner, grid).getFirst().operator;
                    assertThat(Verify.that(operator).rotationEquivariant().holds()).isFalse();
                }))
                .toList();
    }
}
