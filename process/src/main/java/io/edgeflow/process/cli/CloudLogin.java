package io.edgeflow.process.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that ask a cloud which may ask back who they are. */
public final class CloudLogin {
  @Option(names = "--user", description = "Where the cloud asks for one.")
  private @Nullable String user;

  @Option(
      names = "--password",
      interactive = true,
      arity = "0..1",
      description = "That user's password; asked for if it is left out.")
  private @Nullable String password;

  public CloudClient open(URI cloud) {
    return new CloudClient(cloud, user, password);
  }
}
