package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.tensor.TensorType;
import org.isotrope.kernels.verify.Report;
import org.isotrope.kernels.verify.Verify;

/**
 * The test of the test: a sound operator is broken in one way, and the law that is meant for it has to see it, while it
 * held before. Random operators, grids, places and sizes of what is wrong.
 */
@Domain(BrokenOperatorLaws.Sound.class)
@Domain(DomainContext.Global.class)
class BrokenOperatorLaws {
    /** An equivariant operator on a grid whose axes are alike. */
    record SoundOperator(LinearOperator operator) {
        @Override
        public String toString() {
            return operator.explain();
        }
    }

    static final class Sound extends DomainContextBase {
        @Provide
        Arbitrary<SoundOperator> operators() {
            return Combinators.combine(Arbitraries.integers().between(2, 3), Arbitraries.integers().between(6, 7),
                            Arbitraries.of(false, true), Arbitraries.integers().between(0, 7))
                    .as((dimension, n, periodic, which) -> {
                        int nodes = dimension == 2 ? n : 4;
                        Axis axis = periodic ? Axis.periodic(0, 1.2, nodes) : Axis.uniform(0, 1.2, nodes);
                        Axis[] axes = new Axis[dimension];
                        Arrays.fill(axes, axis);
                        Differential derivatives = Differential.on(Grid.of(axes));
                        return new SoundOperator(switch (which) {
                            case 0 -> derivatives.gradient();
                            case 1 -> derivatives.divergence();
                            case 2 -> derivatives.curl();
                            case 3 -> derivatives.vectorLaplacian();
                            case 4 -> dimension == 2 ? derivatives.accuracy(4).laplacian() : derivatives.strainRate();
                            case 5 -> derivatives.hessian();
                            case 6 -> derivatives.jacobian();
                            default -> derivatives.laplacian();
                        });
                    });
        }
    }

    private static LinearOperator then(LinearOperator sound, LinearOperator.Action change) {
        return LinearOperator.of(sound.domain(), sound.range(), (in, out) -> {
            sound.apply(in, out);
            change.apply(in, out);
        }, sound.adjoint()::apply);
    }

    private static void requireCaught(Report before, Report after) {
        before.orThrow();
        assertThat(after.holds()).as(after.toString()).isFalse();
        assertThat(after.toString()).contains("BROKEN").contains("seed");
    }

    /** A square, an absolute value or an offset, of one in a million. */
    @Property(seed = "2108")
    void linearSeesWhatIsNotLinear(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        int kind = random.nextInt(3);
        double strength = 1e-6 * (1 + random.nextDouble());
        long at = random.nextInt((int) Fields.automatic().of(a.range().type(), a.range().grid()).count());
        LinearOperator broken = then(a, (in, out) -> {
            // at one place an absolute value might meet fields of one sign alone
            for (long i = kind == 1 ? 0 : at; i < (kind == 1 ? out.count() : at + 1); i++) {
                double x = in.getFlat(i % in.count());
                out.setFlat(i, out.getFlat(i) + strength * (kind == 0 ? x * x : kind == 1 ? Math.abs(x) : 1));
            }
        });
        requireCaught(Verify.that(a).seed(random.nextInt()).linear(), Verify.that(broken).seed(random.nextInt()).linear());
    }

    /** One derivative along axis 0 more than there should be. */
    @Property(seed = "2108")
    void rotationEquivarianceSeesADirection(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        double strength = 1e-6 * (1 + random.nextDouble());
        Field unit = Fields.automatic().of(a.range().type(), a.range().grid());
        LinearOperator slope = Differential.on(a.domain().grid()).derivative(0);
        LinearOperator broken = then(a, (in, out) -> {
            Field first = Fields.automatic().scalar(in.grid()).copyFrom(onScalars(in));
            Field wrong = slope.apply(first);
            for (long i = 0; i < wrong.count(); i++) {
                unit.setFlat(i, wrong.getFlat(i));
            }
            Arithmetic.addScaled(strength, unit, out);
        });
        requireCaught(Verify.that(a).rotationEquivariant(), Verify.that(broken).seed(random.nextInt()).rotationEquivariant());
    }

    private static Field onScalars(Field field) {
        Field scalar = Fields.automatic().scalar(field.grid());
        for (long i = 0; i < scalar.count(); i++) {
            scalar.setFlat(i, field.getFlat(i));
        }
        return scalar;
    }

