package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.broker.CaptureSettings;
import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadParser;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** That the load is what it claims to be. */
final class PublishLoadTest {
  private static final long HALF_A_SECOND = 500_000_000;

  @Test
  void publishesReadingsThatTheGatewayUnderstandsAndCountsTheirAcknowledgements() throws Exception {
    var intake = new ParsingIntake();
    try (var broker =
        GatewayBroker.start(BrokerSettings.of("127.0.0.1", 0), CaptureSettings.DEFAULT, intake)) {
      PublishLoad.Result result =
          PublishLoad.measure(broker.port(), 2, 10, HALF_A_SECOND, 4 * HALF_A_SECOND);
      assertTrue(result.perSecond() > 0);
      assertTrue(result.perSecond() * 0.4 <= intake.understood.get(), result::toString);
      assertTrue(intake.misunderstood.get() == 0, "misunderstood messages");
    }
  }

  @Test
  void failsWhenABrokerDropsIt() throws Exception {
    Intake full =
        new Intake() {
          @Override
          public boolean offer(Submission submission) {
            return false;
          }

          @Override
          public void whenRoom(Runnable retry) {}
        };
    var impatient = new CaptureSettings(Duration.ofMillis(200), 100);
    try (var broker = GatewayBroker.start(BrokerSettings.of("127.0.0.1", 0), impatient, full)) {
      assertThrows(
          IOException.class,
          () -> PublishLoad.measure(broker.port(), 1, 10, HALF_A_SECOND, HALF_A_SECOND));
    }
  }

  @Test
  void noticesThatNobodyListens() throws Exception {
    assertFalse(LoadClient.answers(Ports.free()));
  }

  private static final class ParsingIntake implements Intake {
    private final PayloadParser parser = PayloadParser.standard();
    private final AtomicLong understood = new AtomicLong();
    private final AtomicLong misunderstood = new AtomicLong();

    @Override
    public synchronized boolean offer(Submission submission) {
      ParsedMessage message = parser.parse(submission.topic(), submission.payload());
      boolean good =
          message.outcome() == ParsedMessage.Outcome.READINGS
              && message.size() == 1
              && message.fault(0) == null
              && message.stamped(0);
      (good ? understood : misunderstood).incrementAndGet();
      submission.settleSafe();
      return true;
    }

    @Override
    public void whenRoom(Runnable retry) {
      retry.run();
    }
  }
}
