package io.edgeflow.inference.node;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.payload.Mapping;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadFault;
import io.edgeflow.wire.payload.PayloadLimits;
import io.edgeflow.wire.payload.PayloadParser;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes readings of messages and hands them on, never waiting. Any thread; the MQTT client calls it
 * on its own.
 */
final class NodeIntake {
  private static final Logger log = LoggerFactory.getLogger(NodeIntake.class);

  /** Stands in the queue where readings are missing; no series is called so. */
  private static final String GAP = "";

  /** 2000-01-01T00:00:00Z. */
  private static final long EARLIEST_MICROS = 946_684_800_000_000L;

  /** 2200-01-01T00:00:00Z, exclusive. */
  private static final long LATEST_MICROS = 7_258_118_400_000_000L;

  private final PayloadParser parser;
  private final Readings readings;
  private final LongSupplier wallMicros;
  private final Map<PayloadFault, Long> refused = new EnumMap<>(PayloadFault.class);
  private long taken;

  static boolean isGap(String series) {
    return series.isEmpty();
  }

  /** Takes readings, never waiting. */
  @FunctionalInterface
  interface Readings {
    void put(String series, long timeMicros, double value, Quality quality);
  }

  /**
   * @param topics the fixed levels of the topics that are read
   * @param wallMicros stamps readings whose sender did not
   */
  NodeIntake(List<String> topics, Readings readings, LongSupplier wallMicros) {
    this.parser =
        new PayloadParser(
            topics.stream().map(prefix -> new Mapping(prefix, false)).toList(),
            PayloadLimits.STANDARD);
    this.readings = readings;
    this.wallMicros = wallMicros;
  }

  synchronized void message(String topic, byte[] payload) {
    ParsedMessage message = parser.parse(topic, payload);
    switch (message.outcome()) {
      case READINGS -> readings(message);
      case REJECTED -> refuse(message.reason(), message.detail());
      case NOT_OURS -> {}
    }
  }

  private void readings(ParsedMessage message) {
    long arrived = wallMicros.getAsLong();
    for (int i = 0; i < message.size(); i++) {
      PayloadFault fault = message.fault(i);
      if (fault != null) {
        refuse(fault, message.faultDetail(i));
      } else if (!message.isText(i)) {
        boolean doubted = message.stamped(i) && impossible(message.stampMicros(i));
        readings.put(
            message.series(i),
            message.stamped(i) && !doubted ? message.stampMicros(i) : arrived,
            message.number(i),
            doubted && message.quality(i) == Quality.GOOD ? Quality.UNCERTAIN : message.quality(i));
        taken++;
      }
    }
  }

  /** No sensor means that, and a gateway takes the time of arrival instead (T2). */
  private static boolean impossible(long stampMicros) {
    return stampMicros < EARLIEST_MICROS || stampMicros >= LATEST_MICROS;
  }

  private void refuse(PayloadFault why, String detail) {
    refused.merge(why, 1L, Long::sum);
    log.debug("not a reading: {}", detail);
  }

  /** What comes from here on does not follow what came: messages were missed. */
  synchronized void gap() {
    readings.put(GAP, 0, Double.NaN, Quality.BAD);
  }

  /** Readings with a number that came in. */
  synchronized long taken() {
    return taken;
  }

  /** Messages and values that are no readings, by reason; the gateway shows them. */
  synchronized Map<PayloadFault, Long> refused() {
    return Map.copyOf(refused);
  }
}
