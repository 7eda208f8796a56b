package io.edgeflow.gateway.site.mandate;

import io.edgeflow.wire.document.Deployment;
import java.util.Map;

/**
 * What the hub knows when it decides.
 *
 * @param away whether the cloud has been away for long enough
 * @param reports what each edge said last of its documents
 * @param told what the cloud told each edge last, as far as it passed here since the process
 *     started
 */
public record View(
    boolean away, Moment now, Map<String, Deployment> reports, Map<String, Told> told) {}
