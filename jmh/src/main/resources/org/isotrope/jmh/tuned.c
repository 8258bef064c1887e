/*
 * The workloads by hand: explicit vectors of the machine's width, register tiles, blocks of rows for the cache; no
 * non-temporal stores and no prefetch, which Java has not. T is float or double and SIZE its bytes. Every function
 * takes (out, in, weights, scratch, sizes); sizes are n, a variant, and what the function says. n is a multiple of the lanes.
 */
#include <string.h>

#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
#define LANES (BYTES / SIZE)
#define L ((long)LANES)
#define INLINE static inline __attribute__((always_inline))
#define ARGUMENTS                                                                                                     \
    T *restrict o, const T *restrict u, const T *restrict w, __attribute__((unused)) T *restrict scratch,             \
        const long *restrict sizes

typedef T V __attribute__((vector_size(BYTES)));
typedef T U __attribute__((vector_size(BYTES), aligned(SIZE)));

/* Lanes s to s + LANES of a followed by b. */
#if LANES == 16
#define FROM(a, b, s)                                                                                                 \
    __builtin_shufflevector(a, b, s, s + 1, s + 2, s + 3, s + 4, s + 5, s + 6, s + 7, s + 8, s + 9, s + 10, s + 11,   \
                            s + 12, s + 13, s + 14, s + 15)
#elif LANES == 8
#define FROM(a, b, s) __builtin_shufflevector(a, b, s, s + 1, s + 2, s + 3, s + 4, s + 5, s + 6, s + 7)
#elif LANES == 4
#define FROM(a, b, s) __builtin_shufflevector(a, b, s, s + 1, s + 2, s + 3)
#else
#define FROM(a, b, s) __builtin_shufflevector(a, b, s, s + 1)
#endif
#define BEFORE(a, b) FROM(a, b, LANES - 1)
#define AFTER(a, b) FROM(a, b, 1)

INLINE V load(const T *p) { return (V) * (const U *)p; }
INLINE void store(T *p, V v) { *(U *)p = (U)v; }
INLINE V all(T x) { return x - (V){}; }
INLINE long wrap(long i, long n) { return i < 0 ? i + n : i >= n ? i - n : i; }
INLINE long beyond(long i, long n, long mirror) { return !mirror ? wrap(i, n) : i < 0 ? -i : i >= n ? 2 * n - 2 - i : i; }
INLINE long least(long a, long b) { return a < b ? a : b; }

long lanes(void) { return L; }

/* A row of c times itself and w times the sum of six neighbours; neighbours along the row by lanes of three registers. */
INLINE void row7(T *restrict d, const T *c, const T *e, const T *f, const T *a, const T *b, long n, long mirror, V vc, V vw) {
    V p = mirror ? all(c[1]) : load(c + n - L), q = load(c), last = mirror ? all(c[n - 2]) : q;
    long x = 0;
    for (; x < n - L; x += L) {
        V r = load(c + x + L);
        V s = ((load(e + x) + load(f + x)) + (load(a + x) + load(b + x))) + (BEFORE(p, q) + AFTER(q, r));
        store(d + x, vc * q + vw * s);
        p = q;
        q = r;
    }
    V s = ((load(e + x) + load(f + x)) + (load(a + x) + load(b + x))) + (BEFORE(p, q) + AFTER(q, last));
    store(d + x, vc * q + vw * s);
}

/* 7-point Laplacian, w[0] at the centre and w[1] around it; sizes n, rows a block, whether edges mirror. */
INLINE void sweep7(T *restrict o, const T *restrict u, long n, long block, long mirror, V vc, V vw) {
    long p = n * n;
    for (long from = 0; from < n; from += block)
        for (long z = 0; z < n; z++) {
            const T *m = u + z * p, *a = u + beyond(z - 1, n, mirror) * p, *b = u + beyond(z + 1, n, mirror) * p;
            for (long y = from; y < least(from + block, n); y++)
                row7(o + z * p + y * n, m + y * n, m + beyond(y - 1, n, mirror) * n, m + beyond(y + 1, n, mirror) * n,
                     a + y * n, b + y * n, n, mirror, vc, vw);
        }
}

void laplacian(ARGUMENTS) {
    if (sizes[2]) sweep7(o, u, sizes[0], sizes[1], 1, all(w[0]), all(w[1]));
    else sweep7(o, u, sizes[0], sizes[1], 0, all(w[0]), all(w[1]));
}

