package io.edgeflow.lab.check;

import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.inference.node.config.SlotConfig;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** What a node would find and do. */
final class NodePlan {
  private NodePlan() {}

  static Plan of(Settings<InferenceConfig> settings, Probes probes) {
    InferenceConfig config = settings.value();
    var findings = new ArrayList<Finding>();
    findings.add(probes.directory("dataDir", config.dataDir()));
    findings.add(probes.listener("http", config.http().host(), config.http().port()));
    config.http().users().ifPresent(file -> findings.add(probes.users("http.users", file)));
    findings.add(
        probes.reachable(
            "gateway", config.gateway().url(), "the node would start and try again and again"));
    for (SlotConfig slot : config.scoring()) {
      findings.add(BundleProbe.finding("bundle of slot " + slot.slot(), slot.bundle()));
    }
    return new Plan(
        "inference " + config.node(),
        List.copyOf(findings),
        List.of(),
        would(config),
        settings.effective());
  }

  private static List<String> would(InferenceConfig config) {
    var would = new ArrayList<String>();
    config
        .topics()
        .forEach(prefix -> would.add("read " + prefix + "/<device>/<point...> of the gateway"));
    for (SlotConfig slot : config.scoring()) {
      List<String> scores =
          BundleProbe.scores(slot.slot(), slot.bundle())
              .map(ScoreSeries::names)
              .orElseGet(() -> List.of("<device>/" + slot.slot() + ".score"));
      for (String score : scores) {
        would.add(
            "score with %s in slot %s and write %s/%s"
                .formatted(
                    slot.bundle().getFileName(), slot.slot(), config.gateway().scores(), score));
      }
    }
    would.add(
        "be missed after %s without power, and by the other nodes at once when it ends"
            .formatted(
                Durations.format(config.gateway().keepAlive().multipliedBy(3).dividedBy(2))));
    return List.copyOf(would);
  }
}
