/**
 * What the hub of a site may finish of a rollout while the cloud is away, and what it takes back
 * (R6). {@link io.edgeflow.gateway.site.mandate.SiteRollout} decides, in values; the rest reads,
 * keeps and carries out.
 */
@NullMarked
package io.edgeflow.gateway.site.mandate;

import org.jspecify.annotations.NullMarked;