/* The same for four planes at a time, which share what they load; periodic. */
void laplacian_planes(ARGUMENTS) {
    long n = sizes[0], block = sizes[1], p = n * n;
    V vc = all(w[0]), vw = all(w[1]);
    for (long from = 0; from < n; from += block)
        for (long z = 0; z < n; z += 4) {
            const T *a = u + wrap(z - 1, n) * p, *b = u + wrap(z + 4, n) * p, *m = u + z * p;
            for (long y = from; y < least(from + block, n); y++) {
                long r = y * n, e = wrap(y - 1, n) * n, f = wrap(y + 1, n) * n;
                V before[4], c[6], first[4], next[4];
#pragma GCC unroll 4
                for (int k = 0; k < 4; k++) {
                    before[k] = load(m + k * p + r + n - L);
                    first[k] = c[k + 1] = load(m + k * p + r);
                }
                for (long x = 0; x < n; x += L) {
                    c[0] = load(a + r + x);
                    c[5] = load(b + r + x);
#pragma GCC unroll 4
                    for (int k = 0; k < 4; k++) next[k] = x + L < n ? load(m + k * p + r + x + L) : first[k];
#pragma GCC unroll 4
                    for (int k = 0; k < 4; k++) {
                        const T *q = m + k * p + x;
                        V s = ((c[k] + c[k + 2]) + (load(q + e) + load(q + f)))
                            + (BEFORE(before[k], c[k + 1]) + AFTER(c[k + 1], next[k]));
                        store(o + (z + k) * p + r + x, vc * c[k + 1] + vw * s);
                    }
#pragma GCC unroll 4
                    for (int k = 0; k < 4; k++) {
                        before[k] = c[k + 1];
                        c[k + 1] = next[k];
                    }
                }
            }
        }
}

/* 25-point Laplacian, w[s] at distance s, periodic; four rows at a time, copied with wrapped ends; sizes n, rows a block. */
void laplacian25(ARGUMENTS) {
    enum { ROWS = 4, REACH = 4 };
    long n = sizes[0], block = sizes[1], p = n * n, stride = n + 2 * REACH;
    V v0 = all(w[0]), v1 = all(w[1]), v2 = all(w[2]), v3 = all(w[3]), v4 = all(w[4]);
    for (long from = 0; from < n; from += block)
        for (long z = 0; z < n; z++) {
            const T *m = u + z * p, *a[REACH + 1], *b[REACH + 1];
            for (int k = 1; k <= REACH; k++) {
                a[k] = u + wrap(z - k, n) * p;
                b[k] = u + wrap(z + k, n) * p;
            }
            for (long y = from; y < from + block; y += ROWS) {
                const T *r[ROWS + 2 * REACH];
                for (int j = 0; j < ROWS + 2 * REACH; j++) r[j] = m + wrap(y + j - REACH, n) * n;
                for (int j = 0; j < ROWS; j++) {
                    T *s = scratch + j * stride;
                    memcpy(s, r[j + REACH] + n - REACH, REACH * sizeof(T));
                    memcpy(s + REACH, r[j + REACH], n * sizeof(T));
                    memcpy(s + REACH + n, r[j + REACH], REACH * sizeof(T));
                }
                for (long x = 0; x < n; x += L) {
                    V q[ROWS + 2 * REACH];
#pragma GCC unroll 12
                    for (int j = 0; j < ROWS + 2 * REACH; j++) q[j] = load(r[j] + x);
#pragma GCC unroll 4
                    for (int j = 0; j < ROWS; j++) {
                        const T *c = scratch + j * stride + REACH + x;
                        long i = (y + j) * n + x;
                        V s1 = ((q[j + 3] + q[j + 5]) + (load(a[1] + i) + load(b[1] + i))) + (load(c - 1) + load(c + 1));
                        V s2 = ((q[j + 2] + q[j + 6]) + (load(a[2] + i) + load(b[2] + i))) + (load(c - 2) + load(c + 2));
                        V s3 = ((q[j + 1] + q[j + 7]) + (load(a[3] + i) + load(b[3] + i))) + (load(c - 3) + load(c + 3));
                        V s4 = ((q[j] + q[j + 8]) + (load(a[4] + i) + load(b[4] + i))) + (load(c - 4) + load(c + 4));
                        store(o + z * p + i, v0 * q[j + 4] + v1 * s1 + v2 * s2 + v3 * s3 + v4 * s4);
                    }
                }
            }
        }
}

