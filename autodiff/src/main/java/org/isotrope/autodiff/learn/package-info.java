/** Radial functions with parameters, and operators that learn them from samples. */
@NullMarked
package org.isotrope.autodiff.learn;

import org.jspecify.annotations.NullMarked;
