package io.edgeflow.gateway;

import io.edgeflow.gateway.application.SyncNodeInstaller;
import io.edgeflow.gateway.bundles.BundleStore;
import io.edgeflow.gateway.config.DeployConfig;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.deploy.Agent;
import io.edgeflow.gateway.deploy.AgentIdentity;
import io.edgeflow.gateway.deploy.AgentPorts;
import io.edgeflow.gateway.deploy.ApplicationInstaller;
import io.edgeflow.gateway.deploy.BundleSource;
import io.edgeflow.gateway.deploy.DeployPanel;
import io.edgeflow.gateway.deploy.Inbox;
import io.edgeflow.gateway.deploy.Ledger;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.scoring.ModelVeto;
import io.edgeflow.gateway.scoring.RolloutPanel;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.metrics.ResidentMemory;
import io.edgeflow.wire.document.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is configured to an agent that follows a cloud's documents. What it knows is opened
 * before any model is loaded; it begins when the slots are there. Without {@code deploy.root}
 * nothing of it is.
 */
final class DeployParts {
  private static final Logger log = LoggerFactory.getLogger(DeployParts.class);
  private static final String FOLDER = "deploy";
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration USUAL_SOAK = Duration.ofMinutes(10);
  private static final long MICROS_IN_MILLI = 1_000;

  private final GatewayConfig config;
  private final Surroundings surroundings;
  private final Recorder recorder;
  private final Inbox inbox;
  private final Optional<Opened> opened;
  private volatile DeployPanel panel = DeployPanel.NONE;

  private record Opened(Ledger ledger, BundleSource bundles) {}

  private DeployParts(
      GatewayConfig config,
      Surroundings surroundings,
      Recorder recorder,
      Inbox inbox,
      Optional<Opened> opened) {
    this.config = config;
    this.surroundings = surroundings;
    this.recorder = recorder;
    this.inbox = inbox;
    this.opened = opened;
  }

  /**
   * @param inbox where documents come in, by whatever way
   * @throws IOException if the root key or what was noted cannot be read
   */
  static DeployParts open(
      GatewayConfig config,
      Lifecycle parts,
      Surroundings surroundings,
      Recorder recorder,
      Forwarder uplink,
      Inbox inbox,
      SiteParts site)
      throws Exception {
    if (config.deploy().root().isEmpty()) {
      return new DeployParts(config, surroundings, recorder, inbox, Optional.empty());
    }
    BundleStore bundles =
        parts.open(
            "bundles",
            () -> BundleParts.open(config, surroundings, recorder, uplink::status).orElseThrow(),
            BundleStore::close);
    Ledger ledger =
        Ledger.open(
            config.dataDir().resolve(FOLDER), () -> recorder.presentMicros() / MICROS_IN_MILLI);
    return new DeployParts(
        config,
        surroundings,
        recorder,
        inbox,
        Optional.of(new Opened(ledger, site.share(parts, bundles))));
  }

  /** What is refused here must not be loaded, at the start above all. */
  ModelVeto veto() {
    return opened.<ModelVeto>map(Opened::ledger).orElse(ModelVeto.NONE);
  }

  /**
   * Begins to follow documents.
   *
   * @param changed told at once when there is something to report
   */
  void start(Lifecycle parts, RolloutPanel models, Runnable changed) throws Exception {
    if (opened.isEmpty()) {
      log.info("no rollouts are taken: the configuration names no deploy.root");
      return;
    }
    DeployConfig deploy = config.deploy();
    var identity =
        new AgentIdentity(
            config.edge(), deploy.audience(), recorder.incarnation().toString(), deploy.keep());
    panel =
        parts.open(
            "rollouts",
            () ->
                Agent.start(
                    identity, ports(opened.get(), models), opened.get().ledger(), inbox, changed),
            Agent::close);
  }

  private AgentPorts ports(Opened with, RolloutPanel models) throws IOException {
    ApplicationInstaller installer =
        new SyncNodeInstaller(
            config.dataDir().resolve("application"),
            BundleParts.keys(config),
            USUAL_SOAK,
            surroundings.nanos());
    return new AgentPorts(
        models,
        with.bundles(),
        installer,
        recorder::event,
        surroundings.nanos(),
        () -> BundleParts.believed(recorder),
        ResidentMemory::bytes,
        TICK);
  }

  DeployPanel panel() {
    return panel;
  }

  /** Empty where no rollouts are taken. */
  Optional<Deployment> deployment() {
    return panel.deployment();
  }
}
