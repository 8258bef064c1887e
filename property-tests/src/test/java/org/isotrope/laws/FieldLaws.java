package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Interpolation;
import org.isotrope.grids.OutOfDomain;
import org.isotrope.grids.PointSet;
import org.isotrope.grids.Precision;
import org.isotrope.grids.io.Npy;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.tensor.IrrepsType;
import org.isotrope.laws.Generators.Kind;
import org.isotrope.laws.Generators.TypeIn;

/** What goes in comes out: files, names, points, and what periodic operators keep. */
@Domain(Generators.class)
@Domain(DomainContext.Global.class)
class FieldLaws {
    @Property(seed = "2108")
    void fieldsSurviveFiles(
            @ForAll Grid grid, @ForAll Kind kind, @ForAll Precision precision, @ForAll TypeIn typed, @ForAll long seed)
            throws IOException {
        FieldType type = typed.dimension() == grid.dimension() ? typed.type() : FieldType.VECTOR;
        Field field = Generators.field(kind, type, grid, precision, seed);
        Path file = Files.createTempFile("field", ".npy");
        try {
            Npy.write(file, field);
            Field read = Npy.readField(file, type, grid, Fields.automatic().precision(precision));
            assertThat(read.segment().mismatch(field.segment())).isEqualTo(-1);
        } finally {
            Files.delete(file);
        }
    }

    @Property(seed = "2108")
    void typesSurviveTheirNames(@ForAll TypeIn typed) {
        FieldType type = typed.type();
        if (type instanceof IrrepsType irreps) {
            assertThat(IrrepsType.of(irreps.toString())).isEqualTo(irreps);
            assertThat(IrrepsType.of(irreps.toString()).components(typed.dimension()))
                    .isEqualTo(irreps.components(typed.dimension()));
        } else if (type.getClass().getPackage() == FieldType.class.getPackage()) {
            assertThat(FieldType.parse(type.toString())).isEqualTo(type);
        }
    }

    /** ⟨W f, a⟩ = ⟨f, Wᵀ a⟩, and what is deposited is there. */
    @Property(seed = "2108")
    void depositionIsTheTransposeOfInterpolation(
            @ForAll Grid grid, @ForAll Kind kind, @ForAll @IntRange(min = 0, max = 3) int order, @ForAll long seed) {
        Interpolation how;
        try {
            how = Interpolation.spline(grid, order).outside(OutOfDomain.CLAMP);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("had to");
            return;
        }
        Kind finite = kind == Kind.NOT_A_NUMBER ? Kind.ROUGH : kind;
        Field field = Generators.field(finite, FieldType.SCALAR, grid, Precision.DOUBLE, seed);
        Random random = new Random(seed);
        int count = 20;
        int d = grid.dimension();
        try (Arena arena = Arena.ofConfined()) {
            PointSet points = PointSet.in(arena, d, count);
            MemorySegment amounts = arena.allocate(8L * count, 8);
            MemorySegment values = arena.allocate(8L * count, 8);
            double total = 0;
            for (int p = 0; p < count; p++) {
                points.set(p, grid.toSpace(random.doubles(d, 0, 1).toArray()));
                amounts.setAtIndex(ValueLayout.JAVA_DOUBLE, p, random.nextGaussian());
                total += amounts.getAtIndex(ValueLayout.JAVA_DOUBLE, p);
            }
            how.values(field, points, values);
            double forward = 0;
            double size = 0;
            for (int p = 0; p < count; p++) {
                double a = amounts.getAtIndex(ValueLayout.JAVA_DOUBLE, p);
                forward += a * values.getAtIndex(ValueLayout.JAVA_DOUBLE, p);
                size += Math.abs(a);
            }
            Field spread = Fields.automatic().scalar(grid);
            how.transpose(amounts, points, spread);
            assertThat(Math.abs(forward - Arithmetic.dot(spread, field)))
                    .isLessThanOrEqualTo(1e-12 * size * Samples.norm(field));
            Field density = Fields.automatic().scalar(grid);
            how.deposit(amounts, points, density);
            double found = 0;
            for (long i = 0; i < grid.size(); i++) {
                found += grid.weight(grid.index(i)) * density.getFlat(i);
            }
            assertThat(Math.abs(found - total)).isLessThanOrEqualTo(1e-12 * size);
        }
    }

    /** Sums vanish and spectra are real and of one sign: eigenvalues of the Laplacian, before anybody computes one. */
    @Property(seed = "2108")
    void periodicOperatorsConserveAndAreSymmetric(
            @ForAll @IntRange(min = 3, max = 12) int n, @ForAll @IntRange(min = 3, max = 70) int m, @ForAll long seed) {
        Grid grid = Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 2, m));
        Boundaries any = Boundaries.all(Boundary.zero());
        LinearOperator laplacian = Operators.laplacian(grid, any);
        LinearOperator gradient = Operators.gradient(grid, any);
        LinearOperator divergence = Operators.divergence(grid, any);
        Field f = Samples.random(laplacian.domain(), Precision.DOUBLE, seed);
        Field g = Samples.random(laplacian.domain(), Precision.DOUBLE, seed + 1);
        Field v = Samples.random(divergence.domain(), Precision.DOUBLE, seed + 2);
        double scale = 1e-12 * 4 * (n * n + m * m) * Samples.norm(f) * (Samples.norm(g) + n * m);
        assertThat(Math.abs(Arithmetic.sum(laplacian.apply(f)))).isLessThanOrEqualTo(scale);
        assertThat(Math.abs(Arithmetic.sum(divergence.apply(v))))
                .isLessThanOrEqualTo(scale + 1e-12 * Samples.norm(v) * n * m);
        assertThat(Math.abs(Arithmetic.dot(laplacian.apply(f), g) - Arithmetic.dot(f, laplacian.apply(g))))
                .isLessThanOrEqualTo(scale);
        assertThat(Arithmetic.dot(f, laplacian.apply(f))).isLessThanOrEqualTo(scale);
        assertThat(Math.abs(Arithmetic.dot(gradient.apply(f), v) + Arithmetic.dot(f, divergence.apply(v))))
                .isLessThanOrEqualTo(scale + 1e-12 * (n + m) * Samples.norm(f) * Samples.norm(v));
    }
}
