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
