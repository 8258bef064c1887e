package org.isotrope.grids;

/**
 * What happens to a point outside the domain. The domain of a bounded axis reaches from {@link Axis#low} to
 * {@link Axis#high}; a periodic axis has no outside, and a coordinate that is not finite is refused under every rule.
 */
public enum OutOfDomain {
    /** An {@link IllegalArgumentException} that names the point, before anything is written. */
    THROW,
    /** The point moves to the nearest wall, axis by axis; the value is constant beyond walls, its derivative there 0. */
    CLAMP,
    /**
     * The point moves by whole lengths of the domain until it lies inside. The axis stays bounded: values do not join
     * across its walls, which takes a periodic axis.
     */
    PERIODIC,
    /** The point takes no part: its value is 0, nothing is deposited, and it is counted. */
    IGNORE
}
