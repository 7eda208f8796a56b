package io.edgeflow.process.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running gateway is asked, and by whom; a mixin. */
public final class GatewayOptions {
  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081",
      converter = WebAddress.class,
      description = "The gateway's page (default: ${DEFAULT-VALUE}).")
  private URI gateway = URI.create("http://127.0.0.1:8081");

  @Option(names = "--user", description = "Where the gateway asks for one.")
  private @Nullable String user;

  @Option(
      names = "--password",
      interactive = true,
      arity = "0..1",
      description = "That user's password; asked for if it is left out.")
  private @Nullable String password;

  public URI address() {
    return gateway;
  }

  public GatewayCalls calls() {
    return new GatewayCalls(gateway, user, password);
  }
}
