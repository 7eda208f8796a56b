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
          "accounts.js",
          "ack.js",
          "actions.js",
          "alarmrows.js",
          "alarms.css",
          "alarms.js",
          "api.js",
          "app.js",
          "band.js",
          "cards.css",
          "charts.js",
          "choose.js",
          "colours.css",
          "dialogs.css",
          "edge.css",
          "edge.js",
          "edges.js",
          "edgeseries.js",
          "eventrows.js",
          "events.css",
          "events.js",
          "evidence.css",
          "explore.css",
          "explore.js",
          "explorecard.js",
          "explorecharts.css",
          "exploredata.js",
          "exploredraw.js",
          "fleet.css",
          "fleet.js",
          "fleetdata.js",
          "fleetrank.js",
          "fleetsite.js",
          "flow.js",
          "format.js",
          "gaps.js",
          "gestures.js",
          "happenings.js",
          "header.css",
          "header.js",
          "icon.svg",
          "keys.js",
          "layout.css",
          "ledger.css",
          "ledger.js",
          "live.js",
          "livecard.js",
          "marks.js",
          "matrix.js",
          "models.css",
          "models.js",
          "narrow.css",
          "overlay.js",
          "overview.js",
          "pages.js",
          "parts.js",
          "person.js",
          "poll.js",
          "ranges.css",
          "reasons.js",
          "rollout.js",
          "rollouts.css",
          "rollouts.js",
          "saw.js",
          "scores.js",
          "series.js",
          "side.css",
          "slots.js",
          "state.js",
          "states.js",
          "stop.js",
          "strip.js",
          "strips.js",
          "style.css",
          "tables.css",
          "theme.js",
          "timespan.js",
          "tree.js");

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
