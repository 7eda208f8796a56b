package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Range;
import io.edgeflow.process.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where versions of a program are announced, and what is to be done about a new one. {@code
 * docs/rollouts.md} explains it.
 *
 * @param program the name of its bundles and of the slot of edges
 * @param url of a Git repository
 * @param registry of images, {@code https://registry.example.com}
 * @param repository in it
 * @param tags which of them are versions
 * @param preReleases whether 1.5.0-rc.1 is one
 * @param fleet a fleet file, in which {@code {version}} stands for the version
 * @param spec the same, written here
 */
public record UpdateConfig(
    String program,
    Source source,
    Optional<String> url,
    Optional<URI> registry,
    Optional<String> repository,
    @Default("v*") Glob tags,
    @Default("5m") @Range(min = "1s", max = "7d") Duration every,
    @Default("false") boolean preReleases,
    Optional<Path> fleet,
    Optional<String> spec,
    Optional<String> user,
    Optional<Secret> password) {
  /** Stands for the version in a fleet file. */
  public static final String VERSION = "{version}";

  /** Who tells. */
  public enum Source {
    GIT,
    OCI
  }

  public UpdateConfig {
    boolean git = source == Source.GIT;
    new Check()
        .that(program.matches("[a-z0-9_-]{1,64}"), "program", "must be 1 to 64 of a-z 0-9 _ -")
        .that(git == url.isPresent(), "url", "goes with source: git, and only with it")
        .that(
            url.isEmpty() || url.get().matches("[A-Za-z0-9/~.][^\\s]{0,500}"),
            "url",
            "must be an address of a Git repository")
        .that(git != registry.isPresent(), "registry", "goes with source: oci, and only with it")
        .that(
            registry.isEmpty()
                || (registry.get().getHost() != null
                    && Set.of("http", "https").contains(registry.get().getScheme())),
            "registry",
            "must be https://host, or http://host:port")
        .that(
            git != repository.isPresent(), "repository", "goes with source: oci, and only with it")
        .that(
            repository.isEmpty()
                || repository.get().matches("[a-z0-9]+([._/-]{1,2}[a-z0-9]+){0,30}"),
            "repository",
            "must be a name such as plant/edgeflow")
        .that(fleet.isPresent() != spec.isPresent(), "", "must name either fleet or spec")
        .that(password.isEmpty() || user.isPresent(), "password", "needs user beside it")
        .orRefuse();
  }

  /** For people. */
  public String place() {
    return source == Source.GIT
        ? "git " + url.orElse("")
        : "oci " + registry.map(URI::toString).orElse("") + "/" + repository.orElse("");
  }
}
