package org.isotrope.laws;

import java.lang.reflect.Executable;
import java.util.List;
import java.util.zip.CRC32;
import jdk.incubator.vector.FloatVector;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Algorithm;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;

/** Prints what the bits of images are, one line an operator and algorithm, to be compared between JVMs. */
final class Digests {
    private static final int OPERATORS_A_FACTORY = 2;

    private Digests() {}

    /** Prints the width of vectors and then the digests. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        System.out.println(FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits");
        int first = 0;
        for (Executable factory : FactoryRegistryTest.factories()) {
            if (!FactoryRegistryTest.ELSEWHERE.containsKey(Factories.name(factory))) {
                print(factory, first++);
            }
        }
    }

    /** What a factory makes on the first grids of all, from some on, on which it makes anything. */
    private static void print(Executable factory, int first) throws ReflectiveOperationException {
        int printed = 0;
        List<Grid> grids = FactoryRegistryTest.GRIDS;
        for (int g = 0; g < grids.size() && printed < OPERATORS_A_FACTORY; g++) {
            List<LinearOperator> made = FactoryRegistryTest.make(factory, grids.get((first + g) % grids.size()));
            if (!made.isEmpty()) {
                print(Factories.name(factory), made.get((first + g) % made.size()));
                printed++;
            }
        }
    }

    private static void print(String name, LinearOperator operator) {
        for (Precision precision : Precision.values()) {
            Field in = Samples.random(operator.domain(), precision, 2108);
            Field out = Fields.automatic().precision(precision).of(operator.range().type(), operator.range().grid());
            for (Algorithm algorithm : Algorithm.values()) {
                String digest;
                try {
                    // what is chosen within an error is for the machine to say
                    Execution any = Execution.serial().with(algorithm);
                    operator.plan(precision, algorithm == Algorithm.AUTOMATIC ? any : any.allowing(1e-3)).apply(in, out);
                    CRC32 bits = new CRC32();
                    bits.update(out.segment().asByteBuffer());
                    digest = Long.toHexString(bits.getValue());
                } catch (IllegalArgumentException refused) {
                    digest = "refused";
                }
                System.out.println(name + " " + precision + " " + algorithm + " " + digest);
            }
        }
    }
}
