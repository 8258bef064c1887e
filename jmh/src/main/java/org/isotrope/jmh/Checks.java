package org.isotrope.jmh;

import java.util.List;
import java.util.Locale;
import org.isotrope.grids.Field;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;

/**
 * What is not a time: whether results have the bits of the scalar reference in this JVM, and the error of a kernel that is
 * allowed one. Prints a line each: {@code bits}, workload, precision, {@code same} or {@code different}; {@code error},
 * workload and the error.
 */
public final class Checks {
    private static final List<String> BITS = List.of(
            "laplacian-65", "mirrored-64", "laplacian25-32", "gradient-33", "divergence-32", "curl-33", "square-15-70",
            "disc-15-100", "disc-31-70", "cube-5-24", "ball-7-33", "ball-11-24", "vectorvector-5-16", "smooth-31-70");

    private Checks() {}

    /**
     * Checks.
     *
     * @param args none
     */
    public static void main(String[] args) throws Throwable {
        for (String name : BITS) {
            for (Precision precision : Precision.values()) {
                Workload workload = Workloads.named(name, precision);
                Execution lanes = workload.execution();
                if (lanes.allowedError() > 0) {
                    // within an error spectra may be chosen, which meet their reference up to rounding only
                    lanes = lanes.with(Algorithm.SEPARABLE);
                }
                workload.plan(lanes).run();
                Field found = copy(workload);
                workload.plan(new Execution(1, true, lanes.algorithm(), lanes.allowedError(), false, null)).run();
                boolean same = found.segment().mismatch(workload.out.segment()) < 0;
                System.out.println("bits " + name + " " + precision.name().toLowerCase(Locale.ROOT) + " "
                        + (same ? "same" : "different"));
            }
        }
        Workload smooth = Workloads.named("smooth-31-1024", Precision.FLOAT);
        smooth.by("isotrope").run();
        Field found = copy(smooth);
        smooth.plan(Execution.serial().with(Algorithm.SWEEPS)).run();
        double error = 0;
        double largest = 0;
        for (long i = 0; i < found.count(); i++) {
            error = Math.max(error, Math.abs(found.getFlat(i) - smooth.out.getFlat(i)));
            largest = Math.max(largest, Math.abs(smooth.in.getFlat(i)));
        }
        System.out.println("error smooth-31-1024 " + error / (largest * smooth.taps.norm(0)));
    }

    private static Field copy(Workload workload) {
        Field copy = workload.empty(workload.out.type(), workload.out.grid());
        copy.segment().copyFrom(workload.out.segment());
        return copy;
    }
}
