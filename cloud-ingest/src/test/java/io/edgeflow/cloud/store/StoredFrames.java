package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.Frame;
import java.util.Arrays;
import java.util.List;

/** Puts frames into a database as a cloud does, for tests of other packages. */
public final class StoredFrames {
  private StoredFrames() {}

  public static void store(Schema schema, Frame... frames) throws Exception {
    store(schema.session(), frames);
  }

  /** As if the server had another layout. */
  public static void store(Schema schema, Layout layout, Frame... frames) throws Exception {
    WriterSettings settings = schema.settings(1000);
    store(
        new WriterSettings(settings.database(), layout, 1000, 1 << 22, settings.clock()).session(),
        frames);
  }

  static void store(WriterSession.Settings settings, Frame... frames) throws Exception {
    List<Arrival> arrivals = Arrays.stream(frames).map(Plant::arrival).toList();
    try (WriterSession session = WriterSession.open(settings)) {
      CommittedBatch batch = session.store(arrivals);
      batch.settled().stream()
          .filter(settled -> settled.outcome() != FrameOutcome.COMMITTED)
          .findAny()
          .ifPresent(
              settled -> {
                throw new AssertionError(settled);
              });
    }
  }
}
