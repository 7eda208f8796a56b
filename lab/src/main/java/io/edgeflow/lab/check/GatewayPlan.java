package io.edgeflow.lab.check;

import io.edgeflow.gateway.SourceParts;
import io.edgeflow.gateway.actions.ActionRule;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.gateway.config.ActionConfig;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.MappingConfig;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.VolumeFit;
import io.edgeflow.gateway.risk.ConfiguredLoad;
import io.edgeflow.gateway.risk.RiskReport;
import io.edgeflow.gateway.risk.RiskText;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a gateway would find and do. */
final class GatewayPlan {
  private GatewayPlan() {}

  /** A serial port is nobody's to open beside the gateway. */
  private static Optional<Finding> modbus(ModbusConfig.Line line, Probes probes) {
    return line.connection()
        .tcp()
        .or(line.connection()::rtuOverTcp)
        .map(
            end ->
                probes.reachable(
                    "modbus " + line.name(),
                    end.host(),
                    end.port(),
                    false,
                    "the gateway would start and try again"));
  }

  static Plan of(Settings<GatewayConfig> settings, Probes probes) {
    GatewayConfig config = settings.value();
    var findings = new ArrayList<Finding>();
    findings.add(probes.directory("dataDir", config.dataDir()));
    findings.add(probes.listener("mqtt", config.mqtt().host(), config.mqtt().port()));
    config
        .mqtt()
        .webSocket()
        .ifPresent(
            web ->
                findings.add(probes.listener("mqtt.webSocket", config.mqtt().host(), web.port())));
    findings.add(probes.listener("http", config.http().host(), config.http().port()));
    config.mqtt().users().ifPresent(file -> findings.add(probes.users("mqtt.users", file)));
    config.http().users().ifPresent(file -> findings.add(probes.users("http.users", file)));
    findings.add(
        probes.reachable(
            "uplink", config.uplink().url(), "the gateway would start and keep frames until then"));
    config.modbus().lines().forEach(line -> modbus(line, probes).ifPresent(findings::add));
    SourceParts.settings(config).forEach(source -> findings.add(probes.source(source)));
    config.scoring().forEach(slot -> findings.addAll(BundleProbe.of(slot)));
    List<ScoreSeries> scores =
        config.scoring().stream()
            .flatMap(
                slot ->
                    slot
                        .bundle()
                        .flatMap(folder -> BundleProbe.scores(slot.slot(), folder))
                        .stream())
            .toList();
    VolumeFit fit = probes.fit(config.buffer(), config.dataDir());
    return new Plan(
        "gateway " + config.edge(),
        List.copyOf(findings),
        Stream.of(fit.warnings(), modbusNotes(config), advice(config, scores))
            .flatMap(List::stream)
            .toList(),
        Stream.of(readAlso(settings), would(config, fit, scores)).flatMap(List::stream).toList(),
        BufferLines.filled(settings.effective(), fit));
  }

  /** Whoever puts a file there wants to know that it is seen. */
  private static List<String> readAlso(Settings<GatewayConfig> settings) {
    return settings.fragments().stream()
        .map(file -> "read its settings from " + file + " too")
        .toList();
  }

  private static List<String> modbusNotes(GatewayConfig config) {
    return config.modbus().notes().stream().map(note -> "modbus: " + note).toList();
  }

  private static List<String> advice(GatewayConfig config, List<ScoreSeries> scores) {
    return ScoreAdvice.of(
        scores, config.alarmRules(), config.actions().stream().map(ActionConfig::rule).toList());
  }

  private static List<String> would(GatewayConfig config, VolumeFit fit, List<ScoreSeries> scores) {
    var would = new ArrayList<String>();
    for (MappingConfig mapping : config.mappings()) {
      would.add("take readings published to " + mapping.topic() + words(mapping.format()));
    }
    config
        .sources()
        .forEach(
            (name, source) ->
                would.add(
                    "read %s of the broker %s as its client"
                        .formatted(String.join(", ", source.topics()), source.url())));
    config
        .modbus()
        .devices()
        .forEach(
            (name, device) ->
                would.add(
                    "poll %s every %s: %d points"
                        .formatted(
                            name, Durations.format(device.interval()), device.points().size())));
    for (AlarmRule rule : config.alarmRules()) {
      would.add(
          "raise %s on %s: %s %s, priority %s"
              .formatted(
                  rule.name(),
                  rule.series(),
                  rule.condition().word(),
                  rule.condition().limit(),
                  rule.priority().word()));
    }
    config.scoring().forEach(slot -> would.add(words(slot)));
    scores.forEach(slot -> slot.names().forEach(name -> would.add("write the scores " + name)));
    config.actions().forEach(action -> would.add(words(action.rule())));
    RiskReport risk = RiskReport.of(config, fit.room(), ConfiguredLoad.of(config));
    would.add(acknowledge(risk));
    would.add(
        "send windows of %s to %s"
            .formatted(Durations.format(config.window().length()), config.uplink().url()));
    would.add(
        "keep delivered frames for %s while there is room"
            .formatted(Durations.format(config.buffer().keepDelivered())));
    would.add(
        "bridge an outage of the cloud: "
            + RiskText.outage(
                risk, fit.room() < fit.maxBytes() ? "the room on its volume" : "buffer.maxBytes"));
    would.add("write to the flash: " + RiskText.flash(risk));
    would.add("all that with a load that is " + risk.load().source());
    return List.copyOf(would);
  }

  private static String words(MappingConfig.Format format) {
    return switch (format) {
      case AUTO -> "";
      case JSON -> ", as JSON";
      case CSV -> ", as tables";
      case INFLUX -> ", as line protocol";
      case VALUE -> ", as single values";
    };
  }

  private static String words(ScoringConfig slot) {
    return "score with %s in slot %s, %s"
        .formatted(
            slot.bundle()
                .map(folder -> String.valueOf(folder.getFileName()))
                .orElse("no model until one is brought"),
            slot.slot(),
            switch (slot.process()) {
              case INSIDE -> "in the gateway's process";
              case CHILD -> "in a process of its own";
            });
  }

  private static String words(ActionRule action) {
    String dry = action.dryRun() ? "; a dry run: nothing is written" : "";
    return "switch %s from %s to %s by %s%s"
        .formatted(
            action.output(), action.offValue(), action.onValue(), action.cause().words(), dry);
  }

  private static String acknowledge(RiskReport risk) {
    String interval = Durations.format(risk.commitInterval());
    return risk.promise()
        ? "acknowledge a reading when it is on the disk, after " + interval + " or a little more"
        : "acknowledge a reading before it is on the disk, PROMISE OFF: " + RiskText.atRisk(risk);
  }
}
