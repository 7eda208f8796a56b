package io.edgeflow.gateway.source;

import static io.edgeflow.gateway.source.SourceTry.awaitConnected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.broker.ControlledIntake;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A source says so when the broker keeps less for it than it was asked to. */
@Timeout(30)
final class SessionTest {
  private static final int MINUTE = 60;
  private static final int FORGOTTEN = 0;
  private static final int RESUMED = 1;

  private final Logger log = (Logger) LoggerFactory.getLogger(SessionTest.class.getPackageName());
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private StubBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new StubBroker();
    said.start();
    log.addAppender(said);
  }

  @AfterEach
  void stop() throws Exception {
    log.detachAppender(said);
    broker.close();
  }

  /** The test's source asks for an hour. */
  @Test
  void saysThatTheBrokerKeepsTheSessionForAShorterTime() throws Exception {
    try (Sources sources = open();
        StubBroker.Line line = broker.next()) {
      welcome(line, FORGOTTEN, MINUTE);
      awaitConnected(sources);
    }
    assertEquals(
        List.of(
            "source=hall-2 the broker keeps the session for 1m only, not for 1h: what is published"
                + " during a longer outage is lost"),
        warnings());
  }

  @Test
  void saysNothingOfASessionThatIsKeptForLonger() throws Exception {
    try (Sources sources = open();
        StubBroker.Line line = broker.next()) {
      welcome(line, FORGOTTEN, 120 * MINUTE);
      awaitConnected(sources);
    }
    assertEquals(List.of(), warnings());
  }

  @Test
  void saysThatASessionWasForgottenBetweenTwoConnections() throws Exception {
    try (Sources sources = open()) {
      connectAndLose(sources, FORGOTTEN, 1);
      connectAndLose(sources, RESUMED, 2);
      connectAndLose(sources, FORGOTTEN, 3);
    }
    assertEquals(
        List.of(
            "source=hall-2 the broker forgot the session: what was published since the last"
                + " connection ended is lost"),
        warnings());
  }

  private void connectAndLose(Sources sources, int flags, int connections) throws Exception {
    try (StubBroker.Line line = broker.next()) {
      welcome(line, flags, 60 * MINUTE);
      Await.until(
          "connected", () -> SourceTry.status(sources).counts().connections() == connections);
    }
  }

  private Sources open() {
    return SourceTry.of(broker.url(), SourceVersion.FIVE)
        .withTopics("s/#")
        .open(new ControlledIntake());
  }

  private static void welcome(StubBroker.Line line, int flags, int seconds) throws Exception {
    line.readConnect();
    line.write(0x20, 8, flags, 0, 5, 0x11, 0, 0, seconds >> 8, seconds & 0xff);
    line.read();
    line.write(0x90, 4, 0, 1, 0, 1);
  }

  /** Without those of the connection's end, for which the test is to blame. */
  private List<String> warnings() {
    return List.copyOf(said.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .filter(text -> !text.contains("is not connected"))
        .toList();
  }
}
