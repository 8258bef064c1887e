package org.isotrope.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IrrepsTest {
    @ParameterizedTest
    @ValueSource(strings = {"1x0e", "2x0e + 1x1o", "2x0e + 1x1o + 1x2e", "1x12e + 3x0o + 1x12e", "1x24o"})
    void printsWhatItParses(String text) {
        assertThat(Irreps.parse(text)).hasToString(text);
        assertThat(Irreps.parse(text, 3)).isEqualTo(Irreps.parse(text)).hasSameHashCodeAs(Irreps.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x0e + 2x0o + 1x1", "3x17", "1x2 + 1x0e"})
    void printsWhatItParsesIn2d(String text) {
        assertThat(Irreps.parse(text)).hasToString(text);
        assertThat(Irreps.parse(text, 2).spaceDimension()).isEqualTo(2);
    }

    @Test
    void multiplicityMayBeLeftOutAndSpaceIsIgnored() {
        assertThat(Irreps.parse("2x0e + 1x1o + 2e")).isEqualTo(Irreps.parse("\t2 x 0 e+1o\n+ 1x2e "));
        assertThat(Irreps.parse(" 0e+ 0o +2x 1 ", 2)).hasToString("1x0e + 1x0o + 2x1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "3x1o+1q       | 7  | 'q'     | a parity, 'e' or 'o'",
        "1o + 2        | 7  | the end | a parity, 'e' or 'o'",
        "2x0e + 0x1o   | 8  | '0'     | a multiplicity of at least 1",
        "2x            | 3  | the end | an order such as 1",
        "1o +          | 5  | the end | a term such as 2x0e",
        "1o 1e         | 4  | '1'     | '+' or the end",
        "1o + -1e      | 6  | '-'     | a term such as 2x0e",
        "1o + 25e      | 6  | '2'     | a degree l of 0 to 24",
        "1048577x0e    | 1  | '1'     | a number up to 1048576",
        "1 + 1o        | 6  | 'o'     | '+' or the end, as orders above 0 have no parity in 2D",
        "2y0e          | 2  | 'y'     | a parity, 'e' or 'o'"
    })
    void pointsAtTheCharacterItCannotRead(String text, int character, String found, String wanted) {
        assertThatThrownBy(() -> Irreps.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text is \"" + text + "\" with " + found + " at character " + character
                        + "; there had to be " + wanted);
    }

    @Test
    void emptyTextIsAnError() {
        assertThatThrownBy(() -> Irreps.parse("  ")).hasMessageContaining("the end at character 3");
        assertThatThrownBy(() -> Irreps.of(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Irreps.parse("0e", 4)).hasMessageContaining("spaceDimension is 4");
    }

    @Test
    void singleIrrepsParse() {
        assertThat(Irrep.parse("1o", 3)).isEqualTo(Irrep.spherical(1, Parity.ODD)).hasToString("1o");
        assertThat(Irrep.parse(" 0o ", 2)).isEqualTo(new CircularIrrep(0, true)).hasToString("0o");
        assertThat(Irrep.parse("2", 2)).isEqualTo(Irrep.circular(2)).hasToString("2");
        assertThatThrownBy(() -> Irrep.parse("1o+", 3)).hasMessageContaining("'+' at character 3");
        assertThatThrownBy(() -> Irrep.parse("2x1o", 3)).hasMessageContaining("'x' at character 2");
    }

    @Test
    void irrepsMultiplyAsAngularMomentaDo() {
        assertThat(Irrep.parse("1o", 3).times(Irrep.parse("2e", 3))).hasToString("[1o, 2o, 3o]");
        assertThat(Irrep.parse("1o", 3).times(Irrep.parse("1e", 3))).hasToString("[0o, 1o, 2o]");
        assertThat(Irrep.parse("2", 2).times(Irrep.parse("2", 2))).hasToString("[0o, 0e, 4]");
        assertThat(Irrep.parse("1", 2).times(Irrep.parse("3", 2))).hasToString("[2, 4]");
        assertThat(Irrep.parse("0o", 2).times(Irrep.parse("3", 2))).hasToString("[3]");
        assertThat(Irrep.parse("0o", 2).times(Irrep.parse("0o", 2))).hasToString("[0e]");
    }

    @Test
    void productsOfSumsKeepTheNumberOfComponents() {
        Irreps a = Irreps.parse("2x0e + 1x1o");
        Irreps b = Irreps.parse("3x1o + 1x2e + 1x0o");
        Irreps product = a.times(b);
        assertThat(product.components()).isEqualTo(a.components() * b.components());
        assertThat(product).hasToString("2x0o + 3x0e + 7x1o + 4x1e + 1x2o + 5x2e + 1x3o");
        assertThat(product).isEqualTo(b.times(a));
        Irreps planar = Irreps.parse("1x0o + 2x1 + 1x3", 2);
        assertThat(planar.times(planar).components()).isEqualTo(49);
        assertThat(planar.paths(planar)).contains(new Irreps.Path(1, 2, Irrep.circular(2))).hasSize(1 + 4 + 10);
    }

    /** The trace of a representation tells its irreps: traces multiply under products. */
    @Test
    void charactersOfProductsMultiply() {
        Random random = new Random(5);
        Irreps a = Irreps.parse("2x0o + 1x1o + 1x3e");
        Irreps b = Irreps.parse("1x1e + 2x2o");
        for (int i = 0; i < 10; i++) {
            double[][] r = Rotation.random(random).matrix();
            double[][] map = i % 2 == 0 ? r : Orthogonal.negative(r);
            double expected = trace(a.representation(map)) * trace(b.representation(map));
            assertThat(Math.abs(trace(a.times(b).representation(map)) - expected)).isLessThan(1e-11);
        }
    }

    private static double trace(double[][] matrix) {
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        return trace;
    }

    @Test
    void sortsAndSimplifies() {
        Irreps irreps = Irreps.parse("1x2e + 2x0e + 1x0e + 1x1e + 1x1o + 3x0o");
        assertThat(irreps.simplified()).hasToString("1x2e + 3x0e + 1x1e + 1x1o + 3x0o");
        assertThat(irreps.sorted()).hasToString("3x0o + 2x0e + 1x0e + 1x1o + 1x1e + 1x2e");
        assertThat(irreps.sorted().simplified()).hasToString("3x0o + 3x0e + 1x1o + 1x1e + 1x2e");
        assertThat(irreps.distinct()).hasToString("[0o, 0e, 1o, 1e, 2e]");
    }

    @Test
    void slicesFollowTheTerms() {
        Irreps irreps = Irreps.parse("2x0e + 2x1o + 2e");
        assertThat(irreps.components()).isEqualTo(13);
        assertThat(irreps.slice(1)).isEqualTo(new Irreps.Slice(2, 8));
        assertThat(irreps.slice(1, 1)).isEqualTo(new Irreps.Slice(5, 8));
        assertThat(irreps.slice(2).size()).isEqualTo(5);
        assertThat(irreps.count(Irrep.parse("1o", 3))).isEqualTo(2);
        assertThat(irreps.maxAngularOrder()).isEqualTo(2);
        assertThatThrownBy(() -> irreps.slice(1, 2)).hasMessage("copy is 2; it had to be 0 to 1");
    }

    @Test
    void addsAndRepeats() {
        assertThat(Irreps.parse("0e").plus(Irreps.parse("1o")).times(4)).hasToString("4x0e + 4x1o");
        assertThat(Irreps.harmonics(3)).hasToString("1x0e + 1x1o + 1x2e + 1x3o");
        assertThat(Irreps.of(8, Irrep.parse("1o", 3)).components()).isEqualTo(24);
    }

    @Test
    void representationIsBlockDiagonal() {
        double[][] r = Rotation.random(3).matrix();
        double[][] matrix = Irreps.parse("1x0o + 2x1o + 1x1e").representation(Orthogonal.negative(r));
        assertThat(matrix[0]).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(matrix[1 + i]).containsExactly(0, -r[i][0], -r[i][1], -r[i][2], 0, 0, 0, 0, 0, 0);
            assertThat(matrix[4 + i]).containsExactly(0, 0, 0, 0, -r[i][0], -r[i][1], -r[i][2], 0, 0, 0);
            assertThat(matrix[7 + i]).containsExactly(0, 0, 0, 0, 0, 0, 0, r[i][0], r[i][1], r[i][2]);
        }
    }

    @Test
    void scalarsExistInBothSpaces() {
        assertThat(Irreps.parse("2x0e + 0o").in(2).spaceDimension()).isEqualTo(2);
        assertThat(Irreps.parse("2x0e + 0o").in(2).in(3)).isEqualTo(Irreps.parse("2x0e + 0o"));
        assertThatThrownBy(() -> Irreps.parse("0e + 1o").in(2))
                .hasMessage("spaceDimension is 2; it had to be 3 for 1x0e + 1x1o");
        assertThatThrownBy(() -> Irreps.parse("0e + 1o").plus(Irreps.parse("2")))
                .hasMessage("irrep 2 is of 2D; it had to be of 3D, as the first one");
    }

    @Test
    void badValuesAreNamed() {
        assertThatThrownBy(() -> Irrep.spherical(25, Parity.EVEN)).hasMessage("l is 25; it had to be 0 to 24");
        assertThatThrownBy(() -> Irrep.circular(-1)).hasMessage("m is -1; it had to be 0 to 1048576");
        assertThatThrownBy(() -> new CircularIrrep(2, true)).hasMessageContaining("pseudo is true for m = 2");
        assertThatThrownBy(() -> Irreps.of(0, Irrep.circular(1)))
                .hasMessage("multiplicity is 0; it had to be at least 1");
        assertThatThrownBy(() -> Irrep.circular(1).times(Irrep.spherical(1, Parity.ODD)))
                .hasMessage("other is 1o in 3D; it had to be an irrep of 2D, as 1");
        assertThatThrownBy(() -> Irrep.parse("1o", 3).representation(new double[][] {{2, 0, 0}, {0, 1, 0}, {0, 0, 1}}))
                .hasMessage("orthogonal has columns 0 and 0 with product 4.0; it had to be orthogonal, product 1");
        assertThatThrownBy(() -> Irrep.parse("1o", 3).representation(new double[][] {{1, 0}, {0, 1}}))
                .hasMessage("orthogonal has 2 rows of 2; it had to be 3 × 3");
        assertThatThrownBy(() -> Irrep.circular(1).representation(new double[][] {{Double.NaN, 0}, {0, 1}}))
                .hasMessageContaining("NaN");
    }
}
