package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.SourceVersion;
import io.edgeflow.process.mqtt.TopicFilter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The packets that we send, as bytes. */
final class Packets {
  private static final int SESSION_EXPIRY = 0x11;
  private static final int RECEIVE_MAXIMUM = 0x21;

  private Packets() {}

  /**
   * @param isProbe leaves no session behind, and resumes none
   */
  static byte[] connect(SourceSettings settings, SourceVersion version, boolean isProbe) {
    var body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(version == SourceVersion.FIVE ? 5 : 4);
    String password = settings.password();
    int flags = isProbe ? 0x02 : 0;
    flags |= settings.user().isPresent() ? 0x80 : 0;
    flags |= password == null ? 0 : 0x40;
    body.write(flags);
    twoBytes(body, Math.toIntExact(settings.keepAlive().toSeconds()));
    if (version == SourceVersion.FIVE) {
      connectProperties(body, settings, isProbe);
    }
    text(body, settings.clientId());
    settings.user().ifPresent(user -> text(body, user));
    if (password != null) {
      text(body, password);
    }
    return packet(0x10, body);
  }

  private static void connectProperties(
      ByteArrayOutputStream body, SourceSettings settings, boolean isProbe) {
    body.write(8);
    body.write(SESSION_EXPIRY);
    int expiry = isProbe ? 0 : Math.toIntExact(settings.sessionExpiry().toSeconds());
    twoBytes(body, expiry >>> 16);
    twoBytes(body, expiry & 0xffff);
    body.write(RECEIVE_MAXIMUM);
    twoBytes(body, settings.window());
  }

  /**
   * With MQTT 5 old values are sent for a new subscription at most, and a live one carries no
   * retain mark: that of its sender is not passed on.
   */
  static byte[] subscribe(SourceSettings settings, SourceVersion version) {
    var body = new ByteArrayOutputStream();
    twoBytes(body, 1);
    int options = settings.qos();
    if (version == SourceVersion.FIVE) {
      body.write(0);
      options |= settings.takesRetained() ? 0x10 : 0x20;
    }
    for (TopicFilter topic : settings.topics()) {
      text(body, topic.filter());
      body.write(options);
    }
    return packet(0x82, body);
  }

  static void pubAck(ByteArrayOutputStream into, int id) {
    into.write(0x40);
    into.write(2);
    twoBytes(into, id);
  }

  static byte[] pingReq() {
    return new byte[] {(byte) 0xc0, 0};
  }

  /** Without a word about the session, so that the broker keeps it. */
  static byte[] disconnect() {
    return new byte[] {(byte) 0xe0, 0};
  }

  private static byte[] packet(int header, ByteArrayOutputStream body) {
    var packet = new ByteArrayOutputStream(body.size() + 5);
    packet.write(header);
    int left = body.size();
    do {
      packet.write(left > 0x7f ? (left & 0x7f) | 0x80 : left);
      left >>>= 7;
    } while (left > 0);
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private static void text(ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    twoBytes(body, bytes.length);
    body.writeBytes(bytes);
  }

  private static void twoBytes(ByteArrayOutputStream body, int value) {
    body.write(value >>> 8);
    body.write(value);
  }
}
