/** The experiments of arXiv:2108.09541 on this library, and inverse problems, with a report as a web page. */
@NullMarked
package org.isotrope.experiments;

import org.jspecify.annotations.NullMarked;
