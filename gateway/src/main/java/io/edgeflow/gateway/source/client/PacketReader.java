package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceVersion;
import io.edgeflow.gateway.source.client.Packet.ConnAck;
import io.edgeflow.gateway.source.client.Packet.Disconnect;
import io.edgeflow.gateway.source.client.Packet.PingResp;
import io.edgeflow.gateway.source.client.Packet.Publish;
import io.edgeflow.gateway.source.client.Packet.SubAck;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads packets one by one. Whoever is at the other end, it allocates no more than it must. */
final class PacketReader {
  /**
   * Of a larger packet the rest is read over. What is left is still larger than any payload that
   * becomes readings, so it is refused and counted as too large rather than sent again for ever.
   */
  static final int MOST_BYTES = 4 << 20;

  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 14;

  private final DataInputStream in;
  private final boolean isFive;

  PacketReader(InputStream in, SourceVersion version) {
    this.in = new DataInputStream(in);
    this.isFive = version == SourceVersion.FIVE;
  }

  /** Waits for the next one as long as the stream does. */
  Packet next() throws IOException {
    int header = in.readUnsignedByte();
    Body body = new Body(body(length()));
    return switch (header >> 4) {
      case CONNACK -> connAck(body);
      case PUBLISH -> publish(header, body);
      case SUBACK -> subAck(body);
      case PINGRESP -> new PingResp();
      case DISCONNECT -> disconnect(body);
      default -> throw new MalformedPacketException("unexpected packet of type " + (header >> 4));
    };
  }

  private int length() throws IOException {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 0x7f) << shift;
      if (digit < 0x80) {
        return length;
      }
    }
    throw new MalformedPacketException("a length has more than four bytes");
  }

  private byte[] body(int length) throws IOException {
    byte[] body = in.readNBytes(Math.min(length, MOST_BYTES));
    if (body.length < Math.min(length, MOST_BYTES)) {
      throw new EOFException();
    }
    in.skipNBytes(length - body.length);
    return body;
  }

  /** A broker that knows no MQTT 5 answers in the form of its own version: two bytes. */
  private ConnAck connAck(Body body) throws MalformedPacketException {
    boolean isResumed = (body.oneByte() & 1) != 0;
    int code = body.oneByte();
    return body.isAtEnd()
        ? new ConnAck(isResumed, code, false, Properties.NONE)
        : new ConnAck(isResumed, code, true, Properties.read(body));
  }

  private Publish publish(int header, Body body) throws MalformedPacketException {
    int qos = (header >> 1) & 3;
    String topic = body.text();
    if (topic.isEmpty()) {
      // Acknowledged it would be lost: nobody knows what it is about.
      throw new MalformedPacketException("it sends a message without a topic");
    }
    int id = qos == 0 ? 0 : body.twoBytes();
    if (isFive) {
      Properties.read(body);
    }
    return new Publish(topic, qos, (header & 1) != 0, id, body.rest());
  }

  private SubAck subAck(Body body) throws MalformedPacketException {
    body.twoBytes();
    if (isFive) {
      Properties.read(body);
    }
    List<Integer> codes = new ArrayList<>();
    while (!body.isAtEnd()) {
      codes.add(body.oneByte());
    }
    return new SubAck(codes);
  }

  private static Disconnect disconnect(Body body) throws MalformedPacketException {
    int code = body.isAtEnd() ? 0 : body.oneByte();
    return new Disconnect(code, body.isAtEnd() ? Properties.NONE : Properties.read(body));
  }
}
