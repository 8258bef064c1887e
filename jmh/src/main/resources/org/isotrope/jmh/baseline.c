/* Plain loops as a C programmer writes them first, for comparison on the same memory. */
#define LAPLACIAN(NAME, T)                                                                                            \
    void NAME(T *restrict o, const T *restrict u, long n, T w, T c) {                                                 \
        long p = n * n;                                                                                               \
        for (long x = 0; x < n; x++)                                                                                  \
            for (long y = 0; y < n; y++) {                                                                            \
                const T *r = u + x * p + y * n;                                                                       \
                const T *a = u + (x ? x - 1 : n - 1) * p + y * n, *b = u + (x < n - 1 ? x + 1 : 0) * p + y * n;       \
                const T *e = u + x * p + (y ? y - 1 : n - 1) * n, *f = u + x * p + (y < n - 1 ? y + 1 : 0) * n;       \
                T *d = o + x * p + y * n;                                                                             \
                d[0] = c * r[0] + w * (r[n - 1] + r[1] + a[0] + b[0] + e[0] + f[0]);                                  \
                for (long z = 1; z < n - 1; z++)                                                                      \
                    d[z] = c * r[z] + w * (r[z - 1] + r[z + 1] + a[z] + b[z] + e[z] + f[z]);                          \
                d[n - 1] = c * r[n - 1] + w * (r[n - 2] + r[0] + a[n - 1] + b[n - 1] + e[n - 1] + f[n - 1]);          \
            }                                                                                                         \
    }

LAPLACIAN(laplacian_float, float)
LAPLACIAN(laplacian_double, double)

/* 2D convolution, zero beyond the edges: for each output row and tap one pass over the row. */
#define CONVOLUTION(NAME, T)                                                                                          \
    void NAME(T *restrict o, const T *restrict u, const T *restrict w, long n, long k) {                              \
        long h = k / 2;                                                                                               \
        for (long y = 0; y < n; y++) {                                                                                \
            T *d = o + y * n;                                                                                         \
            for (long x = 0; x < n; x++) d[x] = 0;                                                                    \
            for (long i = -h; i <= h; i++) {                                                                          \
                if (y + i < 0 || y + i >= n) continue;                                                                \
                const T *r = u + (y + i) * n;                                                                         \
                for (long j = -h; j <= h; j++) {                                                                      \
                    T v = w[(i + h) * k + j + h];                                                                     \
                    long from = j < 0 ? -j : 0, end = j > 0 ? n - j : n;                                              \
                    for (long x = from; x < end; x++) d[x] += v * r[x + j];                                           \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }

CONVOLUTION(convolution_float, float)
CONVOLUTION(convolution_double, double)

/* The rows that a row reads across a periodic edge. */
#define AT(i, n) ((i) < 0 ? (i) + (n) : (i) >= (n) ? (i) - (n) : (i))

/* 25-point Laplacian of eighth order, w[0] for the centre and w[1] to w[4] for the neighbours, periodic. */
#define LAPLACIAN25(NAME, T)                                                                                          \
    void NAME(T *restrict o, const T *restrict u, const T *restrict w, long n) {                                      \
        long p = n * n;                                                                                               \
        for (long x = 0; x < n; x++)                                                                                  \
            for (long y = 0; y < n; y++) {                                                                            \
                const T *r = u + x * p + y * n, *a[9], *e[9];                                                         \
                T *d = o + x * p + y * n;                                                                             \
                for (long s = -4; s <= 4; s++) {                                                                      \
                    a[s + 4] = u + AT(x + s, n) * p + y * n;                                                          \
                    e[s + 4] = u + x * p + AT(y + s, n) * n;                                                          \
                }                                                                                                     \
                for (long z = 4; z < n - 4; z++) {                                                                    \
                    T v = w[0] * r[z];                                                                                \
                    for (long s = 1; s <= 4; s++)                                                                     \
                        v += w[s] * (r[z - s] + r[z + s] + a[4 - s][z] + a[4 + s][z] + e[4 - s][z] + e[4 + s][z]);    \
                    d[z] = v;                                                                                         \
                }                                                                                                     \
                for (long k = 0; k < 8; k++) {                                                                        \
                    long z = k < 4 ? k : n - 8 + k;                                                                   \
                    T v = w[0] * r[z];                                                                                \
                    for (long s = 1; s <= 4; s++)                                                                     \
                        v += w[s] * (r[AT(z - s, n)] + r[AT(z + s, n)] + a[4 - s][z] + a[4 + s][z] + e[4 - s][z]      \
                                     + e[4 + s][z]);                                                                  \
                    d[z] = v;                                                                                         \
                }                                                                                                     \
            }                                                                                                         \
    }

LAPLACIAN25(laplacian25_float, float)
LAPLACIAN25(laplacian25_double, double)

/* Centred first differences times w of the component at u, along axis 0, 1 or 2; s is 1 to set and adds otherwise. */
#define DIFFERENCES(NAME, T)                                                                                          \
    void gradient_##NAME(T *restrict o, const T *restrict u, long n, T w) {                                           \
        long p = n * n, m = n * p;                                                                                    \
        for (long x = 0; x < n; x++)                                                                                  \
            for (long y = 0; y < n; y++) {                                                                            \
                long i = x * p + y * n;                                                                               \
                const T *r = u + i, *a = u + AT(x - 1, n) * p + y * n, *b = u + AT(x + 1, n) * p + y * n;             \
                const T *e = u + x * p + AT(y - 1, n) * n, *f = u + x * p + AT(y + 1, n) * n;                         \
                for (long z = 0; z < n; z++) {                                                                        \
                    o[i + z] = w * (b[z] - a[z]);                                                                     \
                    o[m + i + z] = w * (f[z] - e[z]);                                                                 \
                }                                                                                                     \
                for (long z = 1; z < n - 1; z++) o[2 * m + i + z] = w * (r[z + 1] - r[z - 1]);                        \
                o[2 * m + i] = w * (r[1] - r[n - 1]);                                                                 \
                o[2 * m + i + n - 1] = w * (r[0] - r[n - 2]);                                                         \
            }                                                                                                         \
    }                                                                                                                 \
    void divergence_##NAME(T *restrict o, const T *restrict u, long n, T w) {                                         \
        long p = n * n, m = n * p;                                                                                    \
        for (long x = 0; x < n; x++)                                                                                  \
            for (long y = 0; y < n; y++) {                                                                            \
                long i = x * p + y * n;                                                                               \
                const T *a = u + AT(x - 1, n) * p + y * n, *b = u + AT(x + 1, n) * p + y * n;                         \
                const T *e = u + m + x * p + AT(y - 1, n) * n, *f = u + m + x * p + AT(y + 1, n) * n;                 \
                const T *r = u + 2 * m + i;                                                                           \
                T *d = o + i;                                                                                         \
                d[0] = w * (b[0] - a[0] + f[0] - e[0] + r[1] - r[n - 1]);                                             \
                for (long z = 1; z < n - 1; z++) d[z] = w * (b[z] - a[z] + f[z] - e[z] + r[z + 1] - r[z - 1]);        \
                d[n - 1] = w * (b[n - 1] - a[n - 1] + f[n - 1] - e[n - 1] + r[0] - r[n - 2]);                         \
            }                                                                                                         \
    }                                                                                                                 \
    void curl_##NAME(T *restrict o, const T *restrict u, long n, T w) {                                               \
        long p = n * n, m = n * p;                                                                                    \
        for (long x = 0; x < n; x++)                                                                                  \
            for (long y = 0; y < n; y++) {                                                                            \
                long i = x * p + y * n, a = AT(x - 1, n) * p + y * n, b = AT(x + 1, n) * p + y * n;                   \
                long e = x * p + AT(y - 1, n) * n, f = x * p + AT(y + 1, n) * n;                                      \
                const T *v = u + m, *q = u + 2 * m;                                                                   \
                for (long z = 1; z < n - 1; z++) {                                                                    \
                    o[i + z] = w * (q[f + z] - q[e + z] - v[i + z + 1] + v[i + z - 1]);                               \
                    o[m + i + z] = w * (u[i + z + 1] - u[i + z - 1] - q[b + z] + q[a + z]);                           \
                    o[2 * m + i + z] = w * (v[b + z] - v[a + z] - u[f + z] + u[e + z]);                               \
                }                                                                                                     \
                for (long z = 0; z < n; z += n - 1) {                                                                 \
                    long g = AT(z - 1, n), h = AT(z + 1, n);                                                          \
                    o[i + z] = w * (q[f + z] - q[e + z] - v[i + h] + v[i + g]);                                       \
                    o[m + i + z] = w * (u[i + h] - u[i + g] - q[b + z] + q[a + z]);                                   \
                    o[2 * m + i + z] = w * (v[b + z] - v[a + z] - u[f + z] + u[e + z]);                               \
                }                                                                                                     \
            }                                                                                                         \
    }

