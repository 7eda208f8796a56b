package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.DownloadHandler;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.ReplyHandler;
import io.edgeflow.process.http.Routes;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * The questions that the cloud process answers from its database. Handlers run on the web server's
 * workers; each takes one connection for one answer. The pool behind the data source should have as
 * many connections as there may be questions at once; with fewer, requests wait for as long as the
 * pool lets them, and are then answered 503.
 */
public final class QueryRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Summing whole tables takes as long as reading them. */
  private static final Duration PATIENCE_OF_AUDITS = Duration.ofMinutes(2);

  /** People answer alarms: there are never many of them at once. */
  private static final int WRITES = 2;

  /** Connections that answers may use beside those of their workers. */
  public static final int COMPANIONS = Companions.MOST;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Reads reads;
  private final Reads pieces;
  private final Companions companions;
  private final Reads audits;
  private final Reads writes;
  private final InstantSource clock;
  private final CloudFacts facts;

  /**
   * @param database whose pool has {@link #COMPANIONS} connections more than there are workers
   */
  public QueryRoutes(DataSource database, InstantSource clock, CloudFacts facts) {
    this.reads = new Reads(database, PATIENCE, Integer.MAX_VALUE);
    this.pieces = new Reads(database, PATIENCE, Integer.MAX_VALUE);
    this.companions = new Companions(database, PATIENCE);
    this.audits = new Reads(database, PATIENCE_OF_AUDITS, 1);
    this.writes = Reads.writing(database, PATIENCE, WRITES);
    this.clock = clock;
    this.facts = facts;
  }

  /** Adds what {@code openapi.json} describes, that itself included. */
  public Routes register(Routes routes) {
    var versions = new ModelVersionsHandler(reads, clock);
    return routes
        .file("/openapi.json", QueryRoutes.class, "/openapi.json")
        .get("/api/v1/edges", patient(new EdgesHandler(reads, clock)))
        .get("/api/v1/series", patient(new SeriesHandler(reads)))
        .get("/api/v1/latest", patient(new LatestHandler(reads, clock)))
        .reply(
            "/api/v1/data",
            patiently(new DataHandler(reads, pieces, companions, clock, facts.version())))
        .get("/api/v1/raw", patient(new RawHandler(reads, clock)))
        .get("/api/v1/events", patient(new EventsHandler(reads, clock)))
        .get("/api/v1/alarms", patient(new AlarmsHandler(reads, clock)))
        .post("/api/v1/alarms/{id}/ack", patient(new AlarmAckHandler(writes, clock)))
        .get("/api/v1/models", patient(new ModelsHandler(reads, clock)))
        .get("/api/v1/models/runs", patient(new ModelRunsHandler(reads, clock)))
        .get("/api/v1/models/versions", patient(versions::all))
        .get("/api/v1/models/{name}/versions", patient(versions::one))
        .get("/api/v1/models/{digest}/rows", patient(new ModelRowsHandler(reads, clock)))
        .get("/api/v1/ledger", patient(new LedgerHandler(reads, audits)))
        .get("/api/v1/status", patient(new StatusHandler(reads, clock, facts)));
  }

  /** As the other, for what may be long. */
  public static ReplyHandler patiently(ReplyHandler handler) {
    return request -> {
      try {
        return handler.reply(request);
      } catch (Overload overload) {
        return Answer.busy(String.valueOf(overload.getMessage()), RETRY_AFTER);
      }
    };
  }

  /** As the other, for what is downloaded. */
  public static DownloadHandler patientDownload(DownloadHandler handler) {
    return request -> {
      try {
        return handler.open(request);
      } catch (Overload overload) {
        throw new HttpRefusal(503, "busy", String.valueOf(overload.getMessage()));
      }
    };
  }

  /** Says when to come again where the database cannot answer now. */
  public static Handler patient(Handler handler) {
    return request -> {
      try {
        return handler.answer(request);
      } catch (Overload overload) {
        return Answer.busy(String.valueOf(overload.getMessage()), RETRY_AFTER);
      }
    };
  }
}
