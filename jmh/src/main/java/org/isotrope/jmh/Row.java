package org.isotrope.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * What was measured of one contestant at one workload.
 *
 * @param workload name of the workload
 * @param who name of the contestant
 * @param precision FLOAT or DOUBLE
 * @param variant empty; {@code polluted}; {@code latency}, where every call was timed; or a vector width in bytes
 * @param median microseconds a call
 * @param late 99th percentile of calls where each was timed, of the means of iterations otherwise
 * @param latest 99.9th percentile, likewise
 * @param error half of the 99.9 % interval of the mean as JMH says it, or not a number
 * @param bytes of garbage a call, of the first contestant only
 */
record Row(
        String workload, String who, String precision, String variant, double median, double late, double latest,
        double error, double bytes) {
    private static final String WIDTH = "-XX:MaxVectorSize=";

    /** Those of a result of {@link Contest}. */
    static List<Row> of(RunResult result) {
        BenchmarkParams run = result.getParams();
        Statistics times = result.getPrimaryResult().getStatistics();
        double error = result.getPrimaryResult().getScoreError();
        boolean latency = run.getBenchmark().endsWith(".latency");
        String width = run.getJvmArgs().stream().filter(arg -> arg.startsWith(WIDTH)).findFirst().orElse(WIDTH);
        String variant = latency ? "latency" : Boolean.parseBoolean(run.getParam("polluted")) ? "polluted"
                : width.substring(WIDTH.length());
        String[] who = run.getParam("who").split("\\" + Contest.SEPARATOR);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < who.length; i++) {
            Statistics own = latency ? times : turns(result.getSecondaryResults().get("time" + i).getStatistics());
            rows.add(new Row(run.getParam("workload"), who[i], run.getParam("precision"), variant, own.getPercentile(50),
                    own.getPercentile(99), own.getPercentile(99.9), latency ? error : own.getMeanErrorAt(0.999),
                    latency || i > 0 ? Double.NaN
                            : result.getSecondaryResults().get("bytes").getStatistics().getPercentile(50)));
        }
        return rows;
    }

    /** Iterations in which there was a turn. */
    private static Statistics turns(Statistics all) {
        ListStatistics some = new ListStatistics();
        Iterator<Map.Entry<Double, Long>> values = all.getRawData();
        while (values.hasNext()) {
            Map.Entry<Double, Long> value = values.next();
            for (long k = 0; value.getKey() > 0 && k < value.getValue(); k++) {
                some.addValue(value.getKey());
            }
        }
        return some;
    }

    /** What the workload has to do, or the ceiling does. */
    Work work() {
        Work work = Work.of(workload, precision);
        return switch (who) {
            case "fma" -> new Work(0, 0, Fma.flops());
            case "fma-2" -> new Work(0, 0, 2 * Fma.flops());
            case "copy", "copy-all" -> new Work(work.points(), work.bytes(), 0);
            default -> work;
        };
    }

    boolean isOurs() {
        return who.startsWith("isotrope");
    }

    boolean is(String otherWorkload, String otherWho, String otherVariant) {
        return Arrays.asList(workload, who, precision, variant)
                .equals(Arrays.asList(otherWorkload, otherWho, "FLOAT", otherVariant));
    }
}
