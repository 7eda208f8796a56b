package io.edgeflow.gateway.commissioning;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.StandardRoutes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The paths of a gateway's web server. */
public final class GatewayRoutes {
  private final GatewayViews views;
  private final LongSupplier presentMicros;

  private GatewayRoutes(GatewayViews views, LongSupplier presentMicros) {
    this.views = views;
    this.presentMicros = presentMicros;
  }

  /**
   * @param metrics the meters in Prometheus' text format
   * @param presentMicros the time by which ages of readings are shown
   */
  public static Routes of(
      GatewayViews views, LiveReadings live, Supplier<String> metrics, LongSupplier presentMicros) {
    var here = new GatewayRoutes(views, presentMicros);
    var routes =
        new Routes()
                .get("/api/v1/ledger", _ -> Answer.json(views.ledger().ledger()))
                .get("/api/v1/latest", here::latest)
                .get("/api/v1/status", _ -> here.status())
                .get("/api/v1/modbus", _ -> Answer.json(views.modbus().units()))
                .get("/api/v1/rejects", _ -> here.rejects())
                .stream("/api/v1/stream", live::feed);
    CommissioningPage.add(routes);
    return StandardRoutes.add(routes, views.readiness(), metrics);
  }

  private Answer latest(Request request) throws Exception {
    return Answer.json(
        LatestPage.of(views.latest().latest(), LatestQuery.of(request), presentMicros.getAsLong()));
  }

  private Answer status() throws Exception {
    List<String> missing = views.readiness().missing();
    return Answer.json(StatusDocument.of(views.status().status(), missing));
  }

  /** Counts of the whole life beside the last few, which are all that is kept of the inputs. */
  private Answer rejects() throws Exception {
    Ledger ledger = views.ledger().ledger();
    var recent =
        views.rejects().rejects().stream()
            .map(
                one ->
                    new RejectDocument(
                        one.timeMicros() / 1000,
                        one.reason(),
                        one.source(),
                        one.detail(),
                        one.start(),
                        one.bytes()))
            .toList();
    var body = new TreeMap<String, Object>();
    body.putAll(Map.of("counts", ledger.rejected(), "refused", ledger.refused()));
    body.put("recent", recent);
    return Answer.json(body);
  }

  record RejectDocument(
      long t, String reason, String source, String detail, String start, int bytes) {}
}
