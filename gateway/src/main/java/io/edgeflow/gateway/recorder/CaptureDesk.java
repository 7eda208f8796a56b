package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.rawcapture.CaptureFigures;
import io.edgeflow.gateway.rawcapture.CaptureOrder;
import io.edgeflow.gateway.rawcapture.CaptureOutcome;
import io.edgeflow.gateway.rawcapture.CapturePanel;
import io.edgeflow.gateway.rawcapture.CaptureSources;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The captures of a recorder. The futures complete on the syncing thread. Any thread. */
public final class CaptureDesk implements CapturePanel {
  private final Mailbox mailbox;
  private final CaptureKeeper keeper;
  private final Timekeeper time;

  CaptureDesk(Mailbox mailbox, CaptureKeeper keeper, Timekeeper time) {
    this.mailbox = mailbox;
    this.keeper = keeper;
    this.time = time;
  }

  @Override
  public CompletableFuture<CaptureFigures> figures() {
    return mailbox.call(keeper::figures);
  }

  @Override
  public CompletableFuture<CaptureOutcome> begin(CaptureOrder order) {
    return tell(synced -> keeper.begin(order, synced));
  }

  @Override
  public CompletableFuture<CaptureOutcome> end(String id, String who) {
    return tell(synced -> keeper.end(id, who, synced));
  }

  /** Who knows what scores are made of; asked on the owner thread, so it must not wait. */
  public void sources(CaptureSources sources) {
    mailbox.post(() -> keeper.sources(sources));
  }

  private CompletableFuture<CaptureOutcome> tell(Function<Durable, CaptureOutcome> word) {
    CompletableFuture<CaptureOutcome> answer = new CompletableFuture<>();
    mailbox.post(
        () -> {
          time.look();
          CompletableFuture<Void> synced = new CompletableFuture<>();
          CaptureOutcome outcome = word.apply((number, position) -> synced.complete(null));
          if (outcome instanceof CaptureOutcome.Done) {
            var _ = synced.thenRun(() -> answer.complete(outcome));
          } else {
            answer.complete(outcome);
          }
        });
    return answer;
  }
}
