/**
 * A gateway as the hub of a site: edges behind it reach the cloud through it, each as itself. What
 * they say goes up as it is, what the cloud says to them comes down as it is, and only the cloud's
 * word frees anything (L10).
 */
@NullMarked
package io.edgeflow.gateway.site;

import org.jspecify.annotations.NullMarked;
