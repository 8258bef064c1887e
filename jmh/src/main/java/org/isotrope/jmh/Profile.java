package org.isotrope.jmh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.isotrope.grids.Precision;

/**
 * Where a workload spends its time: samples of the stack by the JDK's Flight Recorder, each counted for the innermost
 * method of the library that is more than one access to memory. Prints a line a method, the most expensive first: its share
 * and its name.
 */
final class Profile {
    /** Shows where the code is between safepoints, as samples need it. */
    static final String[] OPTIONS = {"-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"};

    private static final String EVENT = "jdk.ExecutionSample";
    private static final String LIBRARY = "org.isotrope.kernels.";
    private static final double WARM_UP = 1.5;
    private static final double MEASURED = 2;
    private static final int LINES = 5;
    /** One load or broadcast, which belongs to the loop around it. */
    private static final List<String> ACCESSES = List.of("load", "weight", "value");

    private Profile() {}

    /**
     * Profiles.
     *
     * @param args a workload and who computes it
     */
    public static void main(String[] args) throws Throwable {
        Task task = Workloads.named(args[0], Precision.FLOAT).by(args[1]);
        Rounds.repeat(task, WARM_UP);
        Path file = Files.createTempFile("isotrope", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withPeriod(Duration.ofMillis(2));
            recording.start();
            Rounds.repeat(task, MEASURED);
            recording.stop();
            recording.dump(file);
            print(RecordingFile.readAllEvents(file));
        } finally {
            Files.delete(file);
        }
    }

    private static void print(List<RecordedEvent> events) {
        Map<String, Integer> counts = new TreeMap<>();
        int all = 0;
        for (RecordedEvent event : events) {
            if (event.getStackTrace() == null) {
                continue;
            }
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                String owner = frame.getMethod().getType().getName();
                if (owner.startsWith(LIBRARY) && !ACCESSES.contains(frame.getMethod().getName())) {
                    counts.merge(owner.substring(owner.lastIndexOf('.') + 1) + "." + frame.getMethod().getName(), 1,
                            Integer::sum);
                    all++;
                    break;
                }
            }
        }
        int total = all;
        counts.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).limit(LINES)
                .forEach(entry -> System.out.printf(Locale.ROOT, "%.1f %s%n", 100.0 * entry.getValue() / total,
                        entry.getKey()));
    }
}
