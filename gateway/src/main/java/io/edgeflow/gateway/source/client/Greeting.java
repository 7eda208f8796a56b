package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceLink.Ending;
import io.edgeflow.gateway.source.SourceLink.Kind;
import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.SourceVersion;
import io.edgeflow.gateway.source.client.Packet.ConnAck;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.OptionalLong;

/** What came of asking a broker to let us in. */
sealed interface Greeting {
  /**
   * @param keepAliveSeconds that the broker counts on
   * @param sessionSeconds for which it keeps the session without us; with MQTT 3.1.1 nobody says
   */
  record Welcome(
      PacketReader reader, boolean isResumed, int keepAliveSeconds, OptionalLong sessionSeconds)
      implements Greeting {}

  /** The connection is of no use any more. */
  record Refused(Ending ending) implements Greeting {}

  /**
   * Over a transport that has just connected.
   *
   * @param isProbe leaves no session behind, and resumes none
   */
  static Greeting exchange(
      Transport transport, SourceSettings settings, SourceVersion version, boolean isProbe) {
    try {
      transport.out().write(Packets.connect(settings, version, isProbe));
      transport.out().flush();
      PacketReader reader = new PacketReader(transport.in(), version);
      return reader.next() instanceof ConnAck answer
          ? of(answer, reader, settings, version)
          : refused(Kind.SILENT, "the broker does not answer as MQTT has it");
    } catch (SocketTimeoutException silent) {
      return refused(Kind.SILENT, "connected, but nobody answers");
    } catch (EOFException ended) {
      return refused(Kind.SILENT, "the other side ends the connection without an answer");
    } catch (MalformedPacketException wrong) {
      return refused(Kind.SILENT, "what answers there is no MQTT: " + wrong.getMessage());
    } catch (IOException broken) {
      return refused(Kind.SILENT, "no answer: " + Words.of(broken));
    }
  }

  private static Greeting of(
      ConnAck answer, PacketReader reader, SourceSettings settings, SourceVersion version) {
    if (answer.code() == 0 && answer.isFive() == (version == SourceVersion.FIVE)) {
      int ours = Math.toIntExact(settings.keepAlive().toSeconds());
      int theirs = answer.properties().serverKeepAliveSeconds().orElse(ours);
      // 0 of theirs: they count on nothing.
      return new Welcome(
          reader,
          answer.isResumed(),
          theirs == 0 ? ours : Math.min(ours, theirs),
          answer.properties().sessionExpirySeconds());
    }
    boolean isOther =
        answer.isFive()
            ? answer.code() == 0x84
            : version == SourceVersion.FIVE ? answer.code() <= 1 : answer.code() == 1;
    String words =
        answer.isFive()
            ? Words.code(answer.code(), answer.properties())
            : Words.codeOfThree(answer.code());
    return refused(isOther ? Kind.OTHER_VERSION : Kind.REFUSED, "the broker refuses us: " + words);
  }

  private static Greeting refused(Kind kind, String reason) {
    return new Refused(new Ending(kind, reason));
  }
}
