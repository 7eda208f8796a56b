package io.edgeflow.models.cli;

import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CloudLogin;
import io.edgeflow.process.cli.WebAddress;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cloud is meant. */
final class CloudOptions {
  @Option(
      names = "--cloud",
      paramLabel = "URL",
      converter = WebAddress.class,
      defaultValue = "http://127.0.0.1:8080",
      description = "The cloud's address; default: ${DEFAULT-VALUE}.")
  private URI cloud = URI.create("http://127.0.0.1:8080");

  @Mixin private CloudLogin login = new CloudLogin();

  CloudClient open() {
    return login.open(cloud);
  }

  URI address() {
    return cloud;
  }
}
