/** The laws that operators obey, to be tried on any operator: those of this library and the user's own. */
@NullMarked
package org.isotrope.kernels.verify;

import org.jspecify.annotations.NullMarked;
