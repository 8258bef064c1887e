/**
 * Who computes: the team of threads and its static shares, scratch for each of them, and interruptions.
 */
@NullMarked
package org.isotrope.kernels.engine.threads;

import org.jspecify.annotations.NullMarked;
