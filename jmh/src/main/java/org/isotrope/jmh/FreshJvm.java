package org.isotrope.jmh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Programs of this package in JVMs of their own. */
final class FreshJvm {
    /** What every JVM of a study needs. */
    static final List<String> OPTIONS =
            List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

    private FreshJvm() {}

    /** The lines that a program prints. */
    static List<String> lines(Class<?> program, String... jvm) throws IOException {
        return lines(start(program, jvm));
    }

    /** The lines that a process prints. */
    static List<String> lines(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    /** Runs a program. */
    static Process start(Class<?> program, String... jvm) throws IOException {
        return start(program, List.of(), jvm);
    }

    /** Runs a program with arguments. */
    static Process start(Class<?> program, List<String> args, String... jvm) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(Arrays.asList(jvm));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(args);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
