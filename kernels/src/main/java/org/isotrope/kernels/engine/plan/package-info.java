/**
 * Which way is taken: the planner, its cost model, the rates of a machine and how they are measured.
 */
@NullMarked
package org.isotrope.kernels.engine.plan;

import org.jspecify.annotations.NullMarked;
