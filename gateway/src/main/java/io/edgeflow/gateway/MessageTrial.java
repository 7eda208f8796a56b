package io.edgeflow.gateway;

import io.edgeflow.aggregator.reading.Values;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.clock.Basis;
import io.edgeflow.gateway.clock.Belief;
import io.edgeflow.gateway.clock.Stamp;
import io.edgeflow.gateway.clock.StampRule;
import io.edgeflow.gateway.clock.StampSource;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.MappingConfig;
import io.edgeflow.gateway.recorder.SeriesPolicy;
import io.edgeflow.gateway.sparkplug.SparkplugHost;
import io.edgeflow.wire.payload.Mapping;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadFault;
import io.edgeflow.wire.payload.PayloadParser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway would make of a message, without a gateway.
 *
 * @param mapping which of those configured takes the topic, from 0; null: none does
 * @param pattern its topic; of the nearest one where none takes it
 * @param reason the word of the reason why nothing comes of it; empty if something does
 * @param detail that in words
 */
public record MessageTrial(
    String topic,
    @Nullable Integer mapping,
    String pattern,
    String reason,
    String detail,
    List<Reading> readings) {
  /**
   * One reading, or why it is none.
   *
   * @param value a number or a text; null where there is none
   * @param time the sender's own; empty: the time of arrival
   * @param replaced the sender's own where it cannot be, and the time of arrival stands for it (T2)
   * @param reason the word of the reason why it cannot be taken; empty if it can
   */
  public record Reading(
      String series,
      @Nullable Object value,
      String unit,
      String kind,
      String time,
      String replaced,
      String quality,
      String reason,
      String detail) {}

  /** Whether everything in the message would be taken. */
  public boolean ok() {
    return reason.isEmpty() && readings.stream().allMatch(one -> one.reason().isEmpty());
  }

  /**
   * @param retained whether it is published to be retained
   */
  public static MessageTrial of(
      GatewayConfig config, String topic, byte[] payload, boolean retained) {
    if (config.sparkplug().enabled() && SparkplugHost.isSparkplug(topic)) {
      return none(
          topic,
          "",
          "sparkplug",
          "what it means depends on the births before it; no mapping reads it");
    }
    PayloadParser parser = RecorderParts.parser(config);
    ParsedMessage message = parser.parse(topic, payload, retained);
    int mapping = parser.mapping(topic);
    if (mapping == PayloadParser.NONE) {
      return message.outcome() == ParsedMessage.Outcome.NOT_OURS
          ? none(topic, "", "not-ours", "what EdgeFlow and the broker say is never a reading")
          : unmapped(config, topic);
    }
    boolean rejected = message.outcome() == ParsedMessage.Outcome.REJECTED;
    ConfiguredSeries series = RecorderParts.series(config);
    Stamping stamping = Stamping.now(config);
    return new MessageTrial(
        topic,
        mapping,
        config.mappings().get(mapping).topic(),
        rejected ? word(message.reason()) : "",
        rejected ? message.detail() : "",
        IntStream.range(0, message.size())
            .mapToObj(i -> reading(message, i, series, stamping))
            .toList());
  }

  private static String word(PayloadFault fault) {
    return RejectReason.of(fault).word();
  }

  private static MessageTrial none(String topic, String pattern, String reason, String detail) {
    return new MessageTrial(topic, null, pattern, reason, detail, List.of());
  }

  /** The mapping that agrees with most of the topic is the one that was meant. */
  private static MessageTrial unmapped(GatewayConfig config, String topic) {
    Mapping nearest =
        new ArrayList<>(MappingConfig.mappings(config.mappings(), config.zone()))
            .stream()
                .max(Comparator.comparingInt(mapping -> mapping.topic().agreeing(topic)))
                .orElseThrow();
    int agreeing = nearest.topic().agreeing(topic);
    int levels = nearest.topic().levels().size();
    String[] words = topic.split("/", -1);
    String pattern = nearest.topic().text();
    String where =
        agreeing >= levels
            ? "the topic has %d levels, and it has %d".formatted(words.length, levels)
            : agreeing >= words.length
                ? "the topic ends before " + pattern.split("/", -1)[agreeing]
                : "level %d is %s, not %s"
                    .formatted(agreeing + 1, words[agreeing], pattern.split("/", -1)[agreeing]);
    String detail = "no mapping takes the topic; the nearest is " + pattern + ": " + where;
    return none(topic, pattern, RejectReason.NO_MAPPING.word(), detail);
  }

  /** The present is believed: whoever tries a message sits in front of a clock. */
  private record Stamping(StampRule rule, Belief present) {
    static Stamping now(GatewayConfig config) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      return new Stamping(
          new StampRule(RecorderParts.micros(config.time().maxFuture())),
          new Belief(Basis.OS_SYNCHRONISED, micros, 0));
    }

    Stamp of(ParsedMessage message, int i) {
      return message.stamped(i)
          ? rule.stamped(message.stampMicros(i), message.quality(i), present, 0)
          : rule.unstamped(message.quality(i), present, 0);
    }
  }

  private static Reading reading(
      ParsedMessage message, int i, ConfiguredSeries policy, Stamping stamping) {
    String name = message.series(i);
    PayloadFault fault = message.fault(i);
    boolean text = message.isText(i);
    String reason = "";
    String detail = "";
    if (fault != null) {
      reason = word(fault);
      detail = message.faultDetail(i);
    } else if (!text && !Values.acceptable(message.number(i))) {
      reason = RejectReason.OUT_OF_RANGE.word();
      detail = "the value is beyond 1e140";
    }
    if (!reason.isEmpty()) {
      return new Reading(name, null, "", "", "", "", "", reason, detail);
    }
    Stamp stamp = stamping.of(message, i);
    SeriesPolicy.Shape shape = policy.shape(name, text, message.policy(i), message.isTruth(i));
    return new Reading(
        name,
        text ? message.text(i) : (Object) message.number(i),
        shape.unit(),
        shape.kind().name().toLowerCase(Locale.ROOT),
        stamp.source() == StampSource.SENDER ? time(stamp.timeMicros()) : "",
        stamp.source() == StampSource.REPLACED ? time(stamp.claimedMicros()) : "",
        stamp.quality().word(),
        reason,
        detail);
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
