/**
 * Differentiation through time stepping: trajectories of recorded right-hand sides in bounded memory, any sequence of
 * steps that can go back one by one, and steps recorded on a tape with everything else.
 */
@NullMarked
package org.isotrope.autodiff.time;

import org.jspecify.annotations.NullMarked;
