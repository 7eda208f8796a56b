/** Tests of rollouts as a matter of values. */
@NullMarked
package io.edgeflow.cloud.rollout;

import org.jspecify.annotations.NullMarked;
