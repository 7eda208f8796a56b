/** Asks a running gateway for raw readings out of its flight recorder, over HTTP: both ends. */
@NullMarked
package io.edgeflow.gateway.fetch;

import org.jspecify.annotations.NullMarked;
