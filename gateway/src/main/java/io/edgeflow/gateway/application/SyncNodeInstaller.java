package io.edgeflow.gateway.application;

import io.edgeflow.gateway.deploy.ApplicationInstaller;
import io.edgeflow.gateway.deploy.InstallState;
import io.edgeflow.gateway.syncnode.Phase;
import io.edgeflow.gateway.syncnode.Report;
import io.edgeflow.gateway.syncnode.Report.Progress;
import io.edgeflow.gateway.syncnode.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the service beside this gateway, by files in a folder that both may use. The same version is
 * one request, however often it is asked for and however often this process starts meanwhile: the
 * service itself starts it again in the midst of it.
 */
public final class SyncNodeInstaller implements ApplicationInstaller {
  private static final Logger log = LoggerFactory.getLogger(SyncNodeInstaller.class);
  private static final int DIGEST_LENGTH = 64;

  /** After a boot the service may come later than this process. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RequestFolder folder;
  private final Duration soak;
  private final LongSupplier nanos;
  private final long begun;

  /**
   * @param folder {@code application} in the gateway's data directory
   * @param keys the file with the chain of keys, which may not be there yet
   * @param soak where nobody says how long a version is watched
   * @param nanos monotonic time
   */
  public SyncNodeInstaller(Path folder, Path keys, Duration soak, LongSupplier nanos)
      throws IOException {
    this.folder = new RequestFolder(folder, keys);
    this.soak = soak;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  @Override
  public Optional<String> current() {
    return folder.report().map(Report::good).filter(good -> good.length() == DIGEST_LENGTH);
  }

  @Override
  public InstallState ask(String digest, Path bundle, String version) {
    return ask(digest, bundle, version, soak);
  }

  @Override
  public InstallState ask(String digest, Path bundle, String version, Duration watched) {
    try {
      String request = request(digest, bundle, version, watched);
      return state(request);
    } catch (IOException full) {
      log.warn("cannot ask for version {}: {}", version, full.toString());
      return new InstallState.Working("cannot ask the sync-node: " + full.getMessage());
    }
  }

  @Override
  public void begin(String digest) {
    try {
      if (folder.request().filter(last -> last.digest().equals(digest)).isPresent()
          && folder.report().flatMap(Report::progress).filter(this::cameToNothing).isPresent()) {
        folder.dropRequest();
      }
    } catch (IOException full) {
      log.warn("cannot ask anew for {}: {}", digest, full.toString());
    }
  }

  private boolean cameToNothing(Progress progress) {
    boolean isLast =
        folder.request().filter(last -> last.request().equals(progress.request())).isPresent();
    return isLast && (progress.phase() == Phase.FAILED || progress.phase() == Phase.REFUSED);
  }

  @Override
  public void forgive(String digest) {
    try {
      folder.forgive(digest);
    } catch (IOException full) {
      log.warn("cannot note that {} is forgiven: {}", digest, full.toString());
    }
  }

  /** The request that stands for this version. */
  private String request(String digest, Path bundle, String version, Duration watched)
      throws IOException {
    Optional<Request> before = folder.request();
    boolean forgiven = folder.isForgiven(digest);
    if (before.isPresent() && before.get().digest().equals(digest) && !forgiven) {
      return before.get().request();
    }
    var next =
        new Request(
            Request.SCHEMA,
            UUID.randomUUID().toString(),
            digest.isEmpty() ? folder.program() : folder.program(bundle),
            digest,
            version,
            digest.isEmpty() ? "" : bundle.toAbsolutePath().toString(),
            watched,
            forgiven);
    folder.write(next);
    return next.request();
  }

  private InstallState state(String request) {
    Optional<Report> report = folder.report();
    if (report.isEmpty()) {
      return nanos.getAsLong() - begun < PATIENCE.toNanos()
          ? new InstallState.Working("the sync-node does not answer yet")
          : new InstallState.Unavailable("no sync-node answers here");
    }
    return report
        .flatMap(Report::progress)
        .filter(progress -> progress.request().equals(request))
        .map(SyncNodeInstaller::state)
        .orElseGet(() -> new InstallState.Working("asked the sync-node"));
  }

  private static InstallState state(Progress progress) {
    return switch (progress.phase()) {
      case STAGING -> new InstallState.Working("the sync-node checks and unpacks it");
      case STARTING -> new InstallState.Working("the sync-node starts it");
      case SOAKING -> new InstallState.Running();
      case GOOD -> new InstallState.Proven();
      case REFUSED, FAILED -> new InstallState.Failed(progress.detail());
      case GOING_BACK -> new InstallState.Working("the sync-node goes back: " + progress.detail());
      case ROLLED_BACK -> new InstallState.RolledBack(progress.detail());
    };
  }
}
