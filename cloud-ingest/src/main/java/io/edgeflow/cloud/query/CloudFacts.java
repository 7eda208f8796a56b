package io.edgeflow.cloud.query;

import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the process knows of itself, for {@code /api/v1/status}.
 *
 * @param version of the program
 * @param embedded whether the database is the process' own
 * @param writerQueue frames that wait for the writer; any thread, must not block
 * @param credit bytes of frames that edges were granted to have under way, together; likewise
 * @param risks see {@link io.edgeflow.cloud.store.DatabaseWatch#risks}
 */
public record CloudFacts(
    String version,
    Instant started,
    boolean embedded,
    LongSupplier writerQueue,
    LongSupplier credit,
    Supplier<List<String>> risks) {}
