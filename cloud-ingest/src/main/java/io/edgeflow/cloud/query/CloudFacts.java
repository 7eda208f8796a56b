package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.StorageSettings;
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
 * @param storage how tables are cut and cleared
 * @param risks see {@link io.edgeflow.cloud.store.DatabaseWatch#risks}
 */
public record CloudFacts(
    String version,
    Instant started,
    boolean embedded,
    LongSupplier writerQueue,
    LongSupplier credit,
    Supplier<List<String>> risks,
    Storage storage) {
  /**
   * @param layout of the database
   */
  public record Storage(Layout layout, StorageSettings settings) {}

  public CloudFacts(
      String version,
      Instant started,
      boolean embedded,
      LongSupplier writerQueue,
      LongSupplier credit,
      Supplier<List<String>> risks) {
    this(
        version,
        started,
        embedded,
        writerQueue,
        credit,
        risks,
        new Storage(new Layout.NativePartitions(), StorageSettings.STANDARD));
  }

  public CloudFacts storing(Layout layout, StorageSettings settings) {
    return new CloudFacts(
        version, started, embedded, writerQueue, credit, risks, new Storage(layout, settings));
  }
}
