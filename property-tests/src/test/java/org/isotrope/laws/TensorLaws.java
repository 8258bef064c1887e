package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.StaggeredType;
import org.isotrope.kernels.FieldProduct;
import org.isotrope.kernels.tensor.ClebschGordan;
import org.isotrope.kernels.tensor.Irrep;
import org.isotrope.kernels.tensor.Irreps;
import org.isotrope.kernels.tensor.Parity;
import org.isotrope.kernels.tensor.Rotation;
import org.isotrope.kernels.tensor.SphericalHarmonics;
import org.isotrope.kernels.tensor.TensorTypes;
import org.isotrope.kernels.tensor.WignerD;
import org.isotrope.laws.Generators.TypeIn;

/** How types turn, under random rotations and reflections; matrices are multiplied by another library. */
@Domain(Generators.class)
@Domain(DomainContext.Global.class)
class TensorLaws {
    private static final double ROUNDING = 1e-12;

    /** Orthogonal, of either sign. */
    private static double[][] orthogonal(int dimension, Random random) {
        double sign = random.nextBoolean() ? 1 : -1;
        if (dimension == 1) {
            return new double[][] {{sign}};
        }
        if (dimension == 2) {
            double angle = 2 * Math.PI * random.nextDouble();
            return new double[][] {{Math.cos(angle), -sign * Math.sin(angle)}, {Math.sin(angle), sign * Math.cos(angle)}};
        }
        double[][] matrix = Rotation.random(random).matrix();
        for (double[] row : matrix) {
            for (int j = 0; j < 3; j++) {
                row[j] *= sign;
            }
        }
        return matrix;
    }

    private static double[][] product(double[][] a, double[][] b) {
        DMatrixRMaj c = new DMatrixRMaj(a.length, b[0].length);
        CommonOps_DDRM.mult(new DMatrixRMaj(a), new DMatrixRMaj(b), c);
        double[][] rows = new double[a.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = CommonOps_DDRM.extractRow(c, i, null).getData().clone();
        }
        return rows;
    }

    private static double distance(double[][] a, double[][] b) {
        DMatrixRMaj difference = new DMatrixRMaj(a);
        CommonOps_DDRM.subtractEquals(difference, new DMatrixRMaj(b));
        return NormOps_DDRM.normF(difference);
    }