/* The neighbours of row c at x along the row, across its periodic ends. */
INLINE V before(const T *c, long x, long n) { return BEFORE(load(c + (x > 0 ? x - L : n - L)), load(c + x)); }
INLINE V after(const T *c, long x, long n) { return AFTER(load(c + x), load(c + (x < n - L ? x + L : 0))); }

/* The loop over vectors of first-order operators: i is a vector, a, b its neighbours along axis 0 and e, f along axis 1. */
#define VECTORS(BODY)                                                                                                 \
    {                                                                                                                 \
        long n = sizes[0], block = sizes[1], p = n * n, m = n * p;                                                    \
        V h = all(w[0]);                                                                                              \
        (void)m;                                                                                                      \
        for (long from = 0; from < n; from += block)                                                                  \
            for (long z = 0; z < n; z++)                                                                              \
                for (long y = from; y < least(from + block, n); y++) {                                                \
                    long r = z * p + y * n, ra = wrap(z - 1, n) * p + y * n, rb = wrap(z + 1, n) * p + y * n;         \
                    long re = z * p + wrap(y - 1, n) * n, rf = z * p + wrap(y + 1, n) * n;                            \
                    for (long x = 0; x < n; x += L) {                                                                 \
                        long i = r + x, a = ra + x, b = rb + x, e = re + x, f = rf + x;                               \
                        BODY                                                                                          \
                    }                                                                                                 \
                }                                                                                                     \
    }

/* Centred differences times w[0], periodic; sizes n, rows a block. */
void gradient(ARGUMENTS) VECTORS(
    store(o + i, h * (load(u + b) - load(u + a)));
    store(o + m + i, h * (load(u + f) - load(u + e)));
    store(o + 2 * m + i, h * (after(u + r, x, n) - before(u + r, x, n)));)

void divergence(ARGUMENTS) VECTORS(
    const T *q = u + 2 * m + r;
    store(o + i, h * ((load(u + b) - load(u + a)) + (load(u + m + f) - load(u + m + e)) + (after(q, x, n) - before(q, x, n))));)

void curl(ARGUMENTS) VECTORS(
    const T *v = u + m; const T *q = v + m;
    store(o + i, h * ((load(q + f) - load(q + e)) - (after(v + r, x, n) - before(v + r, x, n))));
    store(o + m + i, h * ((after(u + r, x, n) - before(u + r, x, n)) - (load(q + b) - load(q + a))));
    store(o + 2 * m + i, h * ((load(v + b) - load(v + a)) - (load(u + f) - load(u + e))));)

/* ROWS outputs below each other times COLUMNS vectors in registers; every input vector is loaded once for all rows. */
INLINE void tile(T *o, long n, const T *in, long row, long plane, long volume, const T *w, long deep, const long k,
                 long inputs, const int ROWS, const int COLUMNS) {
    V sum[8][4], v[4];
#define ADD(I, FROM_ROW, TO_ROW)                                                                                      \
    _Pragma("GCC unroll 4") for (int c = 0; c < COLUMNS; c++) v[c] = load(q + (I) * row + c * L);                     \
    _Pragma("GCC unroll 8") for (int j = 0; j < ROWS; j++) if (j >= (FROM_ROW) && j <= (TO_ROW)) {                    \
        V b = all(t[(I) - j]);                                                                                        \
        _Pragma("GCC unroll 4") for (int c = 0; c < COLUMNS; c++) sum[j][c] += b * v[c];                              \
    }
#pragma GCC unroll 8
    for (int j = 0; j < ROWS; j++)
#pragma GCC unroll 4
        for (int c = 0; c < COLUMNS; c++) sum[j][c] = (V){};
    for (long s = 0; s < inputs; s++)
        for (long z = 0; z < deep; z++)
            for (long x = 0; x < k; x++) {
                const T *q = in + s * volume + z * plane + x, *t = w + ((s * deep + z) * k + x) * k;
#pragma GCC unroll 8
                for (int i = 0; i < ROWS - 1; i++) { ADD(i, 0, i) }
                for (long i = ROWS - 1; i < k; i++) { ADD(i, 0, ROWS - 1) }
#pragma GCC unroll 8
                for (int e = 1; e < ROWS; e++) { ADD(k - 1 + e, e, ROWS - 1) }
            }
#pragma GCC unroll 8
    for (int j = 0; j < ROWS; j++)
#pragma GCC unroll 4
        for (int c = 0; c < COLUMNS; c++) store(o + j * n + c * L, sum[j][c]);
}

