package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
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
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Location;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Resampling;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.staggered.StaggeredGrid;
import org.isotrope.kernels.transport.Transport;

/** What is only moved about is neither made nor lost. */
@Domain(ConservationLaws.Boxes.class)
@Domain(DomainContext.Global.class)
class ConservationLaws {
    /** Two grids over the same box. */
    record Pair(Grid from, Grid to) {}

    static final class Boxes extends DomainContextBase {
        /** Cells between random faces, from 0 to 1. */
        private static Axis axis(int n, int kind, long seed) {
            if (kind == 0) {
                return Axis.cells(0, 1, n);
            } else if (kind == 1) {
                return Axis.periodic(0, 1, n);
            }
            Random random = new Random(seed);
            double[] faces = new double[n + 1];
            for (int i = 1; i < n; i++) {
                faces[i] = (i + 0.6 * random.nextDouble() - 0.3) / n;
            }
            faces[n] = 1;
            return Axis.cellsBetween(faces);
        }

        private static Arbitrary<Axis[]> pairs(int most) {
            return Combinators.combine(Arbitraries.integers().between(2, most), Arbitraries.integers().between(2, most),
                            Arbitraries.of(0, 1, 2), Arbitraries.longs())
                    .as((n, m, kind, seed) -> new Axis[] {axis(n, kind, seed), axis(m, kind, seed + 1)});
        }

        @Provide
        Arbitrary<Pair> boxes() {
            return Arbitraries.oneOf(
                    pairs(40).map(a -> new Pair(Grid.of(a[0]), Grid.of(a[1]))),
                    Combinators.combine(pairs(8), pairs(15))
                            .as((a, b) -> new Pair(Grid.of(a[0], b[0]), Grid.of(a[1], b[1]))),
                    Combinators.combine(pairs(4), pairs(4), pairs(9)).as((a, b, c) ->
                            new Pair(Grid.of(a[0], b[0], c[0]), Grid.of(a[1], b[1], c[1]))));
        }
    }

    private static double integral(Field field, int component) {
        double sum = 0;
        long nodes = field.grid().size();
        for (long i = 0; i < nodes; i++) {
            sum += field.grid().weight(field.grid().index(i)) * field.getFlat(component * nodes + i);
        }
        return sum;
    }

    @Property(seed = "2108")
    void conservativeResamplingKeepsIntegralsAndConstants(@ForAll Pair pair, @ForAll long seed) {
        Resampling resampling = Resampling.conservative(pair.from, pair.to);
        Field f = Samples.random(new Space(pair.from, FieldType.VECTOR), Precision.DOUBLE, seed);
        Field moved = resampling.apply(f);
        double size = Samples.norm(f);
        for (int c = 0; c < f.components(); c++) {
            assertThat(Math.abs(integral(moved, c) - integral(f, c))).isLessThanOrEqualTo(1e-12 * size);
        }
        Field ones = resampling.apply(Fields.automatic().scalar(pair.from).fill(1));
        for (long i = 0; i < ones.count(); i++) {
            assertThat(Math.abs(ones.getFlat(i) - 1)).isLessThanOrEqualTo(1e-12);
        }
    }

    /** ∇·(κ∇u) with no flux through walls moves u about, makes none, and does not depend on a constant. */
    @Property(seed = "2108")
    void variableDiffusionConserves(@ForAll Pair pair, @ForAll long seed) {
        BilinearOperator diffusion;
        try {
            diffusion = Transport.diffusion(pair.from);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("had to");
            return;
        }
        Field kappa = Samples.random(diffusion.second(), Precision.DOUBLE, seed);
        Field u = Samples.random(diffusion.first(), Precision.DOUBLE, seed + 1);
        Field rate = diffusion.apply(u, kappa);
        double finest = pair.from.axes().stream().flatMapToDouble(axis -> IntStream.range(1, axis.size())
                .mapToDouble(i -> axis.node(i) - axis.node(i - 1))).min().orElseThrow();
        double size = Samples.norm(kappa) * Samples.norm(u) / (finest * finest);
        assertThat(Math.abs(integral(rate, 0))).isLessThanOrEqualTo(1e-12 * size);
        Field still = diffusion.apply(Fields.automatic().like(u).fill(3), kappa);
        assertThat(Samples.norm(still)).isLessThanOrEqualTo(1e-11 * size);
    }

    /** What flows through faces between cells leaves one and enters another; nothing leaves where walls are closed. */
    @Property(seed = "2108")
    void fluxesThroughFacesTelescope(@ForAll Pair pair, @ForAll long seed) {
        Axis[] nodes = pair.from.axes().stream()
                .map(axis -> axis.isPeriodic() ? axis : Axis.uniform(0, 1, axis.size())).toArray(Axis[]::new);
        StaggeredGrid places = StaggeredGrid.on(Grid.of(nodes)).zeroOnWalls();
        LinearOperator divergence = places.divergence(Location.FACE);
        Field flux = Samples.random(divergence.domain(), Precision.DOUBLE, seed);
        Field out = divergence.apply(flux);
        StaggeredType type = (StaggeredType) out.type();
        double total = 0;
        double size = 0;
        for (long i = 0; i < out.count(); i++) {
            double share = type.weight(out.grid(), 0, out.grid().index(i)) * out.getFlat(i);
            total += share;
            size += Math.abs(share);
        }
        assertThat(Math.abs(total)).isLessThanOrEqualTo(1e-12 * (size + 1));
    }

    /** Centred differences between periodic ends: sums of derivatives vanish, whatever the accuracy. */
    @Property(seed = "2108")
    void derivativesOnRingsSumToNothing(@ForAll Pair pair, @ForAll long seed) {
        Axis[] rings = pair.to.axes().stream().map(axis -> Axis.periodic(0, 1, Math.max(7, axis.size()))).toArray(Axis[]::new);
        Differential derivatives = Differential.on(Grid.of(rings)).accuracy(2 + 2 * (int) (seed & 1));
        for (LinearOperator operator : new LinearOperator[] {derivatives.laplacian(), derivatives.divergence()}) {
            Field image = operator.apply(Samples.random(operator.domain(), Precision.DOUBLE, seed));
            double size = Samples.norm(image) * Math.sqrt(image.count());
            assertThat(Math.abs(Arithmetic.sum(image))).isLessThanOrEqualTo(1e-13 * size);
        }
    }
}
