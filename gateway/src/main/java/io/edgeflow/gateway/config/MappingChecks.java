package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.config.MappingConfig.Format;
import io.edgeflow.process.settings.Check;
import io.edgeflow.wire.payload.JsonPath;
import io.edgeflow.wire.payload.SeriesTemplate;
import io.edgeflow.wire.payload.TopicPattern;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with a mapping, each fault with its key and with what to do. */
final class MappingChecks {
  private static final int LONGEST_UNIT = 32;
  private static final String POINT = SeriesTemplate.POINT;

  private final Check check;
  private final Format format;
  private final String word;

  private MappingChecks(Check check, Format format) {
    this.check = check;
    this.format = format;
    this.word = format.name().toLowerCase(Locale.ROOT);
  }

  /** What holds for a point as for a whole mapping. */
  static void ownRules(
      Check check, Optional<Kind> kind, Optional<String> unit, Optional<ReportConfig> report) {
    check
        .that(
            !kind.equals(Optional.of(Kind.COUNTER)),
            "kind",
            "must be gauge, state or text; of a counter it is said under series")
        .that(unit.orElse("").length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
        .that(
            kind.isEmpty() || report.isEmpty() || report.get().fits(kind.get()),
            "report.mode",
            "must be none, all, change or interval for a state or a text");
  }

  /** What a fault says, if there is one. */
  static void good(Check check, String key, Optional<String> fault) {
    check.that(fault.isEmpty(), key, fault.orElse(""));
  }

  static void check(
      Check check,
      String topic,
      Format format,
      Optional<String> series,
      String each,
      Map<String, MappingPoint> points,
      Map<String, String> names,
      MappingTime time,
      MappingQuality quality,
      MappingCsv csv) {
    var checks = new MappingChecks(check, format);
    String topicFault = TopicPattern.fault(topic);
    String seriesFault = series.map(SeriesTemplate::fault).orElse(null);
    check.that(topicFault == null, "topic", "" + topicFault);
    check.that(seriesFault == null, "series", "" + seriesFault);
    checks.belongs(each, points, names, time, quality, csv);
    if (format == Format.JSON) {
      checks.paths(each, points, names, time, quality);
    }
    if (format == Format.CSV) {
      checks.columns(points, time, quality, csv);
    }
    if (topicFault == null && seriesFault == null) {
      checks.names(TopicPattern.parse(topic), series, points, names, csv);
    }
  }

  /** Keys that another format would need. */
  private void belongs(
      String each,
      Map<String, MappingPoint> points,
      Map<String, String> names,
      MappingTime time,
      MappingQuality quality,
      MappingCsv csv) {
    boolean json = format == Format.JSON;
    boolean table = format == Format.CSV;
    needs(each.isEmpty() || json, "each", "json");
    needs(names.isEmpty() || json, "names", "json");
    needs(time.path().isEmpty() || json, "time.path", "json");
    needs(quality.path().isEmpty() || json, "quality.path", "json");
    needs(time.column().isEmpty() || table, "time.column", "csv");
    needs(quality.column().isEmpty() || table, "quality.column", "csv");
    needs(csv.equals(MappingCsv.STANDARD) || table, "csv", "csv");
    needs(points.isEmpty() || format != Format.AUTO, "points", "json, csv, influx or value");
    check.that(
        points.size() <= 1 || format != Format.VALUE, "points", "must be one with format value");
    check.that(
        time.format().isEmpty() || !time.isNone() || format == Format.INFLUX,
        "time.format",
        json
            ? "needs time.path"
            : table ? "needs time.column" : "needs format json, csv or influx");
    points.forEach(
        (name, point) -> {
          String at = "points." + name + ".";
          needs(point.path().isEmpty() || json, at + "path", "json");
          needs(point.column().isEmpty() || table, at + "column", "csv");
          needs(point.field().isEmpty() || format == Format.INFLUX, at + "field", "influx");
          check.that(
              !name.contains("*") || json,
              "points." + name,
              "must not have a * in its name: only paths of JSON stand for several values");
        });
  }

  private void needs(boolean holds, String key, String formats) {
    check.that(holds, key, "needs format " + formats + "; here it is " + word);
  }

  private void paths(
      String each,
      Map<String, MappingPoint> points,
      Map<String, String> names,
      MappingTime time,
      MappingQuality quality) {
    String eachFault = each.isEmpty() ? null : JsonPath.fault(each);
    check.that(eachFault == null, "each", "" + eachFault);
    check.that(
        each.isEmpty() || !each.startsWith("@"), "each", "must begin with $: it is where rows are");
    boolean rows = !each.isEmpty();
    Set<String> seen = new HashSet<>();
    points.forEach((name, point) -> point(name, MappingForm.path(name, point, rows), rows, seen));
    names.forEach(
        (name, path) -> {
          String fault = JsonPath.fault(path);
          check.that(fault == null, "names." + name, "" + fault);
          one("names." + name, path, rows, seen);
        });
    time.path().ifPresent(path -> one("time.path", path, rows, seen));
    quality.path().ifPresent(path -> one("quality.path", path, rows, seen));
  }

  private void point(String name, String path, boolean rows, Set<String> seen) {
    String key = "points." + name + ".path";
    if (JsonPath.fault(path) != null) {
      check.that(false, key, "is needed: no path can be made of the point's name");
      return;
    }
    boolean many = JsonPath.parse(path).many();
    check
        .that(
            path.startsWith(rows ? "@" : "$"),
            key,
            rows ? "must begin with @, the row that each finds" : "must begin with $; @ needs each")
        .that(
            !many || name.contains("*"),
            key,
            "stands for several values: put a * into the point's name, for what the path matches")
        .that(
            many || !name.contains("*"),
            key,
            "must have a * where the point's name has one: $.values.*")
        .that(seen.add(path), key, "is used twice: " + path);
  }

  private void one(String key, String path, boolean rows, Set<String> seen) {
    check
        .that(rows || !path.startsWith("@"), key, "must begin with $; @ needs each")
        .that(
            JsonPath.fault(path) != null || !JsonPath.parse(path).many(),
            key,
            "must stand for one value")
        .that(seen.add(path), key, "is used twice: " + path);
  }

  private void columns(
      Map<String, MappingPoint> points, MappingTime time, MappingQuality quality, MappingCsv csv) {
    if (csv.columns().isEmpty()) {
      return;
    }
    time.column().ifPresent(column -> column("time.column", column, csv));
    quality.column().ifPresent(column -> column("quality.column", column, csv));
    points.forEach(
        (name, point) -> column("points." + name + ".column", point.column().orElse(name), csv));
  }

  private void column(String key, String column, MappingCsv csv) {
    check.that(
        csv.columns().contains(column),
        key,
        "must be one of csv.columns: " + String.join(", ", csv.columns()));
  }

  private void names(
      TopicPattern topic,
      Optional<String> series,
      Map<String, MappingPoint> points,
      Map<String, String> names,
      MappingCsv csv) {
    boolean ofPayload = MappingForm.hasPoints(format, points);
    List<String> levels = topic.names();
    check.that(
        !ofPayload || !levels.contains(POINT),
        "topic",
        "must not name a level <point>, which is the point of the payload: call it otherwise");
    names.keySet().stream()
        .filter(name -> levels.contains(name) || name.equals(POINT) || !name.matches("[\\w-]+"))
        .forEach(
            name -> check.that(false, "names." + name, "must be a name of its own, of letters"));
    if (series.isEmpty() && levels.isEmpty() && !ofPayload) {
      check.that(false, "series", "is needed: the topic names no level, as <device> does");
      return;
    }
    SeriesTemplate template = MappingForm.template(topic, format, series, points);
    Set<String> known = new HashSet<>(levels);
    known.addAll(names.keySet());
    known.addAll(csv.columns());
    if (ofPayload) {
      known.add(POINT);
    }
    boolean payloadNames =
        format == Format.INFLUX || (format == Format.CSV && csv.columns().isEmpty());
    template.names().stream()
        .filter(name -> !payloadNames && !known.contains(name))
        .forEach(
            name ->
                check.that(
                    false,
                    "series",
                    "knows no <" + name + ">; there is " + String.join(", ", sorted(known))));
    check.that(
        !ofPayload || MappingForm.isOne(points) || tellsApart(template),
        "series",
        "must have <point> in it, or all points are one series");
    check.that(
        format == Format.AUTO || twoLevels(template, topic, points),
        "series",
        "must have two levels, as <device>/<point> has");
  }

  private static List<String> sorted(Set<String> known) {
    return known.stream().sorted().toList();
  }

  private boolean tellsApart(SeriesTemplate template) {
    return template.names(POINT) || (format == Format.INFLUX && template.names("field"));
  }

  private boolean twoLevels(
      SeriesTemplate template, TopicPattern topic, Map<String, MappingPoint> points) {
    boolean open =
        Stream.concat(Stream.of(format == Format.INFLUX ? POINT : ""), topic.names().stream())
            .anyMatch(name -> template.names(name) && (name.equals(POINT) || topic.endsOpen(name)));
    return open
        || template.toString().contains("/")
        || points.keySet().stream().anyMatch(name -> name.contains("/") || name.contains("*"));
  }
}
