/** How the agent of a gateway asks the service beside it for a version of the program. */
@NullMarked
package io.edgeflow.gateway.application;

import org.jspecify.annotations.NullMarked;
