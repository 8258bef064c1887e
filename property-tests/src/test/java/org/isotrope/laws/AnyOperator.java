package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Stretching;
import org.isotrope.kernels.LinearOperator;

/**
 * What any public factory of the libraries makes of random arguments on a random grid: factories are found by reflection,
 * so that a new one is tried the day it is born.
 *
 * @param factory what made the operator
 * @param operator what it made
 */
record AnyOperator(Executable factory, LinearOperator operator) {
    private static final List<Executable> FACTORIES = FactoryRegistryTest.factories().stream()
            .filter(factory -> !FactoryRegistryTest.ELSEWHERE.containsKey(Factories.name(factory)))
            .toList();

    private static final int PATIENCE = 1_000;

    @Override
    public String toString() {
        return factory + " made from " + operator.domain() + "\n" + operator.explain();
    }

    /** From a factory that a seed chooses among those that make anything on a grid. */
    static AnyOperator random(Grid grid, long seed) {
        Random random = new Random(seed);
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            Executable factory = FACTORIES.get(random.nextInt(FACTORIES.size()));
            LinearOperator made = make(factory, grid, random);
            if (made != null) {
                return new AnyOperator(factory, made);
            }
        }
        throw new AssertionError("no factory makes anything on\n" + grid);
    }

    private static Object any(List<?> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Null where the factory refuses, by its own word. */
    private static LinearOperator make(Executable factory, Grid grid, Random random) {
        try {
            boolean isOfAnObject = factory instanceof Method && !Modifier.isStatic(factory.getModifiers());
            Object owner = null;
            if (isOfAnObject) {
                List<Supplier<?>> owners = FactoryRegistryTest.owners(factory.getDeclaringClass(), grid);
                owner = owners.get(random.nextInt(owners.size())).get();
            }
            Class<?>[] types = factory.getParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                List<?> choices = FactoryRegistryTest.choices(factory, types[i], grid);
                if (choices.isEmpty()) {
                    return null;
                }
                arguments[i] = any(choices, random);
            }
            Object made = factory instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments) : ((Method) factory).invoke(owner, arguments);
            return (LinearOperator) any(FactoryRegistryTest.operators(made), random);
        } catch (InvocationTargetException refused) {
            assertThat(refused.getCause())
                    .as(factory + " on\n" + grid)
                    .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                    .hasMessageContaining("had to");
            return null;
        } catch (IllegalArgumentException | IllegalStateException refused) {
            assertThat(refused).as(factory + " on\n" + grid).hasMessageContaining("had to");
            return null;
        } catch (ReflectiveOperationException unusable) {
            throw new AssertionError(factory + " is public and cannot be called", unusable);
        }
    }

    /** Operators on small grids of every kind. */
    static final class Domain extends DomainContextBase {
        private static Arbitrary<Axis> axes(int least, int most) {
            return Combinators.combine(Arbitraries.integers().between(least, most), Arbitraries.integers().between(0, 5))
                    .as((n, kind) -> switch (kind) {
                        case 0 -> Axis.uniform(0, 1, n);
                        case 1 -> Axis.periodic(0, 1, n);
                        case 2 -> Axis.cells(0, 1, n);
                        case 3 -> Stretching.tanh(1.2).nodes(0, 1, n);
                        case 4 -> Stretching.geometric(1.1).nodes(0, 1, n);
                        default -> Stretching.of("wave", x -> x + 0.1 * Math.sin(2 * Math.PI * x) / Math.PI)
                                .periodic(0, 1, n);
                    });
        }

        private static Arbitrary<Grid> grids() {
            Arbitrary<Grid> line = axes(3, 35).map(Grid::of);
            Arbitrary<Grid> plane = Combinators.combine(axes(3, 8), axes(3, 19)).as(Grid::of);
            Arbitrary<Grid> sheared = Combinators.combine(axes(4, 6), axes(4, 9), Arbitraries.doubles().between(-0.6, 0.6))
                    .as((x, y, shear) -> Grid.of(new double[][] {{1, shear}, {0.1, 0.9}}, x, y));
            // all axes alike, so that there are symmetries
            Arbitrary<Grid> square = axes(4, 8).map(axis -> Grid.of(axis, axis));
            Arbitrary<Grid> space = Combinators.combine(axes(3, 4), axes(3, 5), axes(3, 9)).as(Grid::of);
            Arbitrary<Grid> cube = axes(4, 5).map(axis -> Grid.of(axis, axis, axis));
            return Arbitraries.oneOf(line, plane, sheared, square, space, cube);
        }

        @Provide
        Arbitrary<AnyOperator> operators() {
            return Combinators.combine(grids(), Arbitraries.longs()).as(AnyOperator::random);
        }
    }
}
