package io.edgeflow.cloud.history;

import static io.edgeflow.cloud.query.QueryRoutes.patient;

import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.store.FrameDepot;
import io.edgeflow.process.http.Routes;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/** History out and in. Handlers run on the web server's workers and block for the database. */
public final class HistoryRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int AT_ONCE = 2;

  private HistoryRoutes() {}

  /**
   * @param reading as many connections are taken as pages are made at once, two at most
   */
  public static Routes register(
      Routes routes, DataSource reading, FrameDepot depot, InstantSource clock) {
    var reads = new Reads(reading, PATIENCE, AT_ONCE);
    return routes
        .get("/api/v1/export", patient(new ExportHandler(reads, clock)))
        .post("/api/v1/import", patient(new ImportHandler(depot)));
  }
}
