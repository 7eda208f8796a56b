/**
 * What a gateway shows of itself over HTTP: the commissioning page, the account, the latest values,
 * rejects and readings as they come. It reads views that the composition root provides.
 */
@NullMarked
package io.edgeflow.gateway.commissioning;

import org.jspecify.annotations.NullMarked;
