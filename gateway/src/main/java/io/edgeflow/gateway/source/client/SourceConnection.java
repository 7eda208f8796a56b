package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceLink.Arrival;
import io.edgeflow.gateway.source.SourceLink.Attempt;
import io.edgeflow.gateway.source.SourceLink.Ending;
import io.edgeflow.gateway.source.SourceLink.Kind;
import io.edgeflow.gateway.source.SourceLink.Listener;
import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.SourceVersion;
import io.edgeflow.gateway.source.client.Outgoing.Unacknowledged;
import io.edgeflow.gateway.source.client.Packet.Disconnect;
import io.edgeflow.gateway.source.client.Packet.PingResp;
import io.edgeflow.gateway.source.client.Packet.Publish;
import io.edgeflow.gateway.source.client.Packet.SubAck;
import io.edgeflow.process.settings.Durations;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: its own thread connects, and then reads as fast as the listener takes; another
 * one writes. What the listener does not take is not read, so the broker's side of the line fills
 * and it waits, whatever it thinks of windows.
 */
final class SourceConnection implements Attempt, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceConnection.class);

  /** For the other side to read our goodbye: closing at once could take it from the line. */
  private static final long GOODBYE_MILLIS = 1_000;

  private final SourceSettings settings;
  private final SourceVersion version;
  private final Listener listener;
  private final Transport transport;
  private final CountDownLatch readAll = new CountDownLatch(1);
  private volatile @Nullable Outgoing outgoing;
  private volatile boolean closing;
  private boolean isResumed;
  private boolean isSubscribed;

  SourceConnection(SourceSettings settings, SourceVersion version, Listener listener) {
    this.settings = settings;
    this.version = version;
    this.listener = listener;
    this.transport = Transport.to(settings);
  }

  @Override
  public void run() {
    Ending ending;
    try {
      ending = connected();
    } catch (RuntimeException fault) {
      LOG.error("source={} failed", settings.name(), fault);
      ending = new Ending(Kind.LOST, "it failed: " + fault);
    }
    readAll.countDown();
    Outgoing waiting = outgoing;
    if (waiting != null) {
      waiting.abandon();
    }
    transport.close();
    listener.closed(closing ? new Ending(Kind.CLOSED, "closed") : ending);
  }

  private Ending connected() {
    try {
      transport.connect(settings.connectTimeout());
    } catch (IOException failed) {
      return new Ending(Kind.UNREACHABLE, "cannot connect: " + Words.of(failed));
    }
    Greeting greeting = Greeting.exchange(transport, settings, version, false);
    return switch (greeting) {
      case Greeting.Refused(Ending refusal) -> refusal;
      case Greeting.Welcome welcome -> {
        isResumed = welcome.isResumed();
        welcome.sessionSeconds().ifPresent(this::compareSession);
        yield talk(welcome.reader(), welcome.keepAliveSeconds());
      }
    };
  }

  private void compareSession(long seconds) {
    if (seconds < settings.sessionExpiry().toSeconds()) {
      LOG.warn(
          "source={} the broker keeps the session for {} only, not for {}: what is published during"
              + " a longer outage is lost",
          settings.name(),
          Durations.format(Duration.ofSeconds(seconds)),
          Durations.format(settings.sessionExpiry()));
    }
  }

  private Ending talk(PacketReader reader, int keepAliveSeconds) {
    try {
      transport.readTimeout(Duration.ofSeconds(keepAliveSeconds).multipliedBy(3).dividedBy(2));
      transport.out().write(Packets.subscribe(settings, version));
      Outgoing writing = new Outgoing(Outgoing.pingNanos(keepAliveSeconds));
      outgoing = writing;
      Thread.ofVirtual().name("source-" + settings.name() + "-acks").start(() -> write(writing));
      if (closing) {
        writing.end();
      }
      return read(reader, writing);
    } catch (SocketTimeoutException silent) {
      return new Ending(Kind.LOST, "the broker is silent, and does not answer a ping");
    } catch (EOFException ended) {
      return new Ending(Kind.LOST, "the broker ended the connection without a word");
    } catch (MalformedPacketException wrong) {
      return new Ending(Kind.LOST, "the broker sent no MQTT: " + wrong.getMessage());
    } catch (IOException broken) {
      return new Ending(Kind.LOST, "the connection broke: " + Words.of(broken));
    }
  }

  private Ending read(PacketReader reader, Outgoing writing) throws IOException {
    while (true) {
      switch (reader.next()) {
        case Publish message -> arrived(message, writing);
        case PingResp alive -> LOG.trace("{}", alive);
        case SubAck answer -> {
          String refusal = refusal(answer);
          if (!refusal.isEmpty()) {
            return new Ending(Kind.REFUSED, refusal);
          }
          isSubscribed = true;
          listener.opened(isResumed);
        }
        case Disconnect(int code, Properties properties) -> {
          return new Ending(Kind.REFUSED, "the broker ended it: " + Words.code(code, properties));
        }
        case Packet.ConnAck again ->
            throw new MalformedPacketException("it answers again: " + again.code());
      }
    }
  }

  private void arrived(Publish message, Outgoing writing) throws IOException {
    if (message.qos() > 1) {
      throw new MalformedPacketException("it sends QoS 2, which was not asked for");
    }
    listener.arrived(new Message(message, message.qos() == 0 ? null : writing.came(message.id())));
  }

  private String refusal(SubAck answer) throws MalformedPacketException {
    if (isSubscribed || answer.codes().size() != settings.topics().size()) {
      throw new MalformedPacketException("it answers subscriptions that were not asked for");
    }
    for (int i = 0; i < answer.codes().size(); i++) {
      int code = answer.codes().get(i);
      String topic = settings.topics().get(i).filter();
      if (code >= 0x80) {
        return "the broker refuses the topic " + topic + ": " + Words.code(code, Properties.NONE);
      }
      if (code < settings.qos()) {
        LOG.warn(
            "source={} gets {} at QoS 0 only: the broker allows no more, and may lose it",
            settings.name(),
            topic);
      }
    }
    return "";
  }

  private void write(Outgoing writing) {
    try {
      writing.writeAll(transport.out());
      transport.endOutput();
      if (!readAll.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("source={} the broker did not end the connection", settings.name());
      }
    } catch (IOException broken) {
      LOG.debug("source={} cannot write", settings.name(), broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // Whatever reads hears of it.
    transport.close();
  }

  @Override
  public void close() {
    closing = true;
    Outgoing writing = outgoing;
    if (writing == null) {
      transport.close();
    } else {
      writing.end();
    }
  }

  /**
   * A message on its way.
   *
   * @param pending nothing where nobody waits for an acknowledgement
   */
  private record Message(Publish publish, @Nullable Unacknowledged pending) implements Arrival {
    @Override
    public String topic() {
      return publish.topic();
    }

    @Override
    public byte[] payload() {
      return publish.payload();
    }

    @Override
    public boolean isAcknowledged() {
      return pending != null;
    }

    @Override
    public boolean isRetained() {
      return publish.isRetained();
    }

    @Override
    public void acknowledge() {
      if (pending != null) {
        pending.done();
      }
    }
  }
}
