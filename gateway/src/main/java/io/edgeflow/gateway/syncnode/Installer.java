package io.edgeflow.gateway.syncnode;

import io.edgeflow.gateway.syncnode.Machine.Staged;
import io.edgeflow.gateway.syncnode.Notes.Attempt;
import io.edgeflow.gateway.syncnode.Notes.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings versions into service, step by step. Each step is noted before it is taken and may be
 * taken twice, so that a service that dies anywhere goes on where it was: forwards a few times,
 * backwards until it is done. One thread.
 */
final class Installer {
  private static final Logger log = LoggerFactory.getLogger(Installer.class);

  /**
   * @param keep proven versions that stay on the disk beside the good one
   * @param starts of this service that one attempt may take
   */
  record Rules(String program, int keep, int starts) {}

  private final Machine machine;
  private final Watch watch;
  private final InstantSource clock;
  private final Rules rules;
  private Notes notes = Notes.none();
  private String untold = "";

  Installer(Machine machine, Watch watch, InstantSource clock, Rules rules) {
    this.machine = machine;
    this.watch = watch;
    this.clock = clock;
    this.rules = rules;
  }

  /** Once, before the first {@link #tick}. */
  void begin() throws IOException {
    notes = machine.notes();
    if (notes.attempt().isPresent()) {
      resume(notes.attempt().get().startedAgain());
    } else if (!notes.good().isEmpty()) {
      machine.settle(notes.good(), kept());
      if (!machine.current().equals(Optional.of(notes.good()))) {
        repair();
      }
    }
    tell();
  }

  /** One step, if there is one to take. */
  void tick() throws IOException {
    Optional<Request> asked = machine.request();
    Optional<Attempt> attempt = notes.attempt();
    if (attempt.isEmpty()) {
      if (asked.isPresent()) {
        consider(asked.get());
      }
    } else if (asked.isPresent() && isOther(attempt.get(), asked.get())) {
      replace(attempt.get(), asked.get());
    } else {
      advance(attempt.get());
    }
    tell();
  }

  Notes notes() {
    return notes;
  }

  private void resume(Attempt attempt) throws IOException {
    log.info("going on with version {} at {}", attempt.name(), attempt.step());
    if (attempt.starts() > rules.starts() && !attempt.step().isBack()) {
      String why = "this service was started " + attempt.starts() + " times meanwhile";
      if (attempt.step() == Step.STAGING) {
        end(attempt, Phase.FAILED, why);
      } else {
        goBack(attempt, why, true);
      }
      return;
    }
    // Nobody watched it meanwhile: its soak begins again.
    Step step = attempt.step() == Step.SOAKING ? Step.WAITING : attempt.step();
    enter(attempt.to(step, attempt.why(), attempt.sinceMillis()));
  }

  /** Somebody, or a crash before the first note, left another version in place. */
  private void repair() throws IOException {
    String good = notes.good();
    log.warn("{} is not in place: putting it there", good);
    enter(
        new Attempt(
            good,
            "",
            notes.version(good),
            "",
            "",
            Duration.ZERO,
            Step.BACK_SWITCHING,
            0,
            "another version was in place",
            clock.millis()));
  }

  private void consider(Request asked) throws IOException {
    if (notes.last().isPresent() && notes.last().get().request().equals(asked.request())) {
      return;
    }
    String name = asked.name();
    Optional<Failure> failure = Optional.ofNullable(notes.failed().get(name));
    Attempt attempt =
        new Attempt(
            name,
            asked.digest(),
            asked.version(),
            asked.request(),
            asked.folder(),
            asked.soak(),
            Step.STAGING,
            0,
            "",
            clock.millis());
    if (!asked.program().equals(rules.program())) {
      end(attempt, Phase.REFUSED, "this service installs " + rules.program());
    } else if (name.equals(notes.good())) {
      end(attempt, Phase.GOOD, "");
    } else if (failure.isPresent() && !isForgiven(asked, failure.get())) {
      end(attempt, Phase.REFUSED, "it failed before: " + failure.get().why());
    } else if (notes.good().isEmpty()) {
      end(attempt, Phase.REFUSED, "there is no version to go back to");
    } else {
      notes = notes.forgiven(name);
      enter(attempt);
    }
  }

  private static boolean isForgiven(Request asked, Failure failure) {
    return asked.forgive() && !asked.request().equals(failure.request());
  }

  private static boolean isOther(Attempt attempt, Request asked) {
    return !attempt.step().isBack() && !attempt.request().equals(asked.request());
  }

  private void replace(Attempt attempt, Request asked) throws IOException {
    if (asked.name().equals(attempt.name())) {
      note(notes.with(attempt.askedBy(asked)));
    } else if (attempt.step() == Step.STAGING) {
      end(attempt, Phase.FAILED, "another version is asked for");
    } else {
      goBack(attempt, "another version is asked for", false);
    }
  }

