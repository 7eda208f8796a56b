package io.edgeflow.cloud.dashboard;

import io.edgeflow.process.http.Routes;
import java.util.List;

/**
 * The page at {@code /} and its parts, from the class path: nothing is fetched from elsewhere. It
 * asks only what {@code openapi.json} describes.
 */
public final class DashboardRoutes {
  /** The version is the one in the root pom.xml; another one does not start. */
  private static final String ECHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

  private static final List<String> PARTS =
      List.of(
          "strips.js",
          "style.css",
          "layout.css",
          "actions.js",
          "alarms.css",
          "models.css",
          "rollouts.css",
          "icon.svg",
          "app.js",
          "alarms.js",
          "api.js",
          "charts.js",
          "band.js",
          "edges.js",
          "events.js",
          "format.js",
          "live.js",
          "marks.js",
          "matrix.js",
          "models.js",
          "overlay.js",
          "person.js",
          "rollout.js",
          "rollouts.js",
          "saw.js",
          "scores.js",
          "series.js",
          "state.js",
          "stop.js",
          "theme.js");

  private DashboardRoutes() {}

  public static Routes register(Routes routes) {
    routes.file("/", DashboardRoutes.class, "/dashboard/index.html");
    routes.file("/dashboard/echarts.js", DashboardRoutes.class, ECHARTS);
    for (String part : PARTS) {
      routes.file("/dashboard/" + part, DashboardRoutes.class, "/dashboard/" + part);
    }
    return routes;
  }
}
