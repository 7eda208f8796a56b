package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.SlotView;
import io.edgeflow.inference.slot.ComparisonReport;
import io.edgeflow.inference.slot.SlotState;
import io.edgeflow.wire.document.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings the model of one slot to where its document wants it, step by step. Each step is in the
 * journal before it is taken; after a restart it goes on from there and from what really serves. It
 * never waits: commands and downloads go on elsewhere, and it looks again. One thread.
 */
final class SlotWork {
  /** As often as the soak a model that scores too few rows is waited for, before that is told. */
  private static final int PATIENCE = 3;

  private final String slot;
  private final AgentPorts ports;
  private final SlotLog log;
  private final Fetching fetching;
  private @Nullable Asked asked;
  private @Nullable Watch watch;
  private @Nullable Judge judge;

  /** When the shadow began; absent while there is none of ours. */
  private Optional<Long> shadowNanos = Optional.empty();

  private boolean inconclusive;
  private String waitsFor = "";
  private Evidence seen = Evidence.NONE;

  private record Asked(
      ModelCommand command, String digest, CompletableFuture<ModelOutcome> outcome) {}

  SlotWork(String slot, AgentPorts ports, SlotLog log, Fetching fetching) {
    this.slot = slot;
    this.ports = ports;
    this.log = log;
    this.fetching = fetching;
  }

  /** What it waits for, for people; empty if it waits for nothing. */
  String waitsFor() {
    return waitsFor.isEmpty() ? fetching.trouble() : waitsFor;
  }

  /** What is seen of the model while it is on its way. */
  Evidence evidence(SlotRecord record) {
    boolean over = record.step().isEnd() || record.step() == Step.RETURNING;
    return over ? record.evidence() : seen;
  }

  Download.Progress progress() {
    return fetching.progress();
  }

  /**
   * One step, if one is due.
   *
   * @throws IOException if it cannot be noted; then it is not taken
   */
  void step(SlotRecord record) throws IOException {
    if (asked != null && !asked.outcome().isDone()) {
      return;
    }
    if (asked != null && !asked.digest().equals(record.digest())) {
      // What came of it for another document, the slot itself tells.
      asked = null;
    }
    Optional<SlotView> view = ports.models().view(slot);
    if (view.isEmpty()) {
      if (!record.step().isEnd()) {
        log.end(record, Step.REJECTED, "there is no slot " + slot + " here");
      }
    } else if (view.get().settled()) {
      waitsFor = hindrance(record, view.get());
      if (waitsFor.isEmpty()) {
        perform(record, view.get());
      }
    }
  }

  private String hindrance(SlotRecord record, SlotView now) {
    if (now.disabled()) {
      watch = null; // Time in which it does not score proves nothing.
      return "the slot is disabled";
    }
    boolean begins =
        !record.step().isEnd() && record.step() != Step.ACTIVE && record.step() != Step.RETURNING;
    Duration rest = ports.models().rest(record.digest());
    if (begins && record.former().isEmpty() && !serves(record, now) && rest.isPositive()) {
      return "the process ended while it was tried, though it did well before; tried again in "
          + (rest.toSeconds() + 1)
          + " s";
    }
    return begins && record.former().isEmpty() && log.isDisabled(record.target().model())
        ? "the model " + record.target().model() + " is disabled"
        : "";
  }

  private void perform(SlotRecord record, SlotView now) throws IOException {
    if (record.step() != Step.ACTIVE) {
      watch = null;
      inconclusive = false;
    }
    if (record.step() != Step.DOWNLOADING) {
      fetching.stop();
    }
    if (isRefusedMeanwhile(record)) {
      fetching.stop();
      return;
    }
    switch (record.step()) {
      case QUEUED -> queued(record, now);
      case DOWNLOADING -> fetching.step(record);
      case VERIFIED -> verified(record);
      case PREPARING -> preparing(record);
      case PREPARED -> prepared(record, now);
      case SHADOW -> shadow(record, now);
      case ACTIVATING -> activating(record, now);
      case ACTIVE -> active(record, now);
      case RETURNING -> returning(record, now);
      case PROVEN -> stillServes(record, now);
      case FAILED, REJECTED, ROLLED_BACK -> ended(record, now);
    }
  }

  /**
   * A person may pin the slot at any time before the model serves. What an earlier document left in
   * the slot goes first all the same: it proved nothing, and nobody watches it any more.
   */
  private boolean isRefusedMeanwhile(SlotRecord record) throws IOException {
    boolean onItsWay =
        switch (record.step()) {
          case QUEUED -> record.former().isEmpty();
          case DOWNLOADING, VERIFIED, PREPARED, SHADOW -> true;
          default -> false;
        };
    Optional<String> no = onItsWay ? log.refusal(record) : Optional.empty();
    if (no.isPresent()) {
      log.end(record, Step.REJECTED, no.get());
    }
    return no.isPresent();
  }

  // Before anything is loaded.

