/** Tests of counting alarms. */
@NullMarked
package io.edgeflow.models.replay;

import org.jspecify.annotations.NullMarked;
