/** {@code /api/v1/models}: which models score, and what people ask of them. */
@NullMarked
package io.edgeflow.gateway.scoring.http;

import org.jspecify.annotations.NullMarked;
