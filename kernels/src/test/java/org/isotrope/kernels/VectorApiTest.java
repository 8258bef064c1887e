package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.engine.VectorApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VectorApiTest {
    private static final String FLAG = "--add-modules jdk.incubator.vector";

    /** Runs in a JVM of its own, on the class path. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Grid grid = Grid.of(Axis.uniform(-1, 1, 9), Axis.uniform(-1, 1, 9));
            Field field = Fields.automatic().scalar(grid).fill(x -> x[0]);
            List<Runnable> uses = List.of(
                    () -> Operators.laplacian(grid).apply(field),
                    () -> Arithmetic.addScaled(2, field, Fields.automatic().copy(field)),
                    () -> Arithmetic.sum(field));
            for (Runnable use : uses) {
                try {
                    use.run();
                    System.out.println("works");
                } catch (Throwable thrown) {
                    System.out.println(thrown);
                }
            }
        }
    }

    @Test
    void presentInThisJvm() {
        assertThatCode(VectorApi::require).doesNotThrowAnyException();
    }

    @Test
    @Timeout(60)
    void missingModuleIsAnsweredWithTheFlag() throws Exception {
        assertThat(run()).hasSize(3).allSatisfy(line -> assertThat(line)
                .startsWith("java.lang.IllegalStateException: ").contains(FLAG));
    }

    @Test
    @Timeout(60)
    void theFlagOfTheMessageHelps() throws Exception {
        assertThat(run(FLAG.split(" "))).containsExactly("works", "works", "works");
    }

    private static List<String> run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(String.join(System.getProperty("path.separator"), place(Fields.class), place(Operators.class),
                place(VectorApiTest.class)));
        command.add(Program.class.getName());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (java.net.URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
