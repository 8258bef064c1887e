/*
 * Plain loops as a C programmer writes them first. T is float or double. Every function takes (out, in, weights, scratch,
 * sizes); sizes are n and what the function says.
 */
#include <string.h>

#define ARGUMENTS                                                                                                     \
    T *restrict o, const T *restrict u, const T *restrict w, __attribute__((unused)) T *restrict scratch,             \
        const long *restrict sizes
#define WRAP(i, n) ((i) < 0 ? (i) + (n) : (i) >= (n) ? (i) - (n) : (i))
#define MIRROR(i, n) ((i) < 0 ? -(i) : (i) >= (n) ? 2 * (n) - 2 - (i) : (i))

/* 7-point Laplacian, w[0] at the centre and w[1] around it. */
#define LAPLACIAN(NAME, BEYOND)                                                                                       \
    static void NAME(T *restrict o, const T *restrict u, T c, T w, long n) {                                          \
        long p = n * n;                                                                                               \
        for (long x = 0; x < n; x++)                                                                                  \
            for (long y = 0; y < n; y++) {                                                                            \
                const T *r = u + x * p + y * n;                                                                       \
                const T *a = u + BEYOND(x - 1, n) * p + y * n, *b = u + BEYOND(x + 1, n) * p + y * n;                 \
                const T *e = u + x * p + BEYOND(y - 1, n) * n, *f = u + x * p + BEYOND(y + 1, n) * n;                 \
                T *d = o + x * p + y * n;                                                                             \
                d[0] = c * r[0] + w * (r[BEYOND(-1, n)] + r[1] + a[0] + b[0] + e[0] + f[0]);                          \
                for (long z = 1; z < n - 1; z++)                                                                      \
                    d[z] = c * r[z] + w * (r[z - 1] + r[z + 1] + a[z] + b[z] + e[z] + f[z]);                          \
                long l = n - 1;                                                                                       \
                d[l] = c * r[l] + w * (r[l - 1] + r[BEYOND(n, n)] + a[l] + b[l] + e[l] + f[l]);                       \
            }                                                                                                         \
    }

LAPLACIAN(periodic, WRAP)
LAPLACIAN(mirrored, MIRROR)

/* Sizes n, -, whether edges mirror. */
void laplacian(ARGUMENTS) {
    if (sizes[2]) mirrored(o, u, w[0], w[1], sizes[0]);
    else periodic(o, u, w[0], w[1], sizes[0]);
}

/* Steps of the periodic one, from u over scratch to o, for an even number of them; sizes n, -, steps. */
void diffusion(ARGUMENTS) {
    const T *from = u;
    for (long s = 0; s < sizes[2]; s++) {
        T *to = s % 2 ? o : scratch;
        periodic(to, from, w[0], w[1], sizes[0]);
        from = to;
    }
}

/* Steps of upwind differences, w[0] at the node and w[1 + a] before it along axis a; else as diffusion. */
void advection(ARGUMENTS) {
    const T *from = u;
    long n = sizes[0], p = n * n;
    T c = w[0], wx = w[1], wy = w[2], wz = w[3];
    for (long s = 0; s < sizes[2]; s++) {
        T *to = s % 2 ? o : scratch;
        for (long x = 0; x < n; x++)
            for (long y = 0; y < n; y++) {
                const T *r = from + x * p + y * n, *a = from + WRAP(x - 1, n) * p + y * n;
                const T *e = from + x * p + WRAP(y - 1, n) * n;
                T *restrict d = to + x * p + y * n;
                d[0] = c * r[0] + wz * r[n - 1] + wy * e[0] + wx * a[0];
                for (long z = 1; z < n; z++) d[z] = c * r[z] + wz * r[z - 1] + wy * e[z] + wx * a[z];
            }
        from = to;
    }
}

/* Steps of the 7-point sum less the state one step earlier, which is the first one at the first step; else as diffusion. */
void wave(ARGUMENTS) {
    const T *from = u;
    long n = sizes[0], p = n * n;
    T c = w[0], v = w[1];
    for (long s = 0; s < sizes[2]; s++) {
        T *to = s % 2 ? o : scratch;
        if (s < 2) memcpy(to, u, n * p * sizeof(T));
        for (long x = 0; x < n; x++)
            for (long y = 0; y < n; y++) {
                const T *r = from + x * p + y * n;
                const T *a = from + WRAP(x - 1, n) * p + y * n, *b = from + WRAP(x + 1, n) * p + y * n;
                const T *e = from + x * p + WRAP(y - 1, n) * n, *f = from + x * p + WRAP(y + 1, n) * n;
                T *restrict d = to + x * p + y * n;
                d[0] = c * r[0] + v * (r[n - 1] + r[1] + a[0] + b[0] + e[0] + f[0]) - d[0];
                for (long z = 1; z < n - 1; z++)
                    d[z] = c * r[z] + v * (r[z - 1] + r[z + 1] + a[z] + b[z] + e[z] + f[z]) - d[z];
                long l = n - 1;
                d[l] = c * r[l] + v * (r[l - 1] + r[0] + a[l] + b[l] + e[l] + f[l]) - d[l];
            }
        from = to;
    }
}