    @Property(seed = "2108")
    void representationsMultiplyLikeRotations(@ForAll TypeIn typed, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] a = orthogonal(typed.dimension(), random);
        double[][] b = orthogonal(typed.dimension(), random);
        double[][] both = typed.type().representation(product(a, b));
        double[][] one = product(typed.type().representation(a), typed.type().representation(b));
        assertThat(both).hasDimensions(typed.type().components(typed.dimension()), both[0].length);
        assertThat(distance(both, one)).isLessThanOrEqualTo(ROUNDING * both.length);
    }

    @Property(seed = "2108")
    void typesAreSumsOfIrreps(@ForAll TypeIn typed, @ForAll long seed) {
        Random random = new Random(seed);
        int d = typed.dimension();
        if (d == 1) {
            return;
        }
        double[][] q = orthogonal(d, random);
        double[][] to = TensorTypes.toIrreps(typed.type(), d);
        double[][] from = TensorTypes.fromIrreps(typed.type(), d);
        double[][] turned = product(to, product(typed.type().representation(q), from));
        assertThat(distance(turned, TensorTypes.irreps(typed.type(), d).representation(q)))
                .isLessThanOrEqualTo(ROUNDING * turned.length);
        assertThat(distance(product(to, from), identity(to.length))).isLessThanOrEqualTo(ROUNDING * to.length);
    }

    private static double[][] identity(int n) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 1;
        }
        return rows;
    }

    @Property(seed = "2108")
    void typesSurviveTheirNamesAndStaggeredTypesToo(@ForAll TypeIn typed, @ForAll StaggeredType staggered) {
        assertThat(TensorTypes.parse(typed.type().toString())).isEqualTo(typed.type());
        assertThat(StaggeredType.parse(staggered.toString())).isEqualTo(staggered);
        assertThat(StaggeredType.parse("  " + staggered + " ")).isEqualTo(staggered);
    }

    @Property(seed = "2108")
    void irrepsAddAndMultiplyLikeNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        Irreps a = irreps(random);
        Irreps b = irreps(random);
        Irreps c = irreps(random);
        assertThat(Irreps.parse(a.toString(), 3)).isEqualTo(a);
        assertThat(a.times(b).components()).isEqualTo(a.components() * b.components());
        assertThat(a.times(b).sorted().simplified()).isEqualTo(b.times(a).sorted().simplified());
        assertThat(a.times(b.plus(c)).sorted().simplified()).isEqualTo(a.times(b).plus(a.times(c)).sorted().simplified());
        assertThat(a.times(b).times(c).sorted().simplified()).isEqualTo(a.times(b.times(c)).sorted().simplified());
    }

    private static Irreps irreps(Random random) {
        Irrep[] irreps = new Irrep[1 + random.nextInt(3)];
        for (int i = 0; i < irreps.length; i++) {
            irreps[i] = Irrep.spherical(random.nextInt(4), random.nextBoolean() ? Parity.EVEN : Parity.ODD);
        }
        return Irreps.of(irreps);
    }

    @Property(seed = "2108")
    void clebschGordanProductsTurnWithTheirFactors(
            @ForAll @IntRange(max = 5) int l, @ForAll @IntRange(max = 5) int k, @ForAll long seed) {
        Random random = new Random(seed);
        int product = Math.abs(l - k) + random.nextInt(2 * Math.min(l, k) + 1);
        Rotation rotation = Rotation.random(random);
        ClebschGordan coefficients = ClebschGordan.of(Irrep.spherical(l, Parity.EVEN), Irrep.spherical(k, Parity.EVEN),
                Irrep.spherical(product, Parity.EVEN));
        double[] x = random.doubles(2 * l + 1, -1, 1).toArray();
        double[] y = random.doubles(2 * k + 1, -1, 1).toArray();
        double[] before = coefficients.multiply(times(WignerD.of(l, rotation), x), times(WignerD.of(k, rotation), y));
        double[] after = times(WignerD.of(product, rotation), coefficients.multiply(x, y));
        for (int i = 0; i < before.length; i++) {
            assertThat(Math.abs(before[i] - after[i])).isLessThanOrEqualTo(ROUNDING * 10);
        }
    }

    @Property(seed = "2108")
    void harmonicsTurnWithTheirArguments(@ForAll @IntRange(max = 8) int l, @ForAll long seed) {
        Random random = new Random(seed);
        Rotation rotation = Rotation.random(random);
        double[] r = random.doubles(3, -2, 2).toArray();
        double[] turned = rotation.apply(r[0], r[1], r[2]);
        double[] found = SphericalHarmonics.of(l, turned[0], turned[1], turned[2]);
        double[] expected = times(WignerD.of(l, rotation), SphericalHarmonics.of(l, r[0], r[1], r[2]));
        double squares = 0;
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i])).isLessThanOrEqualTo(ROUNDING * 10);
            squares += found[i] * found[i];
        }
        assertThat(squares).isCloseTo(1, within(ROUNDING));
    }

    private static double[] times(double[][] matrix, double[] x) {
        DMatrixRMaj y = new DMatrixRMaj(matrix.length, 1);
        CommonOps_DDRM.mult(new DMatrixRMaj(matrix), DMatrixRMaj.wrap(x.length, 1, x), y);
        return y.getData();
    }

    @Property(seed = "2108")
    void namedProductsTurnWithTheirFactors(@ForAll @IntRange(max = 4) int which, @ForAll long seed) {
        Random random = new Random(seed);
        FieldProduct product = switch (which) {
            case 0 -> FieldProduct.dot(3);
            case 1 -> FieldProduct.cross(3);
            case 2 -> FieldProduct.cross(2);
            case 3 -> FieldProduct.scaling(FieldType.PSEUDOVECTOR, 3);
            default -> FieldProduct.full(FieldType.VECTOR, FieldType.VECTOR, 3);
        };
        int d = which == 2 ? 2 : 3;
        double[][] q = orthogonal(d, random);
        double[] x = random.doubles(product.first().components(d), -1, 1).toArray();
        double[] y = random.doubles(product.second().components(d), -1, 1).toArray();
        double[] before = Products.at(product, d, times(product.first().representation(q), x),
                times(product.second().representation(q), y));
        double[] after = times(product.out().representation(q), Products.at(product, d, x, y));
        for (int i = 0; i < before.length; i++) {
            assertThat(Math.abs(before[i] - after[i])).as(product.toString()).isLessThanOrEqualTo(ROUNDING * 10);
        }
    }
}
