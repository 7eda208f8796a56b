package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceLink.Ending;
import io.edgeflow.gateway.source.SourceLink.Kind;
import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.SourceVersion;
import java.io.IOException;
import java.time.Duration;

/** Asks a broker whether it would let a source in, and leaves nothing behind. */
public final class SourceTrial {
  private SourceTrial() {}

  /**
   * What came of it.
   *
   * @param detail for a person
   */
  public record Result(boolean ok, String detail) {}

  /**
   * Blocks. The source itself may run meanwhile: the name is another one, and no session is made.
   */
  public static Result of(SourceSettings settings, Duration patience) {
    SourceSettings trial = settings.forTrial(patience);
    SourceVersion first = settings.version().orElse(SourceVersion.FIVE);
    Greeting greeting = greet(trial, first);
    if (greeting instanceof Greeting.Refused(Ending ending)
        && settings.version().isEmpty()
        && (ending.kind() == Kind.OTHER_VERSION || ending.kind() == Kind.SILENT)) {
      return result(greet(trial, SourceVersion.THREE), SourceVersion.THREE);
    }
    return result(greeting, first);
  }

  private static Greeting greet(SourceSettings settings, SourceVersion version) {
    Transport transport = Transport.to(settings);
    try {
      transport.connect(settings.connectTimeout());
      Greeting greeting = Greeting.exchange(transport, settings, version, true);
      if (greeting instanceof Greeting.Welcome) {
        transport.out().write(Packets.disconnect());
        transport.endOutput();
      }
      return greeting;
    } catch (IOException failed) {
      return new Greeting.Refused(
          new Ending(Kind.UNREACHABLE, "cannot connect: " + Words.of(failed)));
    } finally {
      transport.close();
    }
  }

  private static Result result(Greeting greeting, SourceVersion version) {
    return switch (greeting) {
      case Greeting.Welcome _ -> new Result(true, "lets us in, by MQTT " + version.word());
      case Greeting.Refused(Ending ending) -> new Result(false, ending.reason());
    };
  }
}
