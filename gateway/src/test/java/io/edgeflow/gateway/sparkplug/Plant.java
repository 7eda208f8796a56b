package io.edgeflow.gateway.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/** A host, its ear, and words for what a node says. */
final class Plant {
  static final long SECOND = 1_000_000_000L;
  static final long PATIENCE = SECOND / 5;
  private static final long START_MILLIS = 1_763_672_400_000L;

  final Ear ear = new Ear();
  final AtomicLong nanos = new AtomicLong(1);
  final List<String> asked = new ArrayList<>();
  final SparkplugHost host;

  Plant() {
    host =
        new SparkplugHost(
            new SparkplugSettings("<node>/<device>/<metric>", Set.of(), PATIENCE, 1_000),
            nanos::get,
            () -> START_MILLIS * 1_000);
    host.commands((topic, payload) -> asked.add(topic));
  }

  /**
   * @param level behind the group: {@code NDATA/n}
   */
  void say(String level, byte[] payload) {
    host.read("spBv1.0/g/" + level.replace(":", "/"), payload, ear);
  }

  void say(String level, Payload.Builder payload) {
    say(level, payload.build().toByteArray());
  }

  void pass(long more) {
    nanos.addAndGet(more);
    host.tick(ear);
  }

  NodeFigures figures() {
    return host.figures().getFirst();
  }

  /**
   * @param at milliseconds after the start
   */
  static Payload.Builder payload(int seq, long at) {
    return Payload.newBuilder().setTimestamp(START_MILLIS + at).setSeq(seq);
  }

  /** A birth or a death of a session. */
  static Payload.Builder session(int seq, long at, int session) {
    return payload(seq, at)
        .addMetrics(
            Payload.Metric.newBuilder()
                .setName("bdSeq")
                .setDatatype(DataType.Int64.getNumber())
                .setLongValue(session));
  }

  static Payload.Builder death(int session) {
    return session(0, 0, session).clearSeq().clearTimestamp();
  }

  static Payload.Metric.Builder declared(String name, long alias, double value) {
    return named(name, value).setAlias(alias);
  }

  static Payload.Metric.Builder named(String name, double value) {
    return Payload.Metric.newBuilder()
        .setName(name)
        .setDatatype(DataType.Double.getNumber())
        .setDoubleValue(value);
  }

  static Payload.Metric.Builder alias(long alias, double value) {
    return Payload.Metric.newBuilder().setAlias(alias).setDoubleValue(value);
  }
}
