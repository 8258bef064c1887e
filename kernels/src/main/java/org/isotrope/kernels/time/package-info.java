/**
 * Time stepping of fields, {@code du/dt = f(t, u)}: explicit, implicit and exponential steps, runs that are watched,
 * and how large a step may be.
 */
@NullMarked
package org.isotrope.kernels.time;

import org.jspecify.annotations.NullMarked;
