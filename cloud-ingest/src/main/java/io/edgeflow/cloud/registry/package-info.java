/** What was published: bundles by digest, their pieces, and the keys that vouch for them. */
@NullMarked
package io.edgeflow.cloud.registry;

import org.jspecify.annotations.NullMarked;
