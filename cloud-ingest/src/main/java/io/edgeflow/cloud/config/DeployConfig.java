package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Publishing models and rolling them out.
 *
 * @param root the file {@code root.pub} that edges pin too; absent: nothing can be published
 * @param signingKey the file {@code NAME.key} of a controller that the key document names; absent:
 *     models can be published, edges are told nothing
 * @param audience whose edges these are; an edge follows only the cloud of its own audience
 * @param channels by which ways edges are told, of those that there are; what they report is heard
 *     on all
 */
public record DeployConfig(
    Optional<Path> root,
    Optional<Path> signingKey,
    @Default("edgeflow") String audience,
    @Default("mqtt, kafka") List<Channel> channels) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** A way by which documents go. */
  public enum Channel {
    MQTT,
    KAFKA
  }

  public DeployConfig {
    channels = List.copyOf(channels);
    new Check()
        .that(root.isPresent() || signingKey.isEmpty(), "signingKey", "needs deploy.root beside it")
        .that(
            WORD.matcher(audience).matches(),
            "audience",
            "must be 1 to 64 letters, digits, '.', '_' or '-'")
        .that(!channels.isEmpty(), "channels", "must be mqtt, kafka or both")
        .orRefuse();
  }
}
