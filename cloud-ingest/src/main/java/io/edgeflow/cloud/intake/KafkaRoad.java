package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.HandedFrame;
import io.edgeflow.cloud.store.LedgerReader;
import io.edgeflow.cloud.store.WriterLoad;
import io.edgeflow.process.kafka.GroupReader;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.kafka.TopicAppender;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.topic.Topics;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The road over Kafka: frames of edges that are connected here go into the topic as they came, and
 * this process' share of the topic goes to its writer, whoever put it there. Positions are
 * committed behind the database; what comes twice the ledger knows.
 */
final class KafkaRoad implements FrameRoad, AutoCloseable {
  /** Bytes that Kafka was given and did not confirm. */
  private static final long UNCONFIRMED_BYTES = 16L << 20;

  /** Bytes of frames on their way that were not judged: twice what edges are ever granted. */
  private static final long HANDED_BYTES = 32L << 20;

  private final HandedOn handed;
  private final LaterNotes later;
  private final IntakeMetrics metrics;
  private final BooleanSupplier healthy;
  private final TopicAppender appender;
  private final GroupReader reader;
  private final LedgerEar ear;

  private KafkaRoad(
      SharedIntake shared,
      FrameWriter writer,
      LedgerReader ledger,
      AckDesk desk,
      IntakeMetrics metrics) {
    this.handed = new HandedOn(System::nanoTime, shared.again(), HANDED_BYTES);
    this.later = desk;
    this.metrics = metrics;
    this.healthy = writer::healthy;
    this.appender = TopicAppender.open(shared.cluster(), shared.plan(), UNCONFIRMED_BYTES);
    this.reader =
        GroupReader.open(
            shared.cluster(),
            shared.plan(),
            shared.group(),
            (key, value, settled) -> take(writer, key, value, settled));
    this.ear =
        LedgerEar.start(
            shared.ledger(),
            ledger,
            handed,
            (frame, conflicting) -> desk.settled(frame.edge(), frame.id(), conflicting));
  }

  /**
   * Returns at once, whether or not there is a cluster.
   *
   * @param writer stores this process' share; outlives {@link #close}
   * @param desk answers edges
   */
  static KafkaRoad open(
      SharedIntake shared,
      FrameWriter writer,
      LedgerReader ledger,
      AckDesk desk,
      IntakeMetrics metrics) {
    return new KafkaRoad(shared, writer, ledger, desk, metrics);
  }

  @Override
  public boolean offer(String edge, byte[] bytes) {
    Optional<FrameHeader> header = FrameCodec.header(bytes).filter(one -> isJudgeable(edge, one));
    if (header.isEmpty()) {
      // Nobody could name it in an answer: nobody needs to carry it.
      metrics.unreadable("frame");
      return true;
    }
    var frame = new HandedFrame(edge, header.get().id(), header.get().identity());
    return switch (handed.admit(frame, bytes.length)) {
      case NEW -> handOn(frame, bytes);
      case UNDER_WAY -> true;
      case NO_ROOM -> false;
    };
  }

  private static boolean isJudgeable(String edge, FrameHeader header) {
    return header.edge().equals(edge)
        && header.id().number() <= Numbers.MAX
        && header.readings() >= 0
        && header.runningTotal() >= 0;
  }

  private boolean handOn(HandedFrame frame, byte[] bytes) {
    boolean taken =
        appender.append(
            frame.edge(),
            bytes,
            new TopicAppender.Receipt() {
              @Override
              public void written() {
                metrics.record("put");
              }

              @Override
              public void failed(String why) {
                metrics.record("failed");
                handed.discard(frame);
                later.later(frame.edge(), frame.id());
              }
            });
    if (!taken) {
      handed.discard(frame);
    }
    return taken;
  }

  /** Anything may be in a topic that others can write to. */
  private boolean take(FrameWriter writer, String key, byte[] value, Runnable settled) {
    if (!Topics.isEdgeName(key) || value.length > FrameCodec.MAX_FRAME_BYTES) {
      metrics.record("ignored");
      settled.run();
      return true;
    }
    boolean taken = writer.offer(key, value, settled);
    if (taken) {
      metrics.record("taken");
    }
    return taken;
  }

  /** One for all: who writes an edge here is not who writes it at last. */
  @Override
  public List<WriterLoad> loads() {
    return List.of(handed.load(healthy.getAsBoolean() && appender.state().connected()));
  }

  /** How the cluster is, at this moment. */
  KafkaState state() {
    return KafkaState.of(appender.state(), reader.state());
  }

  /** Frames of this process' share that it has not fetched; -1 while that is not known. */
  long lag() {
    return reader.lag();
  }

  int partitions() {
    return reader.partitions();
  }

  /** Takes nothing more from the topic, and gives up its share of it. */
  @Override
  public void close() {
    appender.close();
    reader.close();
  }

  /** Looks once more for what was judged, and no more. */
  void closeEar() {
    ear.close();
  }
}
