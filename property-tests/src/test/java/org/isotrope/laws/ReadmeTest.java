package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code in README.md compiles and runs as it stands there. */
class ReadmeTest {
    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> everyBlockOfJava() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String code : PageCode.blocks(Path.of("../README.md"))) {
            String name = "Block" + tests.size();
            tests.add(DynamicTest.dynamicTest(name, () -> {
                String printed = PageCode.run(folder, name, code);
                if (code.contains("println")) {
                    assertThat(printed).isNotBlank();
                }
            }));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(3);
        return tests;
    }
}
