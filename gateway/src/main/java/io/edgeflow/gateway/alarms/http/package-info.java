/** {@code /api/v1/alarms}: what is alarming, and what people say to it. */
@NullMarked
package io.edgeflow.gateway.alarms.http;

import org.jspecify.annotations.NullMarked;
