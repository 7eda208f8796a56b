package io.edgeflow.cloud.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.LedgerReader;
import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Answers that need no database. */
final class AckDeskTest {
  private static final LedgerReader NO_LEDGER =
      new LedgerReader(
          new WriterSettings(
              new PGSimpleDataSource(),
              new Layout.NativePartitions(),
              10,
              1000,
              Clock.systemUTC()));

  private final BlockingQueue<String> topics = new LinkedBlockingQueue<>();

  @Test
  void answersOthersAlthoughOneEdgeSaysWhatCannotBeAnswered() throws Exception {
    try (AckDesk desk = AckDesk.start(NO_LEDGER, (topic, payload) -> topics.add(topic))) {
      desk.publish("pi-1", new Acknowledgement(true, "7/1", 0, 1000, 1, List.of()));
      assertEquals(Topics.ack("pi-1"), topics.poll(10, TimeUnit.SECONDS));

      desk.later("pi-7", frame(Long.MAX_VALUE));
      desk.later("pi-8", frame(1));
      assertEquals(Topics.ack("pi-8"), topics.poll(10, TimeUnit.SECONDS));
    }
  }

  private static FrameId frame(long number) {
    return new FrameId(new Incarnation(1, 2), Lane.WINDOW, number);
  }
}
