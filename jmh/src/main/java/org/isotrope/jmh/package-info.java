/** Benchmarks: operators beside the ceilings of the machine and plain C on the same memory, in one run. */
@NullMarked
package org.isotrope.jmh;

import org.jspecify.annotations.NullMarked;
