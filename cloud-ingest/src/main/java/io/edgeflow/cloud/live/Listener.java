package io.edgeflow.cloud.live;

import io.edgeflow.process.http.EventSink;
import java.util.List;

/** One client and what it wants to see. Identity counts: two clients may want the same. */
final class Listener {
  private final EventSink sink;
  private final SeriesFilter filter;

  Listener(EventSink sink, SeriesFilter filter) {
    this.sink = sink;
    this.filter = filter;
  }

  EventSink sink() {
    return sink;
  }

  /** False when the client is gone. */
  boolean show(FrameNews news) {
    return send("points", news.edge(), news.points(filter))
        && send("runs", news.edge(), news.runs(filter))
        && send("events", news.edge(), news.events(filter));
  }

  private boolean send(String event, String edge, List<String> items) {
    return items.isEmpty()
        || sink.send(
            event, "{\"edge\":\"" + edge + "\",\"items\":[" + String.join(",", items) + "]}");
  }
}
