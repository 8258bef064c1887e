package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every operator that reflection finds, by every algorithm, gives the same bits in vectors of 128, 256 and 512 bits, as
 * far as the machine has them.
 */
@Execution(ExecutionMode.CONCURRENT)
class WidthsTest {
    private static Process start(int bytes) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxVectorSize=" + bytes, "-XX:TieredStopAtLevel=1", "-Xmx512m",
                        "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
                        "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                        Digests.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void bitsDoNotDependOnTheWidthOfVectors() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (int bytes = 16; bytes <= FloatVector.SPECIES_PREFERRED.vectorByteSize(); bytes *= 2) {
            processes.add(start(bytes));
        }
        List<List<String>> all = new ArrayList<>();
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            all.add(said.lines().toList());
        }
        List<String> narrow = all.getFirst();
        assertThat(narrow).hasSizeGreaterThan(500);
        for (int k = 0; k < all.size(); k++) {
            List<String> wider = all.get(k);
            assertThat(wider).first().isEqualTo((128 << k) + " bits");
            assertThat(wider.subList(1, wider.size())).isEqualTo(narrow.subList(1, narrow.size()));
        }
    }
}