typedef void (*Tile)(T *, long, const T *, long, long, long, const T *, long, long, long);
#define TILE(R, C)                                                                                                    \
    static __attribute__((noinline)) void tile_##R##_##C(T *o, long n, const T *in, long row, long plane, long volume, \
                                                         const T *w, long deep, long k, long inputs) {                \
        switch (k) {                                                                                                  \
        case 5: tile(o, n, in, row, plane, volume, w, deep, 5, inputs, R, C); break;                                  \
        case 7: tile(o, n, in, row, plane, volume, w, deep, 7, inputs, R, C); break;                                  \
        case 11: tile(o, n, in, row, plane, volume, w, deep, 11, inputs, R, C); break;                                \
        case 15: tile(o, n, in, row, plane, volume, w, deep, 15, inputs, R, C); break;                                \
        case 31: tile(o, n, in, row, plane, volume, w, deep, 31, inputs, R, C); break;                                \
        default: tile(o, n, in, row, plane, volume, w, deep, k, inputs, R, C);                                        \
        }                                                                                                             \
    }
#if BYTES == 64
TILE(4, 2) TILE(4, 4) TILE(5, 4) TILE(6, 4) TILE(7, 3) TILE(8, 2)
static const struct { int rows, columns; Tile run; } TILES[] =
    {{4, 2, tile_4_2}, {4, 4, tile_4_4}, {5, 4, tile_5_4}, {6, 4, tile_6_4}, {7, 3, tile_7_3}, {8, 2, tile_8_2}};
#else
TILE(4, 2) TILE(5, 2) TILE(6, 2) TILE(4, 3) TILE(3, 4)
static const struct { int rows, columns; Tile run; } TILES[] =
    {{4, 2, tile_4_2}, {5, 2, tile_5_2}, {6, 2, tile_6_2}, {4, 3, tile_4_3}, {3, 4, tile_3_4}};
#endif

/* The number of variants of a convolution. */
long tiles(void) { return sizeof(TILES) / sizeof(TILES[0]); }

/*
 * Convolution, zero beyond the edges, of inputs components to outputs in 2 or 3 dimensions by way of a padded copy;
 * sizes n, variant, dimension, width k, inputs, outputs. A variant that does not suit k or n is the first one.
 */
void convolution(ARGUMENTS) {
    long n = sizes[0], v = sizes[1], k = sizes[3], inputs = sizes[4], outputs = sizes[5];
    long planes = sizes[2] == 3 ? n : 1, deep = sizes[2] == 3 ? k : 1, h = k / 2, hz = deep / 2;
    if (TILES[v].rows > k + 1 || TILES[v].columns * L > n) v = 0;
    long rows = TILES[v].rows, columns = TILES[v].columns * L;
    long row = (n + k - 1 + 15) / 16 * 16 + 16, plane = row * (n + k - 1) + 16, volume = plane * (planes + deep - 1);
    T *t = scratch, *padded = scratch + (outputs * inputs * deep * k * k + 15) / 16 * 16;
    for (long i = 0; i < outputs * inputs * deep; i++)
        for (long y = 0; y < k; y++)
            for (long x = 0; x < k; x++) t[(i * k + x) * k + y] = w[(i * k + y) * k + x];
    for (long s = 0; s < inputs; s++)
        for (long z = 0; z < planes + deep - 1; z++)
            for (long y = 0; y < n + k - 1; y++) {
                T *d = padded + s * volume + z * plane + y * row;
                long from = z - hz, at = y - h;
                if (from < 0 || from >= planes || at < 0 || at >= n) {
                    memset(d, 0, (n + k - 1) * sizeof(T));
                    continue;
                }
                memset(d, 0, h * sizeof(T));
                memcpy(d + h, u + ((s * planes + from) * n + at) * n, n * sizeof(T));
                memset(d + h + n, 0, h * sizeof(T));
            }
    for (long q = 0; q < outputs; q++)
        for (long z = 0; z < planes; z++)
            for (long j = 0; j < n; j += rows) {
                long y = least(j, n - rows);
                for (long i = 0; i < n; i += columns) {
                    long x = least(i, n - columns);
                    TILES[v].run(o + ((q * planes + z) * n + y) * n + x, n, padded + z * plane + y * row + x, row, plane,
                                 volume, t + q * inputs * deep * k * k, deep, k, inputs);
                }
            }
}