DIFFERENCES(float, float)
DIFFERENCES(double, double)

/* 3D convolution of c components in to r out with k^3 weights for each pair, zero beyond the edges. */
#define CONVOLUTION3(NAME, T)                                                                                         \
    void NAME(T *restrict o, const T *restrict u, const T *restrict w, long n, long k, long c, long r) {              \
        long h = k / 2, p = n * n, m = n * p;                                                                         \
        for (long q = 0; q < r; q++)                                                                                  \
            for (long x = 0; x < n; x++)                                                                              \
                for (long y = 0; y < n; y++) {                                                                        \
                    T *d = o + q * m + x * p + y * n;                                                                 \
                    for (long z = 0; z < n; z++) d[z] = 0;                                                            \
                    for (long s = 0; s < c; s++)                                                                      \
                        for (long a = -h; a <= h; a++) {                                                              \
                            if (x + a < 0 || x + a >= n) continue;                                                    \
                            for (long b = -h; b <= h; b++) {                                                          \
                                if (y + b < 0 || y + b >= n) continue;                                                \
                                const T *f = u + s * m + (x + a) * p + (y + b) * n;                                   \
                                const T *v = w + (q * c + s) * k * k * k + ((a + h) * k + b + h) * k + h;             \
                                for (long j = -h; j <= h; j++) {                                                      \
                                    T t = v[j];                                                                       \
                                    long from = j < 0 ? -j : 0, end = j > 0 ? n - j : n;                              \
                                    for (long z = from; z < end; z++) d[z] += t * f[z + j];                           \
                                }                                                                                     \
                            }                                                                                         \
                        }                                                                                             \
                }                                                                                                     \
    }

CONVOLUTION3(convolution3_float, float)
CONVOLUTION3(convolution3_double, double)

/* Product of n complex numbers and a factor, z *= s k. */
void spectral_product(float *restrict z, const float *restrict k, long n, float s) {
    for (long i = 0; i < n; i++) {
        float a = z[2 * i], b = z[2 * i + 1], c = s * k[2 * i], d = s * k[2 * i + 1];
        z[2 * i] = a * c - b * d;
        z[2 * i + 1] = a * d + b * c;
    }
}
