package org.isotrope.jmh;

import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * What one call of a benchmark has to do, whatever the algorithm.
 *
 * @param name the workload in words
 * @param points output nodes
 * @param bytes compulsory traffic: every input read once, every output written once
 * @param flops as plain loops count them; for convolutions the dense kernel, 2 kᵈ a point and pair of components
 */
record Work(String name, double points, double bytes, double flops) {
    /**
     * The work of a benchmark of this package.
     *
     * @param benchmark simple name of the class
     * @param params parameters of the run
     */
    static Work of(String benchmark, Map<String, String> params) {
        double width = "DOUBLE".equals(params.get("precision")) ? 8 : 4;
        double n = Double.parseDouble(params.getOrDefault("n", "0"));
        double cube = n * n * n;
        double k = 2 * Double.parseDouble(params.getOrDefault("radius", "0")) + 1;
        return switch (benchmark) {
            case "CeilingBenchmark" -> new Work((int) n + "³ values", cube, 2 * width * cube, 2 * cube);
            case "LaplacianBenchmark" -> new Work("7-point Laplacian " + (int) n + "³", cube, 2 * width * cube, 13 * cube);
            case "DerivativeBenchmark" -> {
                String operator = params.get("operator");
                double[] counts = switch (operator) {
                    case "laplacian25" -> new double[] {2, 37};
                    case "curl" -> new double[] {6, 12};
                    case "gradient" -> new double[] {4, 6};
                    default -> new double[] {4, 8};
                };
                yield new Work(operator + " " + (int) n + "³", cube, counts[0] * width * cube, counts[1] * cube);
            }
            case "RadialBenchmark", "BoofCvBenchmark", "OpenCvBenchmark" ->
                plane("radial disc", k, width, k * k);
            case "ImageBenchmark" -> plane(params.get("kernel"), k, width, k * k);
            case "VolumeBenchmark" -> {
                String kernel = params.get("kernel");
                double in = kernel.startsWith("vector") ? 3 : 1;
                double out = kernel.endsWith("vector") ? 3 : 1;
                yield new Work(kernel + " " + (int) k + "³ on " + (int) n + "³", cube, (in + out) * width * cube,
                        2 * in * out * k * k * k * cube);
            }
            case "GaussianBenchmark" -> new Work("Gaussian 21³ on " + (int) n + "³", cube, 2 * width * cube,
                    2 * 63 * cube);
            case "TimeStepBenchmark" -> new Work("100 steps of diffusion " + (int) n + "³", 100 * cube,
                    200 * width * cube, 1300 * cube);
            case "WeightGradientBenchmark" -> new Work("7³ on " + (int) n + "³", cube, 2 * width * cube,
                    2 * k * k * k * cube);
            case "SpectralBenchmark", "JTransformsBenchmark" -> {
                String shape = params.get("shape");
                double values = 1;
                for (String size : shape.split("x")) {
                    values *= Double.parseDouble(size);
                }
                double levels = Math.log(values) / Math.log(2);
                yield new Work("convolution by spectra " + shape, values, 2 * width * values, 5 * levels * values);
            }
            case "FmaCeiling" -> new Work("fma in registers", 0, 0, 10_000_000.0 * 24
                    * FloatVector.SPECIES_PREFERRED.length());
            default -> new Work(benchmark, 0, 0, 0);
        };
    }

    private static Work plane(String name, double k, double width, double taps) {
        double values = 1024.0 * 1024;
        return new Work(name + " " + (int) k + "² on 1024²", values, 2 * width * values, 2 * taps * values);
    }
}
