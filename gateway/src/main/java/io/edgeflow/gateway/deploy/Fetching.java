package io.edgeflow.gateway.deploy;

import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.TrustRefusal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has the bundle of one slot fetched. One thread; the download is on another one. */
final class Fetching {
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AgentPorts ports;
  private final SlotLog log;
  private final Executor executor;
  private final Runnable wake;
  private @Nullable Download download;
  private Optional<Long> triedNanos = Optional.empty();
  private String trouble = "";

  Fetching(AgentPorts ports, SlotLog log, Executor executor, Runnable wake) {
    this.ports = ports;
    this.log = log;
    this.executor = executor;
    this.wake = wake;
  }

  /** Why it does not get on, for people; empty if it does. */
  String trouble() {
    return trouble;
  }

  Download.Progress progress() {
    Download now = download;
    return now == null ? new Download.Progress(0, 0) : now.progress();
  }

  void step(SlotRecord record) throws IOException {
    Download now = download;
    if (now == null || !now.digest().equals(record.digest())) {
      begin(record);
    } else if (now.isDone()) {
      end(record, now.outcome());
    }
  }

  private void begin(SlotRecord record) {
    stop();
    if (triedNanos.isPresent() && ports.nanos().getAsLong() - triedNanos.get() < AGAIN_NANOS) {
      return;
    }
    download =
        Download.begin(
            ports.bundles(), record.digest(), model -> log.floor(record, model), executor, wake);
  }

  private void end(SlotRecord record, FetchOutcome outcome) throws IOException {
    switch (outcome) {
      case FetchOutcome.Fetched(var folder, Statement said, String signer) -> {
        SlotRecord named =
            record
                .target(record.target().named(said.model(), said.version()))
                .number(said.number());
        var _ = log.at(named, Step.VERIFIED);
      }
      case FetchOutcome.Refused(TrustRefusal refusal) ->
          log.end(record, Step.REJECTED, refusal.toString());
      case FetchOutcome.Interrupted() -> trouble = "";
      case FetchOutcome.Unreachable(String why) -> trouble = why;
    }
    boolean again = outcome instanceof FetchOutcome.Unreachable;
    triedNanos = again ? Optional.of(ports.nanos().getAsLong()) : Optional.empty();
    if (!again) {
      trouble = "";
    }
    download = null;
  }

  /** What is being fetched is not needed now. */
  void stop() {
    Download now = download;
    download = null;
    if (now != null) {
      now.stop();
    }
  }
}
