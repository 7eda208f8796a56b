package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of this edge by name and by their small dense number. Owned by the owner thread. */
final class SeriesRegistry {
  /** No series has this number. */
  static final int UNKNOWN = -1;

  /**
   * One series.
   *
   * @param unit empty where none was configured
   */
  record Series(int id, String name, Kind kind, String unit) {}

  private final Map<String, Series> byName = new HashMap<>();
  private final List<@Nullable Series> byId = new ArrayList<>();

  private long textLength;

  /** Of all names and units together. */
  long textLength() {
    return textLength;
  }

  int id(String name) {
    Series series = byName.get(name);
    return series == null ? UNKNOWN : series.id;
  }

  Series get(int id) {
    Series series = byId.get(id);
    if (series == null) {
      throw new IllegalStateException("series number " + id + " was never defined");
    }
    return series;
  }

  boolean has(int id) {
    return id < byId.size() && byId.get(id) != null;
  }

  int size() {
    return byName.size();
  }

  int nextId() {
    return byId.size();
  }

  List<Series> all() {
    List<Series> all = new ArrayList<>(byName.values());
    all.sort(Comparator.comparingInt(Series::id));
    return all;
  }

  /**
   * A new series, or a known one whose kind or unit was configured anew. Numbers may be missing
   * where damage took their definition (J2).
   */
  void define(Series series) {
    while (byId.size() <= series.id) {
      byId.add(null);
    }
    byId.set(series.id, series);
    Series before = byName.put(series.name, series);
    textLength += textLength(series) - (before == null ? 0 : textLength(before));
  }

  private static int textLength(Series series) {
    return series.name.length() + series.unit.length();
  }

  void write(DataOutput out) throws IOException {
    List<Series> all = all();
    out.writeInt(all.size());
    for (Series series : all) {
      out.writeInt(series.id);
      out.writeUTF(series.name);
      out.writeByte(series.kind.code());
      out.writeUTF(series.unit);
    }
  }

  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      define(new Series(in.readInt(), in.readUTF(), Kind.ofCode(in.readByte()), in.readUTF()));
    }
  }
}
