package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.SeriesName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dictionary of series: names by what they share with the one before, kinds, units by a table.
 * Lengths and letters lie apart, because lengths repeat from device to device.
 */
final class SeriesSection {
  private static final int MAX_UNIT_BYTES = 4 * FrameLimits.MAX_UNIT_CHARS;

  private SeriesSection() {}

  static void write(ByteSink sink, List<SeriesEntry> series) {
    sink.varint(series.size());
    writeNames(sink, series);
    series.forEach(entry -> sink.u8(entry.kind().code()));
    writeUnits(sink, series);
  }

  static List<SeriesEntry> read(ByteSource source) throws ContentFault {
    int count = source.count(FrameLimits.MAX_SERIES, "series");
    // Each needs a byte in each of four columns.
    if (count > source.left()) {
      throw new ContentFault("more series than bytes");
    }
    String[] names = readNames(source, count);
    Kind[] kinds = new Kind[count];
    for (int i = 0; i < count; i++) {
      kinds[i] = Kind.ofCode(source.u8());
    }
    List<String> units = readUnits(source, count);
    List<SeriesEntry> series = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      series.add(new SeriesEntry(names[i], kinds[i], units.get(i)));
    }
    return series;
  }

  private static void writeNames(ByteSink sink, List<SeriesEntry> series) {
    ByteSink shared = new ByteSink();
    ByteSink lengths = new ByteSink();
    ByteSink letters = new ByteSink();
    byte[] before = {};
    for (SeriesEntry entry : series) {
      byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
      int common = Arrays.mismatch(before, name);
      int start = common < 0 ? name.length : common;
      shared.varint(start);
      lengths.varint(name.length - start);
      letters.bytes(name, start, name.length - start);
      before = name;
    }
    for (ByteSink part : List.of(shared, lengths, letters)) {
      byte[] bytes = part.toBytes();
      sink.bytes(bytes, 0, bytes.length);
    }
  }

  private static String[] readNames(ByteSource source, int count) throws ContentFault {
    int[] shared = lengths(source, count);
    int[] lengths = lengths(source, count);
    String[] names = new String[count];
    byte[] name = new byte[SeriesName.MAX_BYTES];
    int before = 0;
    for (int i = 0; i < count; i++) {
      if (shared[i] > before || shared[i] + lengths[i] > name.length) {
        throw new ContentFault("a name shares more than there is, or is too long");
      }
      int start = source.skip(lengths[i]);
      System.arraycopy(source.array(), start, name, shared[i], lengths[i]);
      before = shared[i] + lengths[i];
      names[i] = ByteSource.utf8(name, 0, before);
    }
    return names;
  }

  private static int[] lengths(ByteSource source, int count) throws ContentFault {
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = source.count(SeriesName.MAX_BYTES, "letters");
    }
    return lengths;
  }

  private static void writeUnits(ByteSink sink, List<SeriesEntry> series) {
    Map<String, Integer> table = table(series);
    sink.varint(table.size());
    table.keySet().forEach(sink::text);
    for (SeriesEntry entry : series) {
      sink.varint(table.getOrDefault(entry.unit(), 0));
    }
  }

  private static List<String> readUnits(ByteSource source, int count) throws ContentFault {
    int size = source.count(Math.min(count, source.left()), "units");
    String[] table = new String[size];
    for (int i = 0; i < size; i++) {
      table[i] = source.text(MAX_UNIT_BYTES);
    }
    List<String> units = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int unit = source.count(size, "units");
      if (unit == size) {
        throw new ContentFault("a unit that is not in the table");
      }
      units.add(table[unit]);
    }
    return units;
  }

  /** In order of appearance. */
  private static Map<String, Integer> table(List<SeriesEntry> series) {
    Map<String, Integer> table = new LinkedHashMap<>();
    for (SeriesEntry entry : series) {
      table.putIfAbsent(entry.unit(), table.size());
    }
    return table;
  }

  /**
   * The context of each series for its columns: series of one unit have numbers of one size. Both
   * ends derive it.
   */
  static int[] contexts(List<SeriesEntry> series) {
    Map<String, Integer> table = table(series);
    int[] contexts = new int[series.size()];
    for (int i = 0; i < contexts.length; i++) {
      contexts[i] = table.getOrDefault(series.get(i).unit(), 0) % Rice.CONTEXTS;
    }
    return contexts;
  }
}