  private void advance(Attempt attempt) throws IOException {
    switch (attempt.step()) {
      case STAGING -> stage(attempt);
      case SWITCHING -> proceed(attempt, machine.activate(attempt.name()), Step.RESTARTING);
      case RESTARTING -> proceed(attempt, machine.restart(), Step.WAITING);
      case WAITING -> await(attempt);
      case SOAKING -> soak(attempt);
      case BACK_SWITCHING -> proceed(attempt, activateGood(), Step.BACK_RESTARTING);
      case BACK_RESTARTING -> proceed(attempt, machine.restart(), Step.BACK_WAITING);
      case BACK_WAITING -> awaitGood(attempt);
    }
  }

  private void stage(Attempt attempt) throws IOException {
    switch (machine.stage(attempt, notes)) {
      case Staged.Ready(Notes.Known version, int keys) -> {
        notes = notes.knows(attempt.name(), version, keys);
        enter(attempt.to(Step.SWITCHING, "", clock.millis()));
      }
      case Staged.Refused(String why) -> end(attempt, Phase.REFUSED, why);
      case Staged.Failed(String why) -> end(attempt, Phase.FAILED, why);
    }
  }

  /** On the way back there is nothing else to do than to try again. */
  private void proceed(Attempt attempt, Optional<String> problem, Step next) throws IOException {
    if (problem.isEmpty()) {
      enter(attempt.to(next, attempt.why(), clock.millis()));
    } else if (!attempt.step().isBack()) {
      goBack(attempt, problem.get(), true);
    } else {
      log.error("cannot go back to {}, trying on: {}", notes.good(), problem.get());
    }
  }

  private void await(Attempt attempt) throws IOException {
    switch (watch.start(notes.version(attempt.name()))) {
      case Watch.Verdict.Fine _ -> enter(attempt.to(Step.SOAKING, "", clock.millis()));
      case Watch.Verdict.Bad(String why) -> goBack(attempt, why, true);
      case Watch.Verdict.Open _ -> {}
    }
  }

  private void soak(Attempt attempt) throws IOException {
    switch (watch.soak(notes.version(attempt.name()), attempt.soak())) {
      case Watch.Verdict.Fine _ -> proved(attempt);
      case Watch.Verdict.Bad(String why) -> goBack(attempt, why, true);
      case Watch.Verdict.Open _ -> {}
    }
  }

  private void proved(Attempt attempt) throws IOException {
    note(
        notes
            .proved(attempt.name(), rules.keep())
            .ended(Optional.of(attempt.progress(Phase.GOOD, "", clock.millis()))));
    log.info("version {} has proved itself", attempt.name());
    machine.settle(notes.good(), kept());
  }

  private Optional<String> activateGood() {
    String target =
        Stream.concat(Stream.of(notes.good()), notes.proven().stream())
            .filter(machine::has)
            .findFirst()
            .orElse(notes.good());
    return machine.activate(target);
  }

  private void awaitGood(Attempt attempt) throws IOException {
    String expected = machine.current().map(notes::version).orElse("");
    switch (watch.start(expected)) {
      case Watch.Verdict.Fine _ -> end(attempt, Phase.ROLLED_BACK, attempt.why());
      case Watch.Verdict.Bad(String why) ->
          end(attempt, Phase.ROLLED_BACK, attempt.why() + "; now: " + why);
      case Watch.Verdict.Open _ -> {}
    }
  }

  /**
   * @param failed it did badly, and is refused from now on
   */
  private void goBack(Attempt attempt, String why, boolean failed) throws IOException {
    log.warn("version {} goes: {}", attempt.name(), why);
    if (failed && !attempt.name().equals(notes.good())) {
      notes = notes.failed(attempt.name(), new Failure(attempt.request(), why));
    }
    enter(attempt.to(Step.BACK_SWITCHING, why, clock.millis()));
  }

  private void enter(Attempt attempt) throws IOException {
    note(notes.with(attempt));
    switch (attempt.step()) {
      case WAITING, BACK_WAITING -> watch.started();
      case SOAKING -> watch.answered();
      default -> {}
    }
  }

  private void end(Attempt attempt, Phase phase, String detail) throws IOException {
    log.info("version {}: {} {}", attempt.name(), phase, detail);
    note(
        notes.ended(
            attempt.request().isEmpty()
                ? notes.last()
                : Optional.of(attempt.progress(phase, detail, clock.millis()))));
  }

  private void note(Notes next) throws IOException {
    machine.note(next);
    notes = next;
  }

  private Set<String> kept() {
    Set<String> kept = new LinkedHashSet<>(notes.proven());
    kept.add(notes.good());
    return kept;
  }

  /** The gateway's folder may be full or unusable; what goes on does not depend on it. */
  private void tell() {
    try {
      machine.tell(report());
      untold = "";
    } catch (IOException failed) {
      String why = String.valueOf(failed);
      if (!why.equals(untold)) {
        log.warn("what goes on cannot be told: {}", why);
      }
      untold = why;
    }
  }

  private Report report() {
    Optional<Report.Progress> now =
        notes
            .attempt()
            .filter(one -> !one.request().isEmpty())
            .map(one -> one.progress(one.step().phase(), one.why(), one.sinceMillis()))
            .or(notes::last);
    return new Report(
        Report.SCHEMA,
        rules.program(),
        now,
        notes.good(),
        notes.version(notes.good()),
        notes.failed().keySet().stream()
            .filter(name -> !name.equals(VersionStore.FACTORY))
            .toList());
  }
}
