package io.edgeflow.cloud.intake;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import io.edgeflow.cloud.deploy.DeployChannel;
import io.edgeflow.cloud.deploy.ReportListener;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.LedgerReader;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.ReportedDesk;
import io.edgeflow.cloud.store.WriterLoad;
import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from an edge's connection to the database and back: broker, writer, acknowledgements. A
 * frame is never given up here: it is committed, judged, put off, or left without an answer, and in
 * the last two cases comes again.
 */
public final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final FrameWriter writer;
  private final ReportedDesk reports;
  private final AckDesk desk;
  private final CreditDesk credits;
  private final EmbeddedBroker broker;
  private final DeployChannel desired;
  private final Optional<KafkaRoad> kafka;
  private final EdgeMessages messages;

  private Intake(
      Optional<KafkaRoad> kafka,
      EdgeMessages messages,
      FrameWriter writer,
      ReportedDesk reports,
      AckDesk desk,
      CreditDesk credits,
      EmbeddedBroker broker,
      DeployChannel desired) {
    this.kafka = kafka;
    this.messages = messages;
    this.writer = writer;
    this.reports = reports;
    this.desk = desk;
    this.credits = credits;
    this.broker = broker;
    this.desired = desired;
  }

  /**
   * Returns when the listener is bound. The database must be migrated; it need not be reachable.
   *
   * @param store its credits are not used: they follow what the writer can take
   * @param shared with other processes; empty: frames go to this process' own writer
   * @param ear hears what edges say of themselves
   * @throws BrokerStartException saying what an operator can do; then nothing stays behind
   */
  public static Intake start(
      BrokerSettings listener,
      WriterSettings store,
      Optional<SharedIntake> shared,
      LiveFeed live,
      EdgeEar ear,
      MeterRegistry registry,
      InstantSource clock)
      throws BrokerStartException {
    IntakeMetrics metrics = new IntakeMetrics(registry);
    AtomicReference<@Nullable PublishService> publishing = new AtomicReference<>();
    CreditDesk credits = new CreditDesk(shared.isPresent() ? 1 : store.writers());
    WriterSettings own = store.granting(credits);
    WriterSettings granting = shared.isPresent() ? own.toldToOthers() : own;
    LedgerReader ledger = new LedgerReader(granting);
    AckDesk desk =
        AckDesk.start(ledger, (topic, bytes) -> publish(publishing.get(), topic, bytes, false));
    Settlement.Answers answers = shared.isPresent() ? Intake::othersAnswer : desk::settled;
    FrameWriter writer =
        FrameWriter.start(
            granting, new Settlement(desk, answers, credits, live, ear, metrics), registry);
    ReportedDesk reports = ReportedDesk.start(store.database(), clock, ear);
    Optional<KafkaRoad> kafka =
        shared.map(over -> KafkaRoad.open(over, writer, ledger, desk, metrics));
    FrameRoad road = kafka.isPresent() ? kafka.get() : new DirectRoad(writer);
    EdgeMessages messages = new EdgeMessages(road, writer, reports, desk, credits, metrics, clock);
    try {
      EmbeddedBroker broker = EmbeddedBroker.start(listener, extension(messages, publishing));
      credits.start(road::loads, desk::credit);
      DeployChannel desired =
          (edge, signed) -> publish(publishing.get(), Topics.desired(edge), signed, true);
      return new Intake(kafka, messages, writer, reports, desk, credits, broker, desired);
    } catch (BrokerStartException | RuntimeException failed) {
      kafka.ifPresent(KafkaRoad::close);
      writer.close();
      kafka.ifPresent(KafkaRoad::closeEar);
      reports.close();
      desk.close();
      throw failed;
    }
  }

  /** The port that edges connect to. */
  public int port() {
    return broker.port();
  }

  /** Publishes documents to the edges that connect here. */
  public DeployChannel desired() {
    return desired;
  }

  /** Where what edges report goes, also what comes by another way. */
  public ReportListener reports() {
    return reports::offer;
  }

  /** Whether the writers reached the database when they last tried. */
  public boolean healthy() {
    return writer.healthy();
  }

  /** Frames that wait for the writer. */
  public long waiting() {
    return writer.waiting();
  }

  /** The sum of the credits that edges were told, bytes. */
  public long granted() {
    return credits.granted();
  }

  /** Takes nothing more, commits what is here, and ends. */
  @Override
  public void close() {
    credits.close();
    kafka.ifPresent(KafkaRoad::close);
    // The writer before the desk: what it commits now can still be acknowledged.
    writer.close();
    kafka.ifPresent(KafkaRoad::closeEar);
    reports.close();
    desk.close();
    broker.close();
  }

  /** These edges are said to be offline; what is not so is written down again. Returns at once. */
  public void reassure(Set<String> edges) {
    messages.reassure(edges);
  }

  /** How the road over Kafka is; empty where frames do not take it. */
  public Optional<KafkaShare> kafka() {
    return kafka.map(road -> new KafkaShare(road.state(), road.partitions(), road.lag()));
  }

  /**
   * This process' share of the frames that go over Kafka.
   *
   * @param partitions that are its own at this moment
   * @param lag frames in them that it has not fetched; -1 while that is not known
   */
  public record KafkaShare(KafkaState state, int partitions, long lag) {}

  /** From the ledger, whichever process they are connected to (L8). */
  private static void othersAnswer(String edge, FrameId frame, boolean conflicting) {}

  private record DirectRoad(FrameWriter writer) implements FrameRoad {
    @Override
    public boolean offer(String edge, byte[] bytes) {
      return writer.offer(edge, bytes);
    }

    @Override
    public List<WriterLoad> loads() {
      return writer.loads();
    }
  }

  private static BrokerExtension extension(
      EdgeMessages messages, AtomicReference<@Nullable PublishService> publishing) {
    return services -> {
      publishing.set(services.publishing());
      EdgeGate gate = new EdgeGate(services, messages);
      services.security().setAuthorizerProvider(input -> gate);
      // HiveMQ's static services are this broker's own while its extension starts.
      Services.eventRegistry().setClientLifecycleEventListener(input -> new Ends(messages));
    };
  }

  private static void publish(
      @Nullable PublishService service, String topic, byte[] bytes, boolean retained) {
    if (service == null) {
      return;
    }
    var _ =
        service
            .publish(
                Builders.publish()
                    .topic(topic)
                    .qos(Qos.AT_LEAST_ONCE)
                    .retain(retained)
                    .payload(ByteBuffer.wrap(bytes))
                    .build())
            .whenComplete(
                (done, failed) -> {
                  if (failed != null) {
                    LOG.warn("not published topic={} error={}", topic, failed.getMessage());
                  }
                });
  }

  /** Notices connections that end. */
  private record Ends(EdgeMessages messages) implements ClientLifecycleEventListener {
    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {}

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {}

    @Override
    public void onDisconnect(DisconnectEventInput input) {
      messages.disconnected(input.getClientInformation().getClientId());
    }
  }
}