/* Symmetric weights g[0..r] down ROWS rows of an array of row pointers. */
INLINE void down(T *d, long stride, const T *const *rows, long n, const T *g, const int r, const int ROWS) {
    for (long x = 0; x < n; x += L) {
        V q[32];
#pragma GCC unroll 32
        for (int k = 0; k < 2 * r + ROWS; k++) q[k] = load(rows[k] + x);
#pragma GCC unroll 8
        for (int j = 0; j < ROWS; j++) {
            V a = all(g[0]) * q[j + r];
#pragma GCC unroll 12
            for (int k = 1; k <= r; k++) a += all(g[k]) * (q[j + r - k] + q[j + r + k]);
            store(d + j * stride + x, a);
        }
    }
}

/* Separable symmetric kernel in 3D, zero beyond the edges: down and along the rows of each plane, then through planes. */
INLINE void blur_r(T *restrict o, const T *restrict u, const T *restrict w, T *restrict scratch, long n, const int r) {
    long p = n * n, stride = n + 2 * r;
    T *zero = scratch, *row = zero + n, *t = row + 4 * stride;
    memset(scratch, 0, (n + 4 * stride) * sizeof(T));
    for (long z = 0; z < n; z++)
        for (long y = 0; y < n; y += 4) {
            const T *rows[32];
            for (int k = 0; k < 2 * r + 4; k++) {
                long at = y + k - r;
                rows[k] = at < 0 || at >= n ? zero : u + z * p + at * n;
            }
            down(row + r, stride, rows, n, w, r, 4);
            for (int j = 0; j < 4; j++) {
                const T *s = row + j * stride + r;
                for (long x = 0; x < n; x += L) {
                    V a = all(w[0]) * load(s + x);
#pragma GCC unroll 12
                    for (int k = 1; k <= r; k++) a += all(w[k]) * (load(s + x - k) + load(s + x + k));
                    store(t + z * p + (y + j) * n + x, a);
                }
            }
        }
    for (long y = 0; y < n; y++)
        for (long z = 0; z < n; z += 8) {
            const T *rows[32];
            for (int k = 0; k < 2 * r + 8; k++) {
                long at = z + k - r;
                rows[k] = at < 0 || at >= n ? zero : t + at * p + y * n;
            }
            down(o + z * p + y * n, p, rows, n, w, r, 8);
        }
}

/* The above; sizes n, variant, radius 8 or 10. */
void blur(ARGUMENTS) {
    if (sizes[2] == 8) blur_r(o, u, w, scratch, sizes[0], 8);
    else blur_r(o, u, w, scratch, sizes[0], 10);
}

/*
 * Steps of the 7-point sweep between two arrays, the result in the first, for an even number; sizes n, variant (0 plain, 1 four
 * steps a pass over overlapping tiles of 16 rows in scratch), steps.
 */
static void pass(T *restrict o, const T *restrict u, T *restrict scratch, long n, long steps, V vc, V vw) {
    enum { TILE_ROWS = 16, RING = 4 };
    long p = n * n, high = TILE_ROWS + 2 * steps;
    for (long from = 0; from < n; from += TILE_ROWS)
        for (long front = 1 - steps; front < n + steps; front++)
            for (long t = 1; t <= steps; t++) {
                /* step t lags t - 1 planes behind the first and is needed steps - t rows and planes beyond the tile */
                long z = front - (t - 1), more = steps - t;
                if (z < -more || z >= n + more) continue;
                for (long y = from - more; y < from + TILE_ROWS + more; y++) {
                    const T *c, *e, *f, *a, *b;
                    if (t == 1) {
                        long zz = wrap(z, n), yy = wrap(y, n);
                        c = u + zz * p + yy * n;
                        e = u + zz * p + wrap(yy - 1, n) * n;
                        f = u + zz * p + wrap(yy + 1, n) * n;
                        a = u + wrap(zz - 1, n) * p + yy * n;
                        b = u + wrap(zz + 1, n) * p + yy * n;
                    } else {
                        const T *ring = scratch + (t - 1) * RING * high * n + (y - from + steps) * n;
                        c = ring + (z + RING * steps) % RING * high * n;
                        a = ring + (z - 1 + RING * steps) % RING * high * n;
                        b = ring + (z + 1 + RING * steps) % RING * high * n;
                        e = c - n;
                        f = c + n;
                    }
                    T *d = t == steps ? o + z * p + y * n
                        : scratch + t * RING * high * n + (z + RING * steps) % RING * high * n + (y - from + steps) * n;
                    row7(d, c, e, f, a, b, n, 0, vc, vw);
                }
            }
}

