package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.disk.Disk;
import java.util.function.BooleanSupplier;

/**
 * What all downloads of a store share.
 *
 * @param behind whether telemetry waits
 */
record StoreParts(
    Disk disk,
    Shelf shelf,
    Trust trust,
    HttpSource source,
    Throttle throttle,
    BooleanSupplier behind,
    DownloadSettings settings) {}
