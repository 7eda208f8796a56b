package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.nodes.NodeDesk;
import io.edgeflow.gateway.nodes.NodeRefusal;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The account of the nodes, its figures, and where its garbage is shown. */
final class NodeParts {
  private NodeParts() {}

  static NodeDesk open(
      GatewayConfig config, Recorder recorder, RejectLog rejects, MeterRegistry meters) {
    var desk =
        new NodeDesk(
            config.scoring().stream().map(ScoringConfig::slot).collect(Collectors.toSet()),
            recorder::event,
            (topic, payload, why) -> rejects.add(RejectReason.UNPARSEABLE, topic, payload, why),
            System::nanoTime);
    counter(meters, desk, "taken", "", NodeDesk::taken);
    for (NodeRefusal reason : NodeRefusal.values()) {
      counter(meters, desk, "refused", reason.word(), nodes -> nodes.refused(reason));
    }
    return desk;
  }

  private static void counter(
      MeterRegistry meters,
      NodeDesk desk,
      String outcome,
      String reason,
      ToDoubleFunction<NodeDesk> value) {
    FunctionCounter.builder("edgeflow.node.documents", desk, value)
        .description("What nodes said of themselves, and scores of theirs that are not taken.")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(meters);
  }

  /** The gateway's own slots, then those of its nodes. */
  static List<Status.Model> beside(List<Status.Model> own, NodeDesk nodes) {
    return Stream.concat(own.stream(), nodes.models().stream()).toList();
  }
}
