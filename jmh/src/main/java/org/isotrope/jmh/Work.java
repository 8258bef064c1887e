package org.isotrope.jmh;

/**
 * What one call at a workload has to do, whatever the algorithm.
 *
 * @param points output nodes
 * @param bytes compulsory traffic: every input read once, every output written once
 * @param flops as plain loops count them; for convolutions the dense kernel, 2 kᵈ a point and pair of components
 */
record Work(double points, double bytes, double flops) {
    private static final int STEPS = 100;

    /** The work of a named workload. */
    static Work of(String workload, String precision) {
        String[] parts = workload.split("-");
        double width = precision.equals("DOUBLE") ? 8 : 4;
        double n = Double.parseDouble(parts[parts.length - 1]);
        double k = parts.length > 2 ? Double.parseDouble(parts[1]) : 1;
        return switch (parts[0]) {
            case "memory" -> of(n * n * n, width, 2, 0);
            case "laplacian", "mirrored", "geometry" -> of(n * n * n, width, 2, 13);
            case "laplacian25" -> of(n * n * n, width, 2, 37);
            case "gradient" -> of(n * n * n, width, 4, 6);
            case "divergence" -> of(n * n * n, width, 4, 8);
            case "curl" -> of(n * n * n, width, 6, 12);
            case "diffusion" -> of(STEPS * n * n * n, width, 2, 13);
            case "advection" -> of(STEPS * n * n * n, width, 2, 7);
            case "wave" -> of(STEPS * n * n * n, width, 3, 14);
            case "medium" -> of(STEPS * n * n * n, width, 4, 17);
            case "blur" -> of(n * n * n, width, 2, 2 * 3 * k);
            case "square", "disc", "smooth", "compact", "allowed2", "circular2" -> of(n * n, width, 2, 2 * k * k);
            case "scalarvector", "vectorscalar" -> of(n * n * n, width, 4, 3 * 2 * k * k * k);
            case "vectorvector" -> of(n * n * n, width, 6, 9 * 2 * k * k * k);
            default -> of(n * n * n, width, 2, 2 * k * k * k);
        };
    }

    private static Work of(double points, double width, double values, double flops) {
        return new Work(points, values * width * points, flops * points);
    }
}
