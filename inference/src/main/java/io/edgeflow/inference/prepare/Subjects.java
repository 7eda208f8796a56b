package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything that one bundle scores: a subject for each device whose series its selectors name, or
 * for each series where they are scored on their own. Subjects come into being with their first
 * series. One thread at a time.
 *
 * <p>A pattern such as {@code *} fits any series: whoever feeds leaves out those that models write.
 */
public final class Subjects {
  private final Manifest manifest;
  private final Parameters parameters;
  private final Function<String, RowSink> sinks;
  private final Map<String, Preparer> preparers = new LinkedHashMap<>();
  private final Map<String, RowSink> sinkOf = new LinkedHashMap<>();
  private final Map<SeriesName, Feed> feeds = new LinkedHashMap<>();
  private final List<Shared> shared = new ArrayList<>();

  /**
   * @param parameters that fit the manifest
   * @param sinks asked once for each subject, by its name, where its rows go
   */
  public Subjects(Manifest manifest, Parameters parameters, Function<String, RowSink> sinks) {
    this.manifest = manifest;
    this.parameters = parameters;
    this.sinks = sinks;
  }

  /** Where the readings of a series go; to be asked for once. */
  public Feed feed(SeriesName series) {
    Feed known = feeds.get(series);
    if (known != null) {
      return known;
    }
    Feed feed = new Feed();
    feeds.put(series, feed);
    List<Selector> selectors = manifest.input().selectors();
    for (int index = 0; index < selectors.size(); index++) {
      Selector selector = selectors.get(index);
      if (selector.matches(series)) {
        connect(feed, series, selector, index);
      }
    }
    return feed;
  }

  /** The names of those that there are by now. */
  public Set<String> names() {
    return Set.copyOf(preparers.keySet());
  }

  /** The state of a subject, made if it is new. */
  public Preparer preparer(String subject) {
    Preparer known = preparers.get(subject);
    if (known != null) {
      return known;
    }
    var made = new Preparer(manifest, parameters, subject);
    preparers.put(subject, made);
    RowSink sink = sinks.apply(subject);
    sinkOf.put(subject, sink);
    for (Shared one : shared) {
      one.feed().addLate(made, one.index(), sink);
    }
    return made;
  }

  private void connect(Feed feed, SeriesName series, Selector selector, int index) {
    if (selector.perDevice()) {
      if (allows(series.device())) {
        connect(feed, series.device(), index);
      }
    } else if (manifest.input() instanceof Input.SlidingWindow) {
      connect(feed, series.path(), index);
    } else {
      preparers.forEach((name, preparer) -> feed.add(preparer, index, sink(name)));
      shared.add(new Shared(feed, index));
    }
  }

  private void connect(Feed feed, String subject, int index) {
    Preparer preparer = preparer(subject);
    feed.add(preparer, index, sink(subject));
  }

  private RowSink sink(String subject) {
    return sinkOf.getOrDefault(subject, RowSink.NONE);
  }

  private boolean allows(String device) {
    return manifest.devices().isEmpty()
        || manifest.devices().stream().anyMatch(glob -> glob.matches(device));
  }

  private record Shared(Feed feed, int index) {}
}
