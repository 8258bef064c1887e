/** Fields in files: NumPy's NPY format. */
@NullMarked
package org.isotrope.grids.io;

import org.jspecify.annotations.NullMarked;