void diffusion(ARGUMENTS) {
    long n = sizes[0], steps = sizes[2], at_once = sizes[1] ? 4 : 1;
    V vc = all(w[0]), vw = all(w[1]);
    T *field[] = {o, scratch}, *tile = scratch + n * n * n;
    const T *now = u;
    for (long s = 0, k = 0; s < steps; s += at_once, k++) {
        T *to = field[(steps / at_once - 1 - k) & 1];
        if (at_once == 1) sweep7(to, now, n, 32, 0, vc, vw);
        else pass(to, now, tile, n, at_once, vc, vw);
        now = to;
    }
}

/* A row of upwind differences: c at the node, z, y and x before it along each axis. */
INLINE void row4(T *restrict d, const T *c, const T *e, const T *a, long n, V vc, V vz, V vy, V vx) {
    V p = load(c + n - L);
    for (long x = 0; x < n; x += L) {
        V q = load(c + x);
        store(d + x, (vc * q + vz * BEFORE(p, q)) + (vy * load(e + x) + vx * load(a + x)));
        p = q;
    }
}

/* As pass, which needs rows and planes before a tile alone. */
static void upwind_pass(T *restrict o, const T *restrict u, T *restrict scratch, long n, long steps, const V *v) {
    enum { TILE_ROWS = 16, RING = 4 };
    long p = n * n, high = TILE_ROWS + steps;
    for (long from = 0; from < n; from += TILE_ROWS)
        for (long z = 1 - steps; z < n; z++)
            for (long t = 1; t <= steps; t++) {
                long more = steps - t;
                if (z < -more) continue;
                for (long y = from - more; y < from + TILE_ROWS; y++) {
                    const T *c, *e, *a;
                    if (t == 1) {
                        long zz = wrap(z, n), yy = wrap(y, n);
                        c = u + zz * p + yy * n;
                        e = u + zz * p + wrap(yy - 1, n) * n;
                        a = u + wrap(zz - 1, n) * p + yy * n;
                    } else {
                        const T *ring = scratch + (t - 1) * RING * high * n + (y - from + steps) * n;
                        c = ring + (z + RING * steps) % RING * high * n;
                        a = ring + (z - 1 + RING * steps) % RING * high * n;
                        e = c - n;
                    }
                    T *d = t == steps ? o + z * p + y * n
                        : scratch + t * RING * high * n + (z + RING * steps) % RING * high * n + (y - from + steps) * n;
                    row4(d, c, e, a, n, v[0], v[1], v[2], v[3]);
                }
            }
}

/* Steps of upwind differences, w[0] at the node and w[1 + a] before it along axis a; sizes as for diffusion. */
void advection(ARGUMENTS) {
    long n = sizes[0], p = n * n, steps = sizes[2], at_once = sizes[1] ? 4 : 1;
    V v[] = {all(w[0]), all(w[3]), all(w[2]), all(w[1])};
    T *field[] = {o, scratch}, *tile = scratch + n * p;
    const T *now = u;
    for (long s = 0, k = 0; s < steps; s += at_once, k++) {
        T *to = field[(steps / at_once - 1 - k) & 1];
        if (at_once > 1) upwind_pass(to, now, tile, n, at_once, v);
        else
            for (long from = 0; from < n; from += 32)
                for (long z = 0; z < n; z++)
                    for (long y = from; y < least(from + 32, n); y++)
                        row4(to + z * p + y * n, now + z * p + y * n, now + z * p + wrap(y - 1, n) * n,
                             now + wrap(z - 1, n) * p + y * n, n, v[0], v[1], v[2], v[3]);
        now = to;
    }
}

