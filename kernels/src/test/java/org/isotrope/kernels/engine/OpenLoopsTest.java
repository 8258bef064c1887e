package org.isotrope.kernels.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * C2 splits counted loops over segments in two and may compile them anew up to a hundred times; a loop whose step it does
 * not know is none.
 */
class OpenLoopsTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "banded/FloatBandedStar nine", "banded/FloatBandedStar thirteen", "banded/DoubleBandedStar nine",
        "banded/DoubleBandedStar thirteen", "spectral/FloatSpectralProducts setEven",
        "spectral/FloatSpectralProducts addEven", "spectral/FloatSpectralProducts setOdd",
        "spectral/FloatSpectralProducts addOdd", "spectral/FloatSpectralProducts setGeneral",
        "spectral/FloatSpectralProducts addGeneral", "spectral/DoubleSpectralProducts setEven",
        "spectral/DoubleSpectralProducts addEven"
    })
    void loopsGoOnByAStepThatCallersSay(String loop) throws IOException {
        String[] name = loop.split(" ");
        assertThat(methods(name[0])).filteredOn(method -> method.methodName().equalsString(name[1])).singleElement()
                .matches(OpenLoopsTest::hasOpenStep);
    }

    @Test
    void theTestSeesStepsThatAreKnown() throws IOException {
        List<MethodModel> loops = methods("OpenLoopsTest$Steps");
        assertThat(loops).filteredOn(OpenLoopsTest::hasOpenStep)
                .extracting(method -> method.methodName().stringValue()).containsExactly("open");
    }

    private static List<MethodModel> methods(String type) throws IOException {
        try (var bytes = OpenLoopsTest.class.getResourceAsStream(type + ".class")) {
            return ClassFile.of().parse(bytes.readAllBytes()).methods();
        }
    }

    /** Whether the last that happens in the innermost loop is {@code i += step} with a parameter that is never assigned. */
    private static boolean hasOpenStep(MethodModel method) {
        List<Instruction> code = method.code().orElseThrow().elementStream()
                .filter(Instruction.class::isInstance).map(Instruction.class::cast).toList();
        int parameters = method.methodTypeSymbol().parameterList().stream()
                .mapToInt(type -> TypeKind.from(type).slotSize()).sum();
        int jump = 0;
        while (jump < code.size() && code.get(jump).opcode() != Opcode.GOTO) {
            jump++;
        }
        return jump >= 4 && jump < code.size() && code.get(jump - 4) instanceof LoadInstruction from
                && code.get(jump - 3) instanceof LoadInstruction step
                && code.get(jump - 2).opcode() == Opcode.LADD
                && code.get(jump - 1) instanceof StoreInstruction to
                && from.slot() == to.slot() && step.slot() < parameters
                && code.stream().noneMatch(i -> i instanceof StoreInstruction store && store.slot() == step.slot());
    }

    /** What it looks for. */
    private static final class Steps {
        static long known(long end, long step) {
            long sum = step;
            for (long i = 0; i < end; i += 8) {
                sum ^= i;
            }
            return sum;
        }

        static long assigned(long end, long step) {
            step = 8;
            long sum = 0;
            for (long i = 0; i < end; i += step) {
                sum ^= i;
            }
            return sum;
        }

        static long open(long end, long step) {
            long sum = 0;
            for (long i = 0; i < end; i += step) {
                sum ^= i;
            }
            return sum;
        }
    }
}
