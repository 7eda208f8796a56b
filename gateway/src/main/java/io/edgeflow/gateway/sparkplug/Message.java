package io.edgeflow.gateway.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.edgeflow.gateway.capture.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The payload of one message.
 *
 * @param stampMillis when it was sent, by its sender; absent if it does not say
 * @param seq 0 to 255; absent in a death, and where a sender forgot it
 */
record Message(@Nullable Long stampMillis, @Nullable Integer seq, List<Metric> metrics) {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_METRICS = 10_000;
  private static final int MOST_METRIC_BYTES = 64 << 10;
  private static final int DEEPEST = 16;
  private static final int SEQ_VALUES = 256;

  /** The message as a whole makes no sense. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    final transient RejectReason reason;

    Refused(RejectReason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }

    String detail() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads metric by metric: few bytes can claim a great many objects, and only those of one metric
   * are ever there at once.
   *
   * @throws Refused for every input that is no message
   */
  static Message of(byte[] payload) throws Refused {
    if (payload.length > MOST_BYTES) {
      throw new Refused(
          RejectReason.TOO_LARGE,
          payload.length + " bytes; a Sparkplug message may have " + MOST_BYTES);
    }
    try {
      return read(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new Refused(RejectReason.UNPARSEABLE, "no Sparkplug payload: " + e.getMessage());
    } catch (IOException e) {
      throw new Refused(RejectReason.UNPARSEABLE, "no Sparkplug payload: " + e);
    }
  }

  private static Message read(byte[] payload) throws IOException, Refused {
    CodedInputStream in = input(payload, 0, payload.length);
    Long stamp = null;
    Integer seq = null;
    List<Metric> metrics = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case Payload.TIMESTAMP_FIELD_NUMBER -> {
          expect(tag, WireFormat.WIRETYPE_VARINT);
          stamp = in.readUInt64();
        }
        case Payload.SEQ_FIELD_NUMBER -> {
          expect(tag, WireFormat.WIRETYPE_VARINT);
          seq = seq(in.readUInt64());
        }
        case Payload.METRICS_FIELD_NUMBER -> {
          expect(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          if (metrics.size() == MOST_METRICS) {
            throw new Refused(
                RejectReason.TOO_MANY_VALUES, "more than " + MOST_METRICS + " metrics");
          }
          metrics.add(metric(in, payload));
        }
        case Payload.BODY_FIELD_NUMBER ->
            throw new Refused(
                RejectReason.UNPARSEABLE,
                "a body beside the metrics: compressed payloads are not read");
        default -> in.skipField(tag);
      }
    }
    return new Message(stamp, seq, metrics);
  }

  private static Metric metric(CodedInputStream in, byte[] payload) throws IOException, Refused {
    int length = in.readRawVarint32();
    int from = in.getTotalBytesRead();
    // Checks that the payload is as long as it says.
    in.skipRawBytes(length);
    if (length > MOST_METRIC_BYTES) {
      throw new Refused(
          RejectReason.TOO_LARGE,
          "a metric of " + length + " bytes; it may have " + MOST_METRIC_BYTES);
    }
    return Metric.of(Payload.Metric.parseFrom(input(payload, from, length)));
  }

  private static CodedInputStream input(byte[] bytes, int from, int length) {
    CodedInputStream in = CodedInputStream.newInstance(bytes, from, length);
    in.setRecursionLimit(DEEPEST);
    return in;
  }

  private static void expect(int tag, int wireType) throws Refused {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new Refused(
          RejectReason.UNPARSEABLE,
          "no Sparkplug payload: field "
              + WireFormat.getTagFieldNumber(tag)
              + " has another wire type");
    }
  }

  private static int seq(long value) throws Refused {
    if (value < 0 || value >= SEQ_VALUES) {
      throw new Refused(
          RejectReason.UNPARSEABLE,
          "the sequence number is not 0 to 255: " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** The number of the session that a birth or a death names; absent if it names none. */
  @Nullable Long session() {
    for (Metric metric : metrics) {
      if (metric.isSession() && metric.value() instanceof Metric.Value.Whole(long bits)) {
        return bits;
      }
    }
    return null;
  }
}
