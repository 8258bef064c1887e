package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums by sines and cosines against those by a whole Fourier transform. */
class LatticeSumTest {
    private static List<KernelForm> forms(int d) {
        List<KernelForm> forms = new ArrayList<>();
        forms.add(new KernelForm.Value());
        for (int i = 0; i < d; i++) {
            forms.add(new KernelForm.Field(i));
            for (int j = i; j < d; j++) {
                forms.add(new KernelForm.Stokes(i, j, 1.5));
            }
        }
        return forms;
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "ff", "pf", "fp", "fff", "pff", "fpf", "ffp", "ppf", "fpp"})
    void bothSumsAgree(String axes) {
        int d = axes.length();
        Axis[] made = new Axis[d];
        int[] lengths = new int[d];
        for (int a = 0; a < d; a++) {
            boolean periodic = axes.charAt(a) == 'p';
            made[a] = periodic ? Axis.periodic(0, 1 + a, 4 + 2 * a) : Axis.uniform(0, 1 + 0.3 * a, 4 + a);
            lengths[a] = periodic ? 4 + 2 * a : 12 + 2 * a;
        }
        Grid grid = Grid.of(made);
        int free = (int) axes.chars().filter(c -> c == 'f').count();
        TruncatedKernel kernel = new TruncatedKernel(free, TruncatedKernel.Kind.POTENTIAL, 0.7, 2.2);
        for (KernelForm form : forms(d)) {
            assertThat(OctantSum.fits(grid, form, lengths)).isTrue();
            try (Arena arena = Arena.ofConfined()) {
                LatticeSum octant = new OctantSum(grid, form, kernel, lengths, arena);
                LatticeSum full = new FullSum(grid, form, kernel, lengths, arena);
                Random random = new Random(2);
                for (int k = 0; k < 200; k++) {
                    int[] offset = new int[d];
                    for (int a = 0; a < d; a++) {
                        int reach = made[a].size() - 1;
                        offset[a] = random.nextInt(-reach, reach + 1);
                    }
                    assertThat(octant.at(offset)).isCloseTo(full.at(offset), within(1e-14));
                }
            }
        }
    }
}
