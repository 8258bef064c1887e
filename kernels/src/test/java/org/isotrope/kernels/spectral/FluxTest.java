package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Operators;
import org.junit.jupiter.api.Test;

/** Gauss's law on the grid: what flows out of any box of cells is the charge inside. */
class FluxTest {
    private static final int N = 14;
    private static final double H = 0.5;

    /**
     * The field lives on faces, as differences of the potential across them. Its divergence, fluxes over volume, is minus
     * the transpose of these differences, and their product the Laplacian that the potential solves.
     */
    @Test
    void theFluxThroughAnyClosedBoxIsTheCharge() {
        Axis axis = Axis.uniform(0, H * (N - 1), N);
        Grid grid = Grid.of(axis, axis, axis);
        Boundaries earthed = Boundaries.all(Boundary.zero());
        Random random = new Random(3);
        Field charge = Fields.automatic().scalar(grid);
        for (int k = 0; k < 5; k++) {
            int[] at = {1 + random.nextInt(N - 2), 1 + random.nextInt(N - 2), 1 + random.nextInt(N - 2)};
            charge.set(charge.get(0, at) + (random.nextDouble() - 0.3) / (H * H * H), 0, at);
        }
        Field potential = PoissonProblem.on(grid).beyondWalls(earthed).solver().apply(charge);
        Arithmetic.scale(-1, potential, potential);
        Field check = Operators.laplacian(grid, earthed).apply(potential);
        for (int box = 0; box < 200; box++) {
            int[] low = new int[3];
            int[] high = new int[3];
            for (int a = 0; a < 3; a++) {
                low[a] = 1 + random.nextInt(N - 2);
                high[a] = low[a] + 1 + random.nextInt(N - 1 - low[a]);
            }
            double inside = 0;
            double flux = 0;
            for (int x = low[0]; x < high[0]; x++) {
                for (int y = low[1]; y < high[1]; y++) {
                    for (int z = low[2]; z < high[2]; z++) {
                        inside += charge.get(0, x, y, z) * H * H * H;
                    }
                }
            }
            for (int a = 0; a < 3; a++) {
                int b = (a + 1) % 3;
                int c = (a + 2) % 3;
                for (int i = low[b]; i < high[b]; i++) {
                    for (int j = low[c]; j < high[c]; j++) {
                        int[] within = new int[3];
                        within[b] = i;
                        within[c] = j;
                        int[] beyond = within.clone();
                        within[a] = low[a];
                        beyond[a] = low[a] - 1;
                        flux += H * (potential.get(0, within) - potential.get(0, beyond));
                        within[a] = high[a] - 1;
                        beyond[a] = high[a];
                        flux += H * (potential.get(0, within) - potential.get(0, beyond));
                    }
                }
            }
            assertThat(flux).isCloseTo(inside, within(1e-12));
        }
        assertThat(check.get(0, 5, 5, 5)).isCloseTo(-charge.get(0, 5, 5, 5), within(1e-10));
    }
}
