/** Which cloud processes share the database, and whose edges are whose. */
@NullMarked
package io.edgeflow.cloud.roster;

import org.jspecify.annotations.NullMarked;
