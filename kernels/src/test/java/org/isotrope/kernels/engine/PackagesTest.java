package org.isotrope.kernels.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.junit.jupiter.api.Test;

/** The packages of the engine use each other in one direction only. */
class PackagesTest {
    private static final String ENGINE = "org/isotrope/kernels/engine/";

    @Test
    void noPackageUsesOneThatUsesIt() throws IOException, URISyntaxException {
        Map<String, Set<String>> uses = new TreeMap<>();
        Path classes = Path.of(StencilProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes.resolve(ENGINE))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel type = ClassFile.of().parse(file);
                Set<String> used = uses.computeIfAbsent(packageOf(type.thisClass()), any -> new TreeSet<>());
                for (PoolEntry entry : type.constantPool()) {
                    if (entry instanceof ClassEntry other && other.asInternalName().startsWith(ENGINE)) {
                        used.add(packageOf(other));
                    }
                }
                used.remove(packageOf(type.thisClass()));
            }
        }
        assertThat(uses).hasSizeGreaterThan(10);
        assertThat(uses.get(ENGINE + "plan")).contains(ENGINE + "sweep", ENGINE + "block");
        assertThat(cycle(uses)).isEmpty();
        assertThat(cycle(Map.of("a", Set.of(), "b", Set.of("a", "c"), "c", Set.of("b")))).containsExactlyInAnyOrder("b", "c");
    }

    private static String packageOf(ClassEntry type) {
        String name = type.asInternalName();
        return name.substring(0, name.lastIndexOf('/'));
    }

    /** Packages that are left when those that use no other, or only such, are taken away. */
    private static List<String> cycle(Map<String, Set<String>> uses) {
        Map<String, Set<String>> left = new HashMap<>(uses);
        Set<String> done = new HashSet<>();
        while (left.entrySet().removeIf(each -> done.containsAll(each.getValue()) && done.add(each.getKey()))) {
            continue;
        }
        return new ArrayList<>(left.keySet());
    }
}
