package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Publishing models and rolling them out.
 *
 * @param root the file {@code root.pub} that edges pin too; absent: nothing can be published
 * @param signingKey the file {@code NAME.key} of a controller that the key document names; absent:
 *     models can be published, edges are told nothing
 * @param audience whose edges these are; an edge follows only the cloud of its own audience
 */
public record DeployConfig(
    Optional<Path> root, Optional<Path> signingKey, @Default("edgeflow") String audience) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public DeployConfig {
    new Check()
        .that(root.isPresent() || signingKey.isEmpty(), "signingKey", "needs deploy.root beside it")
        .that(
            WORD.matcher(audience).matches(),
            "audience",
            "must be 1 to 64 letters, digits, '.', '_' or '-'")
        .orRefuse();
  }
}
