package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.process.mqtt.PasswordHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud that lets in only whom it knows. */
final class PahoLinkLoginTest {
  @TempDir private Path folder;

  @Test
  void entersWithItsPasswordAndTellsWhyItWasRefusedWithout() throws Exception {
    Path users = folder.resolve("users");
    Files.writeString(users, "pi-7:" + PasswordHash.of("swordfish".toCharArray()) + "\n");
    BrokerSettings settings = BrokerSettings.of("127.0.0.1", 0).withUsers(users);
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings, BrokerExtension.NONE)) {
      assertEquals("opened", outcome(broker.port(), "swordfish"));
      assertTrue(outcome(broker.port(), "guess").startsWith("closed"));
      assertTrue(outcome(broker.port(), null).startsWith("closed"));
    }
  }

  @Test
  void refusesAnAddressThatIsNone() throws Exception {
    PahoLink link = link("http://127.0.0.1:1", null);
    Outcome outcome = new Outcome();
    link.open(new byte[0], outcome);
    assertTrue(outcome.next().startsWith("closed"));
    link.close();
  }

  @Test
  void tellsWhenNobodyListens() throws Exception {
    PahoLink link = link("tcp://127.0.0.1:1", null);
    Outcome outcome = new Outcome();
    link.open(new byte[0], outcome);
    assertTrue(outcome.next().startsWith("closed"));
    link.close();
  }

  private static String outcome(int port, @Nullable String password) throws Exception {
    PahoLink link = link("tcp://127.0.0.1:" + port, password);
    Outcome outcome = new Outcome();
    link.open(new byte[0], outcome);
    String result = outcome.next();
    link.close();
    return result;
  }

  private static PahoLink link(String url, @Nullable String password) {
    return new PahoLink(
        new LinkSettings(
            url,
            "pi-7",
            Sample.INCARNATION,
            password == null ? null : "pi-7",
            password,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20)));
  }

  private static final class Outcome implements Link.Listener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      String event = events.poll(20, TimeUnit.SECONDS);
      return event == null ? "nothing" : event;
    }

    @Override
    public void opened() {
      events.add("opened");
    }

    @Override
    public void acknowledged(byte[] payload) {
      events.add("acknowledged");
    }

    @Override
    public void closed(String reason) {
      events.add("closed: " + reason);
    }
  }
}
