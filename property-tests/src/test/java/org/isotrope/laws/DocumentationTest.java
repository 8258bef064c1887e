package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code on the pages of {@code docs} prints what the comments beside it say. */
class DocumentationTest {
    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> everyLineThatIsPrinted() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : List.of("conventions", "boundaries")) {
            List<String> blocks = PageCode.blocks(Path.of("../docs/" + page + ".md"));
            assertThat(blocks).as(page).isNotEmpty();
            for (String code : blocks) {
                String name = page + tests.size();
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    List<String> expected = Pattern.compile("println\\(.*\\);\\s*// (.*)").matcher(code).results()
                            .map(line -> line.group(1).strip()).toList();
                    long lines = Pattern.compile("println\\(").matcher(code).results().count();
                    assertThat(expected).as("every line has its comment").hasSize((int) lines).isNotEmpty();
                    assertThat(PageCode.run(folder, name, code).lines().toList()).isEqualTo(expected);
                }));
            }
        }
        return tests;
    }
}
