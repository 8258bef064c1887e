package org.isotrope.laws;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.stencil.Stencil;
import org.isotrope.laws.Generators.Walled;

/** A random expression in the algebra of operators, with what it means spelled out by hand. */
sealed interface Expression {
    /** What the algebra of the library makes of it. */
    LinearOperator operator();

    /** Its meaning, one leaf after another. */
    Field byHand(Field x);

    /** How large images may be, from the norms of the leaves. */
    double bound();

    record Leaf(String name, LinearOperator operator, double bound) implements Expression {
        /**
         * The norm, from a few steps of the power method, and a margin.
         *
         * @param weights how large weights are, which may cancel to nothing on a few nodes between mirrors
         */
        static Leaf of(String name, LinearOperator operator, double weights) {
            Field x = Samples.random(operator.domain(), Precision.DOUBLE, 3);
            double norm = 0;
            for (int k = 0; k < 8; k++) {
                Arithmetic.scale(1 / Math.max(Samples.norm(x), Double.MIN_NORMAL), x, x);
                Field image = operator.apply(x);
                norm = Math.max(norm, Samples.norm(image));
                x = operator.adjoint().apply(image);
            }
            return new Leaf(name, operator, 2 * norm + weights);
        }

        @Override
        public Field byHand(Field x) {
            return operator.apply(x);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Sum(Expression a, double factor, Expression b) implements Expression {
        @Override
        public LinearOperator operator() {
            return factor == 1 ? a.operator().plus(b.operator())
                    : factor == -1 ? a.operator().minus(b.operator())
                    : a.operator().plus(b.operator().times(factor));
        }

        @Override
        public Field byHand(Field x) {
            Field sum = a.byHand(x);
            Arithmetic.addScaled(factor, b.byHand(x), sum);
            return sum;
        }

        @Override
        public double bound() {
            return a.bound() + Math.abs(factor) * b.bound();
        }
    }

    record Then(Expression a, Expression b) implements Expression {
        @Override
        public LinearOperator operator() {
            return a.operator().then(b.operator());
        }

        @Override
        public Field byHand(Field x) {
            return b.byHand(a.byHand(x));
        }

        @Override
        public double bound() {
            return a.bound() * b.bound();
        }
    }

    record Power(Expression a, int exponent) implements Expression {
        @Override
        public LinearOperator operator() {
            return a.operator().power(exponent);
        }

        @Override
        public Field byHand(Field x) {
            Field image = Fields.automatic().copy(x);
            for (int k = 0; k < exponent; k++) {
                image = a.byHand(image);
            }
            return image;
        }

        @Override
        public double bound() {
            return Math.pow(a.bound(), exponent);
        }
    }

    /** A random expression of scalar operators; the seed alone decides its form. */
    static Expression random(Walled walled, long seed) {
        return random(walled.grid(), walled.boundaries(), new Random(seed), 2);
    }

    private static Expression random(Grid grid, Boundaries walls, Random random, int depth) {
        int form = depth == 0 ? 0 : random.nextInt(5);
        double factor = new double[] {1, -1, 0.5, -3}[random.nextInt(4)];
        int exponent = random.nextInt(4);
        return switch (form) {
            case 1, 2 -> new Sum(random(grid, walls, random, depth - 1), factor, random(grid, walls, random, depth - 1));
            case 3 -> new Then(random(grid, walls, random, depth - 1), random(grid, walls, random, depth - 1));
            case 4 -> new Power(random(grid, walls, random, depth - 1), exponent);
            default -> leaf(grid, walls, random);
        };
    }

    private static Expression leaf(Grid grid, Boundaries walls, Random random) {
        int kind = random.nextInt(10);
        double finest = fineness(grid);
        boolean adjoint = random.nextInt(4) == 0;
        int axis = random.nextInt(6) % grid.dimension();
        long taps = random.nextLong();
        String name = new String[] {
            "laplacian", "one-sided laplacian", "derivative", "gradient", "identity", "stencil", "laplacian of order 4",
            "gradient and vectors", "convolution", "convolution to vectors"
        }[kind];
        try {
            LinearOperator made = switch (kind) {
                case 0 -> Operators.laplacian(grid, walls);
                case 1 -> Operators.laplacian(grid);
                case 2 -> Operators.derivative(grid, axis, walls);
                case 3, 7 -> Operators.gradient(grid, walls);
                case 4 -> Operators.identity(grid, FieldType.SCALAR);
                case 5 -> stencil(grid, walls, new Random(taps));
                case 8 -> Operators.radial(grid, bump(grid), FieldType.SCALAR, FieldType.SCALAR, walls);
                case 9 -> Operators.radial(grid, bump(grid), FieldType.SCALAR, FieldType.VECTOR, walls);
                default -> Differential.on(grid).accuracy(4).beyondWalls(walls).laplacian();
            };
            if (kind == 3) {
                return new Then(Leaf.of("gradient", made, finest),
                        Leaf.of("divergence", Operators.divergence(grid, walls), finest));
            }
            if (kind == 7) {
                return new Then(Leaf.of("gradient", made, finest), new Then(
                        Leaf.of("laplacian of vectors", Operators.laplacian(grid, FieldType.VECTOR, walls), finest * finest),
                        Leaf.of("divergence", Operators.divergence(grid, walls), finest)));
            }
            if (kind == 9) {
                return new Then(Leaf.of(name, made, 1), Leaf.of("convolution of vectors",
                        Operators.radial(grid, bump(grid), FieldType.VECTOR, FieldType.SCALAR, walls), 1));
            }
            double weights = kind == 4 || kind == 8 ? 1 : kind == 5 ? 20 : kind == 2 ? finest : finest * finest;
            return Leaf.of(name + (adjoint ? " transposed" : ""), adjoint ? made.adjoint() : made, weights);
        } catch (IllegalArgumentException refused) {
            if (!refused.getMessage().contains("had to")) {
                throw refused;
            }
            // too few nodes for that
            return Leaf.of("identity", Operators.identity(grid, FieldType.SCALAR), 1);
        }
    }

    /** A few of the finest spacings wide, so that kernels stay small. */
    private static RadialFunction bump(Grid grid) {
        double finest = 4 / fineness(grid);
        return Radial.gaussian(grid.dimension(), 1.3 * finest).within(2.3 * finest);
    }

    /** The size of the weights of first differences: a few over the least distance between neighbours. */
    private static double fineness(Grid grid) {
        double least = 1;
        for (Axis axis : grid.axes()) {
            for (int i = 1; i < axis.size(); i++) {
                least = Math.min(least, axis.node(i) - axis.node(i - 1));
            }
        }
        return 4 / least;
    }

    private static LinearOperator stencil(Grid grid, Boundaries walls, Random random) {
        Stencil.Builder stencil = Stencil.builder(grid.dimension(), 1, 1);
        for (int t = 0; t < 7; t++) {
            stencil.tap(0, 0, random.nextGaussian(), random.ints(grid.dimension(), -2, 3).toArray());
        }
        return Operators.stencil(stencil.build(), grid, FieldType.SCALAR, FieldType.SCALAR, walls);
    }
}
