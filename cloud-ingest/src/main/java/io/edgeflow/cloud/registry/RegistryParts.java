package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.query.QueryRoutes;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.trust.VerifyingKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where bundles are published and fetched. Clears away what nobody goes on with, every hour. */
public final class RegistryParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryParts.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** As many publish at once; others are told to come again. */
  private static final int WRITES = 2;

  private final Publishing publishing;
  private final BundleHandlers bundles;
  private final KeyHandlers keyHandlers;
  private final Registry registry;
  private final ScheduledExecutorService tidying;

  private RegistryParts(
      DataSource database,
      Optional<VerifyingKey> root,
      UploadLimits limits,
      InstantSource clock,
      ScheduledExecutorService tidying) {
    var keys = new Keys(root, clock);
    Reads reads = new Reads(database, PATIENCE, Integer.MAX_VALUE);
    Reads writes = Reads.writing(database, PATIENCE, WRITES);
    var assembly = new Assembly(Reads.writing(database, PATIENCE, 1));
    this.publishing = new Publishing(writes, assembly, keys, limits, clock);
    this.bundles = new BundleHandlers(reads);
    this.keyHandlers = new KeyHandlers(reads, writes, keys);
    this.registry = new StoredRegistry(reads, keys);
    this.tidying = tidying;
  }

  /**
   * @param database of its own: whoever fetches much must not make queries wait
   * @param root whose key documents count; none: nothing can be published
   */
  public static RegistryParts start(
      DataSource database, Optional<VerifyingKey> root, UploadLimits limits, InstantSource clock) {
    ScheduledExecutorService tidying =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("registry-tidying").unstarted(work));
    var parts = new RegistryParts(database, root, limits, clock, tidying);
    var _ = tidying.scheduleWithFixedDelay(parts::tidy, 1, 60, TimeUnit.MINUTES);
    return parts;
  }

  public Registry registry() {
    return registry;
  }

  /** Adds what {@code openapi.json} describes of this. */
  public Routes register(Routes routes) {
    return routes
        .post("/api/v1/models/{name}/versions", patient(new PublishHandler(publishing)))
        .put("/api/v1/chunks/{sha256}", patient(new ChunkHandler(publishing)))
        .get("/api/v1/bundles/{digest}", patient(bundles::describe))
        .download("/api/v1/bundles/{digest}/{file}", QueryRoutes.patientDownload(bundles::file))
        .download("/api/v1/keys", QueryRoutes.patientDownload(keyHandlers::chain))
        .post("/api/v1/keys", patient(keyHandlers::push));
  }

  private static Handler patient(Handler handler) {
    return QueryRoutes.patient(handler);
  }

  void tidy() {
    try {
      publishing.tidy();
    } catch (Exception later) { // The next hour comes.
      LOG.warn("uploads could not be cleared away", later);
    }
  }

  @Override
  public void close() {
    tidying.shutdownNow();
  }
}
