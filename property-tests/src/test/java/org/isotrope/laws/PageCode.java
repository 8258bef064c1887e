package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The Java that stands on a page of documentation, compiled and run. */
final class PageCode {
    private static final String IMPORTS = """
            import java.lang.foreign.*;
            import java.util.*;
            import org.isotrope.grids.*;
            import org.isotrope.kernels.*;
            import org.isotrope.kernels.radial.*;
            import org.isotrope.autodiff.*;
            import org.isotrope.autodiff.learn.*;
            import org.isotrope.autodiff.optimise.*;
            """;

    private PageCode() {}

    /** Every block of Java, in order. */
    static List<String> blocks(Path page) throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page)).results()
                .map((MatchResult block) -> block.group(1)).toList();
    }

    /** Compiles a block into a folder, runs it and returns what it prints. */
    static String run(Path folder, String name, String code) throws Exception {
        Path source = folder.resolve(name + ".java");
        Files.writeString(source, IMPORTS + "public class " + name + " { public static void main(String[] args) {\n"
                + code + "\n} }");
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, messages, messages,
                "--add-modules", "jdk.incubator.vector",
                "-classpath", System.getProperty("java.class.path"), "-d", folder.toString(), source.toString());
        assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
