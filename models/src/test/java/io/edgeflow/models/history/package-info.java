/** Tests of tables of readings. */
@NullMarked
package io.edgeflow.models.history;

import org.jspecify.annotations.NullMarked;