  private void queued(SlotRecord record, SlotView now) throws IOException {
    seen = Evidence.NONE;
    judge = null;
    if (!record.former().isEmpty()) {
      leave(record, now);
    } else if (serves(record, now)) {
      entered(record, now);
    } else if (record.target().isConfigured()) {
      activate(record, now, new ModelCommand.Reset());
    } else if (now.before().filter(old -> old.digest().equals(record.digest())).isPresent()) {
      activate(record, now, new ModelCommand.Back());
    } else {
      log.at(record, Step.DOWNLOADING);
    }
  }

  /** What an earlier document left in the slot, unproven, goes first. */
  private void leave(SlotRecord record, SlotView now) throws IOException {
    String former = record.former();
    if (now.candidateDigest().equals(former) && asked == null) {
      ask(record, new ModelCommand.Discard());
    } else if (record.proven().contains(former) || isGone(record, former, now)) {
      asked = null;
      log.withdraw(record);
      log.write(record.withoutFormer());
    }
  }

  private static boolean serves(SlotRecord record, SlotView now) {
    return record.target().isConfigured()
        ? !now.chosen()
        : now.servingDigest().equals(record.digest());
  }

  private void verified(SlotRecord record) throws IOException {
    Optional<Path> folder = ports.bundles().folder(record.digest());
    if (folder.isEmpty()) {
      log.at(record, Step.DOWNLOADING);
      return;
    }
    judge = GateBook.judge(folder);
    log.at(record, Step.PREPARING);
    ask(record, new ModelCommand.Prepare(folder.get()));
  }

  // Beside the model that serves.

  private void preparing(SlotRecord record) throws IOException {
    switch (answer()) {
      case null -> log.at(record, Step.QUEUED);
      case ModelOutcome.Done _ -> log.at(record, Step.PREPARED);
      case ModelOutcome.Refused(String why) -> fail(record, why);
      case ModelOutcome.Unknown _ -> fail(record, "there is no slot " + slot + " here");
    }
    asked = null;
  }

  /** One that the process died of is refused from now on. */
  private void fail(SlotRecord record, String why) throws IOException {
    if (ports.models().isDeadly(record.digest())) {
      log.refuse(record, Step.FAILED, why);
    } else {
      log.end(record, Step.FAILED, why);
    }
  }

  private void prepared(SlotRecord record, SlotView now) throws IOException {
    if (!now.candidateDigest().equals(record.digest())) {
      log.at(record, Step.QUEUED);
    } else if (record.target().shadow().isPositive() && now.serving().isPresent()) {
      shadowNanos = Optional.empty();
      log.at(record, Step.SHADOW);
      ask(record, new ModelCommand.Shadow());
    } else {
      activate(record, now, new ModelCommand.Promote());
    }
  }

  private void shadow(SlotRecord record, SlotView now) throws IOException {
    if (answer() instanceof ModelOutcome.Refused(String why)) {
      fail(record, why);
      asked = null;
      return;
    }
    if (answer() instanceof ModelOutcome.Done) {
      shadowNanos = Optional.of(ports.nanos().getAsLong());
      asked = null;
    }
    if (shadowNanos.isEmpty()
        || !now.candidateDigest().equals(record.digest())
        || !(now.state().candidate() instanceof SlotState.Shadowing shadowing)) {
      log.at(record, Step.QUEUED);
      return;
    }
    compare(record, now, shadowing.report());
  }

  private void compare(SlotRecord record, SlotView now, ComparisonReport report)
      throws IOException {
    seen = Watch.shadow(report);
    Optional<String> broken = judge(record).broken(Watch.seen(report));
    if (broken.isPresent()) {
      log.refuse(record.evidence(seen), Step.FAILED, "in the shadow: " + broken.get());
    } else if (elapsed(shadowNanos.orElseThrow()).compareTo(record.target().shadow()) >= 0) {
      activate(record, now, new ModelCommand.Promote());
    }
  }

  private Duration elapsed(long sinceNanos) {
    return Duration.ofNanos(ports.nanos().getAsLong() - sinceNanos);
  }

  // In service.

  private void activate(SlotRecord record, SlotView now, ModelCommand command) throws IOException {
    SlotRecord next =
        log.at(
            record
                .previous(now.chosen() ? now.servingDigest() : "")
                .evidence(Watch.before(now, seen)),
            Step.ACTIVATING);
    boolean watched = !next.target().isConfigured() && !next.provedBefore();
    Optional<String> no = watched ? log.begin(next) : Optional.empty();
    if (no.isPresent()) {
      log.refuse(next, Step.FAILED, no.get());
    } else {
      ask(next, command);
    }
  }

  private void activating(SlotRecord record, SlotView now) throws IOException {
    if (serves(record, now)) {
      entered(record, now);
    } else {
      switch (answer()) {
        case ModelOutcome.Refused(String why) -> {
          log.withdraw(record);
          fail(record, why);
        }
        case null, default -> log.at(record, Step.QUEUED);
      }
    }
    asked = null;
  }

