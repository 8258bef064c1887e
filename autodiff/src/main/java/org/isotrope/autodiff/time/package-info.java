/**
 * Differentiation through time stepping, in bounded memory: trajectories of recorded right-hand sides, and any sequence
 * of steps that can go back one by one.
 */
@NullMarked
package org.isotrope.autodiff.time;

import org.jspecify.annotations.NullMarked;
