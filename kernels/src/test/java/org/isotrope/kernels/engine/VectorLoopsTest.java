package org.isotrope.kernels.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.junit.jupiter.api.Test;

/**
 * Vectors stay in registers whatever became hot before: C2 inlines no loop over vectors into another method, and knows the
 * class of every vector that a method is called on.
 */
class VectorLoopsTest {
    /** Bytecodes beyond which C2 inlines no method that is not forced: {@code FreqInlineSize}. */
    private static final int LONG = 325;

    /** By name, as there is no such class. */
    private static final String APART = "org/isotrope/kernels/engine/Apart";

    /** C2 looks for the classes of a signature before it compiles a method, and inlines it from then on if all are there. */
    @Test
    void apartIsNotThere() throws URISyntaxException {
        assertThat(classes().resolve(APART + ".class")).doesNotExist();
        assertThat(classes().resolve(APART + ".class").resolveSibling("VectorApi.class")).exists();
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(StencilProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void loopsOverVectorsAreCompiledByThemselves() throws IOException, URISyntaxException {
        List<String> loops = new ArrayList<>();
        List<String> exposed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                check(ClassFile.of().parse(file), APART, loops, exposed);
            }
        }
        assertThat(loops).hasSizeGreaterThan(100);
        assertThat(exposed).as("methods that loop over vectors, can be inlined and do not take an Apart").isEmpty();
    }

    /** Read from the sources, as class files do not tell one variable from the next in its place. */
    @Test
    void noMethodIsCalledOnAVectorThatIsAssignedAgain() throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(path -> path.getFileName().toString().startsWith("Float")).toList()) {
                files++;
                receivers(source.getFileName().toString(), Files.readString(source), found);
            }
        }
        assertThat(files).isGreaterThan(50);
        assertThat(found).isEmpty();
        receivers("", "{ FloatVector sum = zero; while (more()) { sum = load().add(sum); } sum.add(zero); }", found);
        receivers("", "{ FloatVector sum = zero; sum.add(zero); } { FloatVector sum = a; sum = b; }", found);
        assertThat(found).containsExactly(" sum.add(");
    }

    private static void receivers(String name, String text, List<String> found) {
        Matcher declaration = Pattern.compile("\\bFloatVector (\\w+) = ").matcher(text);
        while (declaration.find()) {
            String variable = declaration.group(1);
            String scope = scope(text, declaration.end());
            Matcher call = Pattern.compile("\\b" + variable + "\\.\\w+\\(").matcher(scope);
            if (Pattern.compile("\\b" + variable + " = ").matcher(scope).find() && call.find()) {
                found.add(name + " " + call.group());
            }
        }
    }

    /** The rest of the block that a position is in. */
    private static String scope(String text, int from) {
        int depth = 0;
        int end = from;
        while (end < text.length() && depth >= 0) {
            char c = text.charAt(end++);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return text.substring(from, end);
    }

    @Test
    void theTestSeesLoopsThatStandOpen() throws IOException {
        String name = getClass().getSimpleName() + "$Exposed.class";
        List<String> exposed = new ArrayList<>();
        try (var bytes = getClass().getResourceAsStream(name)) {
            check(ClassFile.of().parse(bytes.readAllBytes()), "VectorLoopsTest$Own", new ArrayList<>(), exposed);
        }
        assertThat(exposed).hasSize(1).allMatch(method -> method.endsWith("open"));
    }

    private static void check(ClassModel type, String apart, List<String> loops, List<String> exposed) {
        for (MethodModel method : type.methods()) {
            if (method.code().isPresent() && loopsOverVectors(method.code().get())) {
                String name = type.thisClass().asInternalName() + "." + method.methodName();
                loops.add(name);
                boolean tooLong = method.code().get() instanceof CodeAttribute code && code.codeLength() > LONG;
                if (!tooLong && !method.methodType().stringValue().contains(apart + ";")) {
                    exposed.add(name);
                }
            }
        }
    }

    /** Whether there is a branch back, and something is loaded to or stored from a vector. */
    private static boolean loopsOverVectors(CodeModel code) {
        boolean vectors = false;
        boolean back = false;
        Set<Label> passed = new HashSet<>();
        for (var element : code) {
            switch (element) {
                case LabelTarget target -> passed.add(target.label());
                case BranchInstruction branch -> back |= passed.contains(branch.target());
                case InvokeInstruction call -> vectors |= call.owner().asInternalName().matches(
                        "jdk/incubator/vector/(Float|Double)?Vector");
                default -> { }
            }
        }
        return vectors && back;
    }

    private static final class Own {}

    /** What it looks for. */
    private static final class Exposed {
        static void open(float[] from, float[] to) {
            for (int i = 0; i < to.length; i += FloatVector.SPECIES_PREFERRED.length()) {
                FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, from, i).intoArray(to, i);
            }
        }

        static void apart(float[] from, float[] to, Own apart) {
            for (int i = 0; i < to.length; i += FloatVector.SPECIES_PREFERRED.length()) {
                FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, from, i).intoArray(to, i);
            }
        }
    }
}
