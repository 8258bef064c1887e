package org.isotrope.laws;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;

/** Plans, applies and closes many times in a JVM that tracks native memory, and prints how much there is of it. */
final class PlanCycles {
    private PlanCycles() {}

    /** Kilobytes that were allocated outside the heap by code in Java. */
    private static long kilobytes() throws JMException, InterruptedException {
        long least = Long.MAX_VALUE;
        // cleaners run a little after the collection
        for (int wait = 0; wait < 10; wait++) {
            System.gc();
            Thread.sleep(10);
            String summary = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory",
                    new Object[] {new String[] {"summary"}}, new String[] {String[].class.getName()});
            Matcher other = Pattern.compile("Other \\(reserved=(\\d+)KB").matcher(summary);
            // the category is left out while it is empty
            least = Math.min(least, other.find() ? Long.parseLong(other.group(1)) : 0);
        }
        return least;
    }

    /** Prints kilobytes before, with a field of 8000 kilobytes, and after all cycles. */
    public static void main(String[] arguments) throws JMException, InterruptedException {
        cycles(10);
        long before = kilobytes();
        long held;
        try (Fields fields = Fields.confined()) {
            fields.scalar(Grid.of(Axis.uniform(0, 1, 1000), Axis.uniform(0, 1, 1024)));
            held = kilobytes();
        }
        cycles(Integer.parseInt(arguments[0]));
        System.out.println("native kilobytes: " + before + " " + held + " " + kilobytes());
    }

    private static void cycles(int count) {
        Grid grid = Grid.of(Axis.uniform(0, 1, 9), Axis.periodic(0, 1, 8));
        Boundaries mirrors = Boundaries.all(Boundary.mirror());
        for (int cycle = 0; cycle < count; cycle++) {
            try (Fields fields = Fields.confined()) {
                LinearOperator operator = cycle % 4 == 0
                        // with memory of the plan's own between the two
                        ? Operators.gradient(grid, mirrors).then(Operators.divergence(grid, mirrors))
                        : Operators.laplacian(grid, mirrors);
                Field out = fields.scalar(grid);
                operator.plan(Precision.DOUBLE, Execution.serial()).apply(fields.scalar(grid).fill(cycle), out);
                if (Math.abs(out.getFlat(cycle % grid.size())) > 1e-6) {
                    throw new IllegalStateException("a derivative of a constant is " + out.getFlat(cycle % grid.size()));
                }
            }
        }
    }
}