/* As row7, less the row g, which may be d. */
INLINE void row7_less(T *d, const T *c, const T *e, const T *f, const T *a, const T *b, const T *g, long n, V vc, V vw) {
    V p = load(c + n - L), q = load(c), last = q;
    for (long x = 0; x < n; x += L) {
        V r = x + L < n ? load(c + x + L) : last;
        V s = ((load(e + x) + load(f + x)) + (load(a + x) + load(b + x))) + (BEFORE(p, q) + AFTER(q, r));
        store(d + x, vc * q + vw * s - load(g + x));
        p = q;
        q = r;
    }
}

/* As pass, from the states u and ub before it to o and ob. */
static void wave_pass(
    T *restrict o, T *restrict ob, const T *restrict u, const T *restrict ub, T *restrict scratch, long n, long steps, V vc,
    V vw) {
    enum { TILE_ROWS = 16, RING = 4 };
    long p = n * n, high = TILE_ROWS + 2 * steps;
    for (long from = 0; from < n; from += TILE_ROWS)
        for (long front = 1 - steps; front < n + steps; front++)
            for (long t = 1; t <= steps; t++) {
                long z = front - (t - 1), more = steps - t, turn = (z + RING * steps) % RING * high * n;
                if (z < -more || z >= n + more) continue;
                for (long y = from - more; y < from + TILE_ROWS + more; y++) {
                    const T *c, *e, *f, *a, *b, *g;
                    long at = (y - from + steps) * n, zz = wrap(z, n), yy = wrap(y, n);
                    if (t == 1) {
                        c = u + zz * p + yy * n;
                        e = u + zz * p + wrap(yy - 1, n) * n;
                        f = u + zz * p + wrap(yy + 1, n) * n;
                        a = u + wrap(zz - 1, n) * p + yy * n;
                        b = u + wrap(zz + 1, n) * p + yy * n;
                        g = ub + zz * p + yy * n;
                    } else {
                        const T *ring = scratch + (t - 1) * RING * high * n + at;
                        c = ring + turn;
                        a = ring + (z - 1 + RING * steps) % RING * high * n;
                        b = ring + (z + 1 + RING * steps) % RING * high * n;
                        e = c - n;
                        f = c + n;
                        g = t == 2 ? u + zz * p + yy * n : ring - RING * high * n + turn;
                    }
                    T *d = t == steps ? o + z * p + y * n : scratch + t * RING * high * n + at + turn;
                    row7_less(d, c, e, f, a, b, g, n, vc, vw);
                    if (t == steps - 1 && z >= 0 && z < n && y >= from && y < from + TILE_ROWS)
                        memcpy(ob + z * p + y * n, d, n * sizeof(T));
                }
            }
}

/* Steps of the 7-point sum less the state one step earlier, which is the first one at the first step; sizes as for diffusion. */
void wave(ARGUMENTS) {
    long n = sizes[0], p = n * n, steps = sizes[2];
    V vc = all(w[0]), vw = all(w[1]);
    const T *now = u, *before = u;
    if (sizes[1]) {
        T *field[] = {o, scratch}, *earlier[] = {scratch + n * p, scratch + 2 * n * p}, *tile = scratch + 3 * n * p;
        for (long s = 0, k = steps / 4 - 1; s < steps; s += 4, k--) {
            wave_pass(field[k & 1], earlier[k & 1], now, before, tile, n, 4, vc, vw);
            now = field[k & 1];
            before = earlier[k & 1];
        }
        return;
    }
    for (long s = 0; s < steps; s++) {
        T *to = s % 2 ? o : scratch;
        for (long from = 0; from < n; from += 32)
            for (long z = 0; z < n; z++)
                for (long y = from; y < least(from + 32, n); y++) {
                    const T *m = now + z * p;
                    row7_less(to + z * p + y * n, m + y * n, m + wrap(y - 1, n) * n, m + wrap(y + 1, n) * n,
                              now + wrap(z - 1, n) * p + y * n, now + wrap(z + 1, n) * p + y * n, before + z * p + y * n, n,
                              vc, vw);
                }
        before = now;
        now = to;
    }
}
