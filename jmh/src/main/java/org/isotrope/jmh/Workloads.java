package org.isotrope.jmh;

import org.isotrope.grids.Precision;

/** Workloads by names such as {@code laplacian-64} and {@code disc-15-1024}: what, width where there is one, and size. */
final class Workloads {
    private Workloads() {}

    static Workload named(String name, Precision precision) {
        String[] parts = name.split("-");
        int n = Integer.parseInt(parts[parts.length - 1]);
        return switch (parts[0]) {
            case "laplacian", "mirrored", "laplacian25", "gradient", "divergence", "curl" ->
                new Differences(parts[0], n, precision);
            case "geometry" -> new Geometry(n, precision);
            case "diffusion", "advection", "wave", "medium" -> new TimeSteps(parts[0], n, precision);
            case "memory" -> new Memory(n, precision);
            case "blur" -> new Blur(Integer.parseInt(parts[1]) / 2, n, precision);
            case "shells" -> new ShellGradient(Integer.parseInt(parts[1]) / 2, n, precision);
            case "square", "disc", "smooth", "compact", "allowed2", "allowed3", "cube", "ball", "circular2", "circular3",
                "scalarvector", "vectorscalar", "vectorvector" ->
                new Convolution(parts[0], Integer.parseInt(parts[1]) / 2, n, precision);
            default -> throw new IllegalArgumentException("workload is " + name + "; it had to be a known one");
        };
    }
}
