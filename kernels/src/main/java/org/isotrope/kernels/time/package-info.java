/** Explicit time stepping of fields: {@code du/dt = f(t, u)}. */
@NullMarked
package org.isotrope.kernels.time;

import org.jspecify.annotations.NullMarked;
