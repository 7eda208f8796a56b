/** Topics that no mapping takes, and mappings that would. */
@NullMarked
package io.edgeflow.gateway.learn;

import org.jspecify.annotations.NullMarked;
