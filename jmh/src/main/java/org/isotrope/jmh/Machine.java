package org.isotrope.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** What a study ran on. */
final class Machine {
    private static final List<String> FLAGS = List.of("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512vl", "asimd", "sve");

    private Machine() {}

    /** Processor, cores, vector flags, JDK, date and commit on one line. */
    static String describe() {
        String processor = line("model name", System.getProperty("os.arch"));
        List<String> flags = Arrays.asList(line("flags", line("Features", "")).split(" "));
        return processor + " (family " + line("cpu family", "?") + ", model " + line("model\t", "?") + "), "
                + Runtime.getRuntime().availableProcessors() + " processors, cache " + line("cache size", "?") + ", "
                + String.join(" ", FLAGS.stream().filter(flags::contains).toList()) + "; "
                + System.getProperty("java.vm.name") + " " + Runtime.version() + "; " + LocalDate.now() + "; commit "
                + System.getProperty("commit", "unknown");
    }

    private static String line(String key, String otherwise) {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith(key)).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(otherwise);
        } catch (IOException notLinux) {
            return otherwise;
        }
    }
}
