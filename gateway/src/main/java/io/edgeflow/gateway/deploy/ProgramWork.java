package io.edgeflow.gateway.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a program to the version that its document wants, with whoever installs here. */
final class ProgramWork {
  private final AgentPorts ports;
  private final SlotLog log;
  private final Fetching fetching;
  private String doing = "";

  ProgramWork(AgentPorts ports, SlotLog log, Fetching fetching) {
    this.ports = ports;
    this.log = log;
    this.fetching = fetching;
  }

  /** What it waits for, for people; empty if it waits for nothing. */
  String waitsFor() {
    return doing.isEmpty() ? fetching.trouble() : doing;
  }

  Download.Progress progress() {
    return fetching.progress();
  }

  void step(SlotRecord record) throws IOException {
    doing = "";
    if (record.step() != Step.DOWNLOADING) {
      fetching.stop();
    }
    switch (record.step()) {
      case QUEUED -> queued(record);
      case DOWNLOADING -> fetching.step(record);
      case VERIFIED, PREPARING, PREPARED, SHADOW -> log.at(installable(record), Step.ACTIVATING);
      case ACTIVATING, ACTIVE -> install(record);
      case PROVEN, RETURNING, REJECTED, FAILED, ROLLED_BACK -> {}
    }
  }

  private SlotRecord installable(SlotRecord record) {
    ports.installer().begin(record.digest());
    return record.previous(ports.installer().current().orElse(""));
  }

  private void queued(SlotRecord record) throws IOException {
    Optional<String> no = log.refusal(record);
    if (no.isPresent()) {
      log.end(record, Step.REJECTED, no.get());
    } else if (ports.installer().current().orElse("").equals(record.digest())) {
      log.proven(record, "it runs already");
    } else if (record.target().isConfigured()) {
      // The version that came with the machine is there: nothing is to be fetched.
      log.at(installable(record), Step.ACTIVATING);
    } else {
      log.at(record, Step.DOWNLOADING);
    }
  }

  private void install(SlotRecord record) throws IOException {
    Optional<Path> folder =
        record.target().isConfigured()
            ? Optional.of(Path.of(""))
            : ports.bundles().folder(record.digest());
    if (folder.isEmpty()) {
      log.at(record, Step.DOWNLOADING);
      return;
    }
    InstallState state =
        ports
            .installer()
            .ask(record.digest(), folder.get(), record.target().version(), record.target().soak());
    switch (state) {
      case InstallState.Unavailable(String why) -> log.end(record, Step.REJECTED, why);
      case InstallState.Working(String what) -> doing = what;
      case InstallState.Running _ -> {
        if (record.step() != Step.ACTIVE) {
          log.at(record, Step.ACTIVE);
        }
      }
      case InstallState.Proven _ -> log.proven(record, "");
      case InstallState.Failed(String why) -> log.end(record, Step.FAILED, why);
      case InstallState.RolledBack(String why) -> log.refuse(record, Step.ROLLED_BACK, why);
    }
  }

  void stop() {
    fetching.stop();
  }
}
