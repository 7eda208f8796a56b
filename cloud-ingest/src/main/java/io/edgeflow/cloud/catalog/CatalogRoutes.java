package io.edgeflow.cloud.catalog;

import static io.edgeflow.cloud.query.QueryRoutes.patient;

import io.edgeflow.cloud.query.Reads;
import io.edgeflow.process.http.Routes;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What people say of series. Handlers run on the web server's workers and block for a database. */
public final class CatalogRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int AT_ONCE = 2;

  private final Reads reads;
  private final Reads writes;
  private final InstantSource clock;

  public CatalogRoutes(DataSource database, InstantSource clock) {
    this.reads = new Reads(database, PATIENCE, AT_ONCE);
    this.writes = Reads.writing(database, PATIENCE, AT_ONCE);
    this.clock = clock;
  }

  public Routes register(Routes routes) {
    var invalid = new InvalidHandlers(reads, writes, clock);
    return routes
        .patch("/api/v1/series", patient(new DescribeHandler(writes, clock)))
        .get("/api/v1/series/renames", patient(new RenamesHandler(reads)))
        .post("/api/v1/series/rename", patient(new RenameHandler(writes, clock)))
        .get("/api/v1/series/invalid", patient(invalid::list))
        .post("/api/v1/series/invalid", patient(invalid::mark))
        .delete("/api/v1/series/invalid/{id}", patient(invalid::unmark));
  }
}
