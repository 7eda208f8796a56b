package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.wire.frame.EdgeName;
import java.util.HashMap;
import java.util.Map;

/**
 * Series by the names of a file. Each series is one object, so that rows share it. A file that
 * names very many is refused from some on, so that its names fit in memory.
 */
final class SeriesPaths {
  private static final int MOST = 200_000;

  /** What a name was found to be, and with which kind and unit. */
  private record Key(String name, boolean whole, Kind kind, String unit) {}

  private final String edge;
  private final Map<Key, FileSeries> known = new HashMap<>();
  private final Map<String, FileSeries> byPath = new HashMap<>();

  /**
   * @param edge empty: names begin with it
   */
  SeriesPaths(String edge) {
    this.edge = edge;
  }

  /**
   * @param whole whether the name begins with an edge even if another one is to have it
   */
  FileSeries find(String name, boolean whole, Kind kind, String unit) throws BadLine {
    Key key = new Key(name, whole, kind, unit);
    FileSeries found = known.get(key);
    if (found == null) {
      if (known.size() >= MOST) {
        throw new BadLine("the file names more than " + MOST + " series");
      }
      found = series(name, whole, kind, unit);
      known.put(key, found);
    }
    return found;
  }

  /** What a file says of a series first, holds for all of it. */
  private static FileSeries agreed(FileSeries first, FileSeries found) throws BadLine {
    if (first.kind() != found.kind()) {
      throw new BadLine("the series was of another kind further up");
    }
    if (!found.unit().isEmpty() && !found.unit().equals(first.unit())) {
      throw new BadLine("the series had another unit further up");
    }
    return first;
  }

  private FileSeries series(String name, boolean whole, Kind kind, String unit) throws BadLine {
    String within = name;
    String owner = edge;
    if (edge.isEmpty() || whole) {
      int slash = name.indexOf('/');
      owner = edge.isEmpty() ? name.substring(0, Math.max(0, slash)) : edge;
      within = name.substring(slash + 1);
    }
    if (!EdgeName.isValid(owner)) {
      throw new BadLine(
          "the series %s does not begin with an edge, as pi-7/pump-7/flow does: give --edge"
              .formatted(BadLine.quoted(name)));
    }
    try {
      var found = new FileSeries(owner, new SeriesName(within).path(), kind, unit);
      FileSeries first = byPath.putIfAbsent(owner + "/" + within, found);
      return first == null ? found : agreed(first, found);
    } catch (IllegalArgumentException faulty) {
      String hint =
          edge.isEmpty() ? ": it must be edge/device/point, or give --edge" : " at " + owner;
      throw new BadLine(
          "the series %s cannot be: %s%s"
              .formatted(BadLine.quoted(name), faulty.getMessage(), hint));
    }
  }
}
