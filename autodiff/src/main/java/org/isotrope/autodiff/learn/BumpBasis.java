package org.isotrope.autodiff.learn;

import java.util.Locale;

/**
 * One shape moved along the distances: {@code φ_n(r) = shape(r/h − n)}, {@code h = c/(count + 1)}, n = 1 … count.
 *
 * @param shape the function
 * @param count number of places
 * @param cutoff c
 */
record BumpBasis(Shape shape, int count, double cutoff) implements RadialBasis {
    enum Shape {
        GAUSSIAN {
            @Override
            double at(double x) {
                return Math.exp(-x * x);
            }
        },
        COSINE {
            @Override
            double at(double x) {
                return Math.abs(x) < 1 ? Math.cos(Math.PI / 2 * x) : 0;
            }
        },
        SMOOTH {
            @Override
            double at(double x) {
                return Math.abs(x) < 1 ? Math.exp(2 - 1 / (1 + x) - 1 / (1 - x)) : 0;
            }
        };

        abstract double at(double x);
    }

    BumpBasis {
        LinearModel.requireCount(count, 1);
        LinearModel.requireCutoff(cutoff, 0);
    }

    @Override
    public void at(double r, double[] values) {
        double x = r / cutoff * (count + 1);
        for (int n = 1; n <= count; n++) {
            values[n - 1] = shape.at(x - n);
        }
    }

    @Override
    public String toString() {
        return count + " " + shape.name().toLowerCase(Locale.ROOT) + " bumps";
    }
}
