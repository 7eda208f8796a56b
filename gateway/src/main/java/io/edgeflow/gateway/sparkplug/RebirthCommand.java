package io.edgeflow.gateway.sparkplug;

import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/** What a host publishes to have a node tell again what it has. */
final class RebirthCommand {
  private static final String NAME = "Node Control/Rebirth";

  private RebirthCommand() {}

  static byte[] payload(long nowMillis) {
    return Payload.newBuilder()
        .setTimestamp(nowMillis)
        .addMetrics(
            Payload.Metric.newBuilder()
                .setName(NAME)
                .setTimestamp(nowMillis)
                .setDatatype(DataType.Boolean.getNumber())
                .setBooleanValue(true))
        .build()
        .toByteArray();
  }
}
