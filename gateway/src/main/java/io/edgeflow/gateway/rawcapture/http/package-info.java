/** {@code /api/v1/captures}: both ends. */
@NullMarked
package io.edgeflow.gateway.rawcapture.http;

import org.jspecify.annotations.NullMarked;
