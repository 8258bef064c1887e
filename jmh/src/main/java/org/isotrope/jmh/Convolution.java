package org.isotrope.jmh;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.radial.RadialFunction;
import org.isotrope.kernels.stencil.Stencil;

/**
 * Kernels on n² or n³ values, zero beyond the edges: general ones (square, cube); exact radial ones inside their disc or
 * ball, and the products that lead to and from vectors; radial ones within a relative error of 1e-6 (allowed2, allowed3),
 * among them a sum of three Gaussians (smooth) and one that is smooth at its cutoff (compact); and Gaussians on a torus
 * (circular2, circular3).
 */
final class Convolution extends Workload {
    private static final double ALLOWED = 1e-6;

    private static final List<String> PLANE =
            List.of("square", "disc", "smooth", "compact", "allowed2", "circular2");

    private final String kernel;
    private final int radius;

    Convolution(String kernel, int radius, int n, Precision precision) {
        this.kernel = kernel;
        this.radius = radius;
        super(precision, PLANE.contains(kernel) ? 2 : 3, n, radius,
                kernel.startsWith("circular") ? Taps.Edges.PERIODIC : Taps.Edges.ZERO);
    }

    @Override
    LinearOperator operator(Grid grid) {
        FieldType scalar = FieldType.SCALAR;
        FieldType vector = FieldType.VECTOR;
        RadialFunction decaying = Radial.of("e⁻ʳ", r -> Math.exp(-r)).within(radius);
        return switch (kernel) {
            case "square", "cube" -> Operators.stencil(general(grid.dimension()), grid, scalar, scalar,
                    Boundaries.all(Boundary.zero()));
            case "disc", "ball", "allowed2", "allowed3" -> Operators.radial(grid, decaying);
            case "smooth" -> Operators.radial(grid, Radial.of("three Gaussians",
                    r -> gaussian(5.5 * r) - 1.5 * gaussian(8 * r) + 1.2 * gaussian(12 * r)).within(radius));
            case "compact" -> Operators.radial(grid, Radial.of("(1 − s)⁴ e⁻ˢ, s = r²/c²", r -> {
                double s = r * r / (radius * radius);
                return Math.pow(1 - s, 4) * Math.exp(-s);
            }).within(radius));
            case "circular2", "circular3" ->
                Operators.radial(grid, Radial.gaussian(grid.dimension(), radius / 3.0).within(radius));
            case "scalarvector" -> Operators.radial(grid, decaying, scalar, vector);
            case "vectorscalar" -> Operators.radial(grid, decaying, vector, scalar);
            default -> Operators.convolution(grid, decaying, vector, vector);
        };
    }

    private double gaussian(double r) {
        return Math.exp(-r * r / (2.0 * radius * radius));
    }

    private Stencil general(int dimension) {
        Random random = new Random(7);
        Stencil.Builder taps = Stencil.builder(dimension, 1, 1);
        for (int x = -radius; x <= radius; x++) {
            for (int y = -radius; y <= radius; y++) {
                if (dimension == 2) {
                    taps.tap(0, 0, random.nextDouble() - 0.5, x, y);
                } else {
                    for (int z = -radius; z <= radius; z++) {
                        taps.tap(0, 0, random.nextDouble() - 0.5, x, y, z);
                    }
                }
            }
        }
        return taps.build();
    }

    @Override
    Execution execution() {
        boolean allowed = List.of("smooth", "compact", "allowed2", "allowed3").contains(kernel);
        return allowed ? Execution.serial().allowing(ALLOWED) : Execution.serial();
    }

    @Override
    double tolerance() {
        return super.tolerance() + execution().allowedError();
    }

    @Override
    Task other(String who) throws Throwable {
        return switch (who) {
            case "plainC" -> plain("convolution", taps.weights(), 0, sizes(0));
            case "tunedC" -> {
                int k = 2 * radius + 1;
                long row = n + k + 64L;
                long scratch = taps.weights().length + 64L
                        + taps.inputs() * (row * (n + k) + 64) * (dimension == 3 ? n + k : 1);
                long variants = NativeCode.TUNED.number("tiles", precision);
                yield tuned("convolution", taps.weights(), scratch,
                        LongStream.range(0, variants).mapToObj(this::sizes).toList());
            }
            case "floatArray", "segment", "vectorArray" -> JavaConvolution.task(who, in, out, taps, n);
            case "fftw" -> {
                Field point = empty(in.type(), in.grid());
                point.setFlat(0, 1);
                Field response = empty(in.type(), in.grid());
                operator(in.grid()).plan(precision, Execution.serial()).apply(point, response);
                yield Fftw.convolution(in, out, response);
            }
            case "openCv", "boofCv", "jTransforms" -> {
                float[] weights = new float[taps.weights().length];
                for (int t = 0; t < weights.length; t++) {
                    weights[t] = (float) taps.weights()[t];
                }
                yield Objects.requireNonNull(Peer.named(who)).convolution(in, out, weights, 2 * radius + 1);
            }
            default -> throw new IllegalArgumentException("who is " + who + "; it had to be a contestant");
        };
    }

    private long[] sizes(long variant) {
        return new long[] {n, variant, dimension, 2L * radius + 1, taps.inputs(), taps.outputs()};
    }
}
