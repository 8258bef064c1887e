package org.isotrope.experiments;

import java.util.List;
import java.util.Map;

/**
 * What one experiment has to say.
 *
 * @param page its part of the page
 * @param checks its numbers that have a bar, or could have one
 * @param details all its numbers, for {@code results.json}
 */
record Chapter(Page page, List<Check> checks, Map<String, Object> details) {}