/* 25-point Laplacian, w[s] at distance s, periodic. */
void laplacian25(ARGUMENTS) {
    long n = sizes[0], p = n * n;
    for (long x = 0; x < n; x++)
        for (long y = 0; y < n; y++) {
            const T *r = u + x * p + y * n, *a[9], *e[9];
            T *d = o + x * p + y * n;
            for (long s = -4; s <= 4; s++) {
                a[s + 4] = u + WRAP(x + s, n) * p + y * n;
                e[s + 4] = u + x * p + WRAP(y + s, n) * n;
            }
            for (long z = 4; z < n - 4; z++) {
                T v = w[0] * r[z];
                for (long s = 1; s <= 4; s++)
                    v += w[s] * (r[z - s] + r[z + s] + a[4 - s][z] + a[4 + s][z] + e[4 - s][z] + e[4 + s][z]);
                d[z] = v;
            }
            for (long k = 0; k < 8; k++) {
                long z = k < 4 ? k : n - 8 + k;
                T v = w[0] * r[z];
                for (long s = 1; s <= 4; s++)
                    v += w[s] * (r[WRAP(z - s, n)] + r[WRAP(z + s, n)] + a[4 - s][z] + a[4 + s][z] + e[4 - s][z]
                                 + e[4 + s][z]);
                d[z] = v;
            }
        }
}

/* Centred differences times w[0], periodic. */
void gradient(ARGUMENTS) {
    long n = sizes[0], p = n * n, m = n * p;
    T h = w[0];
    for (long x = 0; x < n; x++)
        for (long y = 0; y < n; y++) {
            long i = x * p + y * n;
            const T *r = u + i, *a = u + WRAP(x - 1, n) * p + y * n, *b = u + WRAP(x + 1, n) * p + y * n;
            const T *e = u + x * p + WRAP(y - 1, n) * n, *f = u + x * p + WRAP(y + 1, n) * n;
            for (long z = 0; z < n; z++) {
                o[i + z] = h * (b[z] - a[z]);
                o[m + i + z] = h * (f[z] - e[z]);
            }
            for (long z = 1; z < n - 1; z++) o[2 * m + i + z] = h * (r[z + 1] - r[z - 1]);
            o[2 * m + i] = h * (r[1] - r[n - 1]);
            o[2 * m + i + n - 1] = h * (r[0] - r[n - 2]);
        }
}

void divergence(ARGUMENTS) {
    long n = sizes[0], p = n * n, m = n * p;
    T h = w[0];
    for (long x = 0; x < n; x++)
        for (long y = 0; y < n; y++) {
            long i = x * p + y * n;
            const T *a = u + WRAP(x - 1, n) * p + y * n, *b = u + WRAP(x + 1, n) * p + y * n;
            const T *e = u + m + x * p + WRAP(y - 1, n) * n, *f = u + m + x * p + WRAP(y + 1, n) * n;
            const T *r = u + 2 * m + i;
            T *d = o + i;
            d[0] = h * (b[0] - a[0] + f[0] - e[0] + r[1] - r[n - 1]);
            for (long z = 1; z < n - 1; z++) d[z] = h * (b[z] - a[z] + f[z] - e[z] + r[z + 1] - r[z - 1]);
            d[n - 1] = h * (b[n - 1] - a[n - 1] + f[n - 1] - e[n - 1] + r[0] - r[n - 2]);
        }
}

