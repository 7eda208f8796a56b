/** The web page of the cloud process. */
@NullMarked
package io.edgeflow.cloud.dashboard;

import org.jspecify.annotations.NullMarked;
