package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.cloud.store.FrameOutcome;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.WriterListener;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.FrameId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world what the writer committed: the edges, those who watch, the counters. */
final class Settlement implements WriterListener {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final AckDesk desk;
  private final Answers answers;
  private final CreditDesk credits;
  private final LiveFeed live;
  private final EdgeEar ear;
  private final IntakeMetrics metrics;

  /** Where edges are told of single frames. */
  interface Answers {
    /** See {@link AckDesk#settled}. */
    void settled(String edge, FrameId frame, boolean conflicting);
  }

  /**
   * @param answers none, where the writer's frames may be of edges that others answer
   */
  Settlement(
      AckDesk desk,
      Answers answers,
      CreditDesk credits,
      LiveFeed live,
      EdgeEar ear,
      IntakeMetrics metrics) {
    this.desk = desk;
    this.answers = answers;
    this.credits = credits;
    this.live = live;
    this.ear = ear;
    this.metrics = metrics;
  }

  @Override
  public void serving(String database) {
    if (desk.serving(database)) {
      LOG.warn("the database changed: edges are told, and send what it lacks name={}", database);
      credits.tellAll();
    }
  }

  @Override
  public void committed(CommittedBatch batch) {
    for (CommittedBatch.Settled frame : batch.settled()) {
      answers.settled(frame.edge(), frame.id(), frame.outcome() == FrameOutcome.CONFLICT);
      metrics.settled(frame);
    }
    if (!batch.stored().isEmpty()) {
      live.committed(batch);
    }
  }

  @Override
  public void greeted(Hello hello, Acknowledgement answer) {
    LOG.info(
        "hello edge={} site={} page={}/{}",
        hello.edge(),
        hello.site(),
        hello.page(),
        hello.pages());
    desk.publish(hello.edge(), answer);
    ear.greeted(hello.edge());
  }

  @Override
  public void unreadable(String edge, String reason) {
    metrics.unreadable(reason);
    LOG.warn("a frame cannot be read edge={} reason={}", edge, reason);
  }
}
