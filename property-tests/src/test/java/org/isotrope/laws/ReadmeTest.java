package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code in README.md compiles and runs as it stands there. */
class ReadmeTest {
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

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> everyBlockOfJava() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        List<DynamicTest> tests = new ArrayList<>();
        while (blocks.find()) {
            String name = "Block" + tests.size();
            String code = blocks.group(1);
            tests.add(DynamicTest.dynamicTest(name, () -> run(name, code)));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(3);
        return tests;
    }

    private void run(String name, String code) throws Exception {
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
        if (code.contains("println")) {
            assertThat(printed.toString(StandardCharsets.UTF_8)).isNotBlank();
        }
    }
}
