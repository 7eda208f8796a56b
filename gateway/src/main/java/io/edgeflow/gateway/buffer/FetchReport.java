package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.fetch.FetchDocument;
import io.edgeflow.gateway.fetch.Moments;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What became of a fetch, in words. */
record FetchReport(FetchDocument fetch, URI gateway) {
  static String progress(FetchDocument fetch) {
    long percent = fetch.bytes().of() == 0 ? 0 : fetch.bytes().read() * 100 / fetch.bytes().of();
    return "journal %d %%, %d readings in %d frames, %d committed%s"
        .formatted(
            percent,
            fetch.readings(),
            fetch.frames(),
            fetch.delivered(),
            fetch.waitsFor().isEmpty() ? "" : "; waits for " + fetch.waitsFor());
  }

  /** Whether what was asked for was done. */
  boolean asWanted(boolean noWait, boolean cancel) {
    if (cancel) {
      return fetch.ended();
    }
    return fetch.undelivered() == 0
        && (noWait || (fetch.state().equals("done") && fetch.seriesMatched() > 0));
  }

  String text() {
    List<String> lines = new ArrayList<>(List.of(head()));
    if (fetch.sentBefore() > 0) {
      lines.add(
          fetch.sentBefore()
              + " readings had been sent before"
              + (fetch.again()
                  ? " and were sent again: the cloud's raw table has them twice"
                  : " and were left out (--again sends them once more)"));
    }
    if (fetch.limited()) {
      lines.add("there are more: --limit " + fetch.limit() + " was reached");
    }
    if (fetch.undelivered() > 0) {
      lines.add(fetch.undelivered() + " frames did not reach the cloud's table");
    }
    fetch.missing().forEach(missing -> lines.add(line(missing)));
    return String.join(System.lineSeparator() + "  ", lines);
  }

  private static String line(FetchDocument.Missing missing) {
    return "%s: what arrived from %s to %s"
        .formatted(
            missing.why().equals("deleted") ? "no longer there" : "damaged",
            Moments.format(missing.from() * 1000),
            Moments.format(missing.to() * 1000));
  }

  private String head() {
    if (fetch.ended() && fetch.seriesMatched() == 0 && fetch.error().isEmpty()) {
      return "no series is named %s; %s/api/v1/latest lists them"
          .formatted(String.join(" or ", fetch.series()), gateway.toString().replaceAll("/$", ""));
    }
    String sent =
        "%d readings of %d series in %d frames, %d of them committed by the cloud"
            .formatted(fetch.readings(), fetch.seriesMatched(), fetch.frames(), fetch.delivered());
    return switch (fetch.state()) {
      case "done" -> "sent " + sent;
      case "failed" -> "failed: " + fetch.error() + "; sent before: " + sent;
      case "cancelled" -> "cancelled; sent before: " + sent;
      default -> "fetch " + fetch.id() + " is at work: " + progress(fetch);
    };
  }
}