    /** Every value one node too far along an axis. */
    @Property(seed = "2108")
    void severalLawsSeeWhatIsOffByOne(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        int axis = random.nextInt(a.domain().grid().dimension());
        LinearOperator broken = then(a, (in, out) -> {
            Field whole = Fields.automatic().copy(out);
            Grid grid = out.grid();
            for (long i = 0; i < out.count(); i++) {
                int[] index = grid.index(i % grid.size());
                index[axis] = (index[axis] + 1) % grid.axis(axis).size();
                out.setFlat(i, whole.getFlat(i / grid.size() * grid.size() + grid.flat(index)));
            }
        });
        requireCaught(Verify.that(a).rotationEquivariant(), Verify.that(broken).rotationEquivariant());
        requireCaught(Verify.that(a).adjoint(), Verify.that(broken).seed(random.nextInt()).adjoint());
        requireCaught(Verify.that(a).order(2), Verify.that(broken).order(2));
    }

    /** One value that is not where a shift of the field would take it. */
    @Property(seed = "2108")
    void translationEquivarianceSeesOnePlace(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        if (!a.domain().grid().axis(0).isPeriodic()) {
            return;
        }
        long at = random.nextInt((int) a.range().grid().size() - 1);
        LinearOperator broken = then(a, (in, out) -> out.setFlat(at, out.getFlat(at + 1)));
        requireCaught(Verify.that(a).translationEquivariant(),
                Verify.that(broken).seed(random.nextInt()).translationEquivariant());
    }

    /** The rows next to one wall with the other sign. */
    @Property(seed = "2108")
    void severalLawsSeeAWrongSignAtOneWall(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        Grid grid = a.domain().grid();
        if (grid.axis(0).isPeriodic()) {
            return;
        }
        int axis = random.nextInt(grid.dimension());
        int end = random.nextBoolean() ? 0 : grid.axis(axis).size() - 1;
        LinearOperator broken = then(a, (in, out) -> {
            for (long i = 0; i < out.count(); i++) {
                if (grid.index(i % grid.size())[axis] == end) {
                    out.setFlat(i, -out.getFlat(i));
                }
            }
        });
        requireCaught(Verify.that(a).rotationEquivariant(), Verify.that(broken).rotationEquivariant());
        requireCaught(Verify.that(a).adjoint(), Verify.that(broken).seed(random.nextInt()).adjoint());
        requireCaught(Verify.that(a).gradient(), Verify.that(broken).gradient());
    }

    @Property(seed = "2108")
    void severalLawsSeeSwappedComponents(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        if (a.range().components() == 1) {
            return;
        }
        long nodes = a.range().grid().size();
        LinearOperator broken = then(a, (in, out) -> {
            for (long i = 0; i < nodes; i++) {
                double first = out.getFlat(i);
                out.setFlat(i, out.getFlat(nodes + i));
                out.setFlat(nodes + i, first);
            }
        });
        requireCaught(Verify.that(a).adjoint(), Verify.that(broken).seed(random.nextInt()).adjoint());
        // xx and yy may be swapped on squares: what turns xx − yy around commutes with their symmetries
        if (!a.range().type().equals(TensorType.SYMMETRIC)) {
            requireCaught(Verify.that(a).rotationEquivariant(), Verify.that(broken).rotationEquivariant());
        }
    }

    /** The cell's volume in the operator and not in its adjoint, so that neither it nor its gradient is right. */
    @Property(seed = "2108")
    void adjointAndGradientSeeAMissingVolume(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        double volume = a.domain().grid().cellVolume();
        LinearOperator broken = then(a, (in, out) -> Arithmetic.scale(volume, out, out));
        assertThat(Math.abs(volume - 1)).isGreaterThan(1e-3);
        requireCaught(Verify.that(a).seed(random.nextInt()).adjoint(), Verify.that(broken).adjoint());
        requireCaught(Verify.that(a).gradient(), Verify.that(broken).seed(random.nextInt()).gradient());
    }

    /** Bits that depend on how often the operator was applied. */
    @Property(seed = "2108")
    void determinismSeesOneBit(@ForAll SoundOperator sound, @ForAll long seed) {
        Random random = new Random(seed);
        LinearOperator a = sound.operator();
        int[] applied = new int[1];
        long at = random.nextInt((int) a.range().grid().size());
        LinearOperator broken = then(a, (in, out) ->
                out.setFlat(at, Math.scalb(1.0, (applied[0]++ & 1)) * (1 + Math.abs(out.getFlat(at)))));
        requireCaught(Verify.that(a).deterministic(), Verify.that(broken).deterministic());
    }
}