  /**
   * One that did well here before proves it anew where a soak is asked for: a rollout judges what
   * it sees. On the way back none is, and it counts at once.
   */
  private void entered(SlotRecord record, SlotView now) throws IOException {
    boolean again = record.provedBefore() && !record.target().soak().isPositive();
    if (record.target().isConfigured() || again) {
      log.proven(record.evidence(Evidence.NONE), "it did well here before");
    } else {
      var _ = log.at(record, Step.ACTIVE);
      watch = new Watch(ports, record.evidence(), log.deaths(record), now);
    }
  }

  private void active(SlotRecord record, SlotView now) throws IOException {
    if (!serves(record, now)) {
      left(record, now);
      return;
    }
    boolean watched = !inconclusive && !record.provedBefore();
    Optional<String> no = watched ? log.begin(record) : Optional.empty();
    if (no.isPresent()) {
      log.refuse(record, Step.RETURNING, no.get());
      return;
    }
    Watch watching = watch;
    if (watching == null) {
      watching = new Watch(ports, record.evidence(), log.deaths(record), now);
      watch = watching;
    }
    seen = watching.evidence(now);
    judge(record, watching, now);
  }

  private void judge(SlotRecord record, Watch watching, SlotView now) throws IOException {
    Judge by = judge(record);
    Judge.Seen all = watching.seen(now);
    Optional<String> broken = by.broken(all);
    boolean over = watching.elapsed().compareTo(record.target().soak()) >= 0;
    boolean enough = by.isEnough(all);
    if (broken.isPresent()) {
      log.refuse(record.evidence(seen), Step.RETURNING, broken.get());
    } else if (over && enough) {
      log.proven(record.evidence(seen), "");
    } else if (!inconclusive
        && watching.elapsed().compareTo(record.target().soak().multipliedBy(PATIENCE)) >= 0) {
      inconclusive = true;
      log.survived(record);
      log.write(
          record.at(
              Step.ACTIVE,
              "inconclusive: "
                  + all.rows()
                  + " rows in "
                  + all.times().calls()
                  + " calls are too few to judge, "
                  + by.enough()
                  + " are needed; it is watched on",
              record.sinceMillis()));
    }
  }

  private Judge judge(SlotRecord record) {
    Judge known = judge;
    if (known == null) {
      known = GateBook.judge(ports.bundles().folder(record.digest()));
      judge = known;
    }
    return known;
  }

  /** Somebody else brought another model into the slot, or it was not taken at the start. */
  private void left(SlotRecord record, SlotView now) throws IOException {
    log.withdraw(record);
    if (ports.models().isDeadly(record.digest())) {
      log.refuse(record, Step.ROLLED_BACK, "the process ended again and again with it");
    } else {
      log.end(record, Step.ROLLED_BACK, other(now));
    }
  }

  private static String other(SlotView now) {
    return now.serving()
        .map(model -> "another model serves here: " + model.name() + " " + model.version())
        .orElse("no model serves: " + now.trouble());
  }

  private void returning(SlotRecord record, SlotView now) throws IOException {
    if (isGone(record, record.digest(), now)) {
      log.withdraw(record);
      log.end(record, Step.ROLLED_BACK, record.detail());
      asked = null;
    }
  }

  /** Asks for what was there before, then for what is configured; true when there is no more. */
  private boolean isGone(SlotRecord record, String digest, SlotView now) {
    Asked last = asked;
    if (!now.servingDigest().equals(digest)
        || (last != null && last.command() instanceof ModelCommand.Reset)) {
      return true;
    }
    boolean back = last == null && now.before().isPresent();
    ask(record, back ? new ModelCommand.Back() : new ModelCommand.Reset());
    return false;
  }

  // Afterwards.

  private void stillServes(SlotRecord record, SlotView now) throws IOException {
    seen = Evidence.NONE;
    if (serves(record, now)) {
      return;
    }
    if (ports.models().rests(record.digest())) {
      // It comes back when it has rested: that may be over since another one was taken instead.
      var _ = log.at(record, Step.QUEUED);
    } else {
      log.end(record, Step.FAILED, other(now));
    }
  }

  private void ended(SlotRecord record, SlotView now) throws IOException {
    seen = Evidence.NONE;
    asked = null;
    if (!record.digest().isEmpty() && now.candidateDigest().equals(record.digest())) {
      ask(record, new ModelCommand.Discard());
    } else if (record.step() == Step.FAILED && serves(record, now) && record.provedBefore()) {
      log.proven(record, "");
    }
  }

  private @Nullable ModelOutcome answer() {
    return asked == null ? null : asked.outcome().join();
  }

  private void ask(SlotRecord record, ModelCommand command) {
    String rollout = record.target().rollout();
    var by = new Said("rollout " + rollout, record.target().words());
    CompletableFuture<ModelOutcome> outcome = ports.models().ask(slot, command, by).outcome();
    asked = new Asked(command, record.digest(), outcome);
    log.wakeAfter(outcome);
  }

  /** Nothing goes on any more. */
  void stop() {
    fetching.stop();
  }
}