void curl(ARGUMENTS) {
    long n = sizes[0], p = n * n, m = n * p;
    const T *v = u + m, *q = u + 2 * m;
    T h = w[0];
    for (long x = 0; x < n; x++)
        for (long y = 0; y < n; y++) {
            long i = x * p + y * n, a = WRAP(x - 1, n) * p + y * n, b = WRAP(x + 1, n) * p + y * n;
            long e = x * p + WRAP(y - 1, n) * n, f = x * p + WRAP(y + 1, n) * n;
            for (long z = 1; z < n - 1; z++) {
                o[i + z] = h * (q[f + z] - q[e + z] - v[i + z + 1] + v[i + z - 1]);
                o[m + i + z] = h * (u[i + z + 1] - u[i + z - 1] - q[b + z] + q[a + z]);
                o[2 * m + i + z] = h * (v[b + z] - v[a + z] - u[f + z] + u[e + z]);
            }
            for (long z = 0; z < n; z += n - 1) {
                long g = WRAP(z - 1, n), l = WRAP(z + 1, n);
                o[i + z] = h * (q[f + z] - q[e + z] - v[i + l] + v[i + g]);
                o[m + i + z] = h * (u[i + l] - u[i + g] - q[b + z] + q[a + z]);
                o[2 * m + i + z] = h * (v[b + z] - v[a + z] - u[f + z] + u[e + z]);
            }
        }
}

/*
 * Convolution, zero beyond the edges, of inputs components to outputs in 2 or 3 dimensions: for each output row and
 * weight one pass over the row; sizes n, -, dimension, width k, inputs, outputs.
 */
void convolution(ARGUMENTS) {
    long n = sizes[0], k = sizes[3], inputs = sizes[4], outputs = sizes[5], h = k / 2;
    long planes = sizes[2] == 3 ? n : 1, deep = sizes[2] == 3 ? k : 1, hd = deep / 2;
    for (long q = 0; q < outputs; q++)
        for (long x = 0; x < planes; x++)
            for (long y = 0; y < n; y++) {
                T *d = o + ((q * planes + x) * n + y) * n;
                for (long z = 0; z < n; z++) d[z] = 0;
                for (long s = 0; s < inputs; s++)
                    for (long a = -hd; a <= hd; a++) {
                        if (x + a < 0 || x + a >= planes) continue;
                        for (long b = -h; b <= h; b++) {
                            if (y + b < 0 || y + b >= n) continue;
                            const T *f = u + ((s * planes + x + a) * n + y + b) * n;
                            const T *v = w + (((q * inputs + s) * deep + a + hd) * k + b + h) * k + h;
                            for (long j = -h; j <= h; j++) {
                                T t = v[j];
                                long from = j < 0 ? -j : 0, end = j > 0 ? n - j : n;
                                for (long z = from; z < end; z++) d[z] += t * f[z + j];
                            }
                        }
                    }
            }
}

/* Symmetric weights w[0..r] along each axis in turn, 3D, zero beyond the edges; sizes n, -, r. */
void blur(ARGUMENTS) {
    long n = sizes[0], r = sizes[2], p = n * n;
    for (long x = 0; x < n; x++)
        for (long y = 0; y < n; y++) {
            T *d = o + x * p + y * n;
            for (long z = 0; z < n; z++) d[z] = 0;
            for (long k = -r; k <= r; k++) {
                if (x + k < 0 || x + k >= n) continue;
                T t = w[k < 0 ? -k : k];
                const T *f = u + (x + k) * p + y * n;
                for (long z = 0; z < n; z++) d[z] += t * f[z];
            }
        }
    for (long x = 0; x < n; x++)
        for (long y = 0; y < n; y++) {
            T *d = scratch + x * p + y * n;
            for (long z = 0; z < n; z++) d[z] = 0;
            for (long k = -r; k <= r; k++) {
                if (y + k < 0 || y + k >= n) continue;
                T t = w[k < 0 ? -k : k];
                const T *f = o + x * p + (y + k) * n;
                for (long z = 0; z < n; z++) d[z] += t * f[z];
            }
        }
    for (long x = 0; x < n * n; x++) {
        T *d = o + x * n;
        const T *f = scratch + x * n;
        for (long z = 0; z < n; z++) d[z] = 0;
        for (long k = -r; k <= r; k++) {
            T t = w[k < 0 ? -k : k];
            long from = k < 0 ? -k : 0, end = k > 0 ? n - k : n;
            for (long z = from; z < end; z++) d[z] += t * f[z + k];
        }
    }
}

/* Product of n complex numbers and a factor w[0], o *= s u; sizes n. */
void spectral_product(ARGUMENTS) {
    T s = w[0];
    for (long i = 0; i < sizes[0]; i++) {
        T a = o[2 * i], b = o[2 * i + 1], c = s * u[2 * i], d = s * u[2 * i + 1];
        o[2 * i] = a * c - b * d;
        o[2 * i + 1] = a * d + b * c;
    }
}
