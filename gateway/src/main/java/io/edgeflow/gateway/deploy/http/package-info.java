/** {@code /api/v1/models}: what the people at an edge say to rollouts. */
@NullMarked
package io.edgeflow.gateway.deploy.http;

import org.jspecify.annotations.NullMarked;
