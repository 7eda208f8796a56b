package io.edgeflow.gateway.learn;

import com.fasterxml.jackson.core.JsonToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mapping for the values that were found in a document. */
final class JsonGuess {
  /** Beyond it nobody reads the list: all that is measured is taken. */
  private static final int MOST_POINTS = 12;

  /** Names that say nothing, so that the one before says it. */
  private static final Set<String> VALUES = Set.of("value", "val", "v", "current", "reading");

  private final String topic;
  private final List<JsonLeaf> leaves;
  private final int rows;

  JsonGuess(String topic, List<JsonLeaf> leaves) {
    this.topic = topic;
    this.leaves = leaves;
    this.rows = rows(leaves);
  }

  /** How deep the first array of objects lies; -1 if there is none. */
  private static int rows(List<JsonLeaf> leaves) {
    return leaves.stream()
        .filter(leaf -> leaf.keys().size() > 1)
        .mapToInt(leaf -> leaf.keys().indexOf("[0]"))
        .filter(at -> at >= 0)
        .findFirst()
        .orElse(-1);
  }

  MappingGuess guess(String note) {
    if (isOurs()) {
      TopicGuess guess = isSingle() ? TopicGuess.ofValue(topic) : TopicGuess.ofMany(topic, "");
      String series = guess.series().replaceFirst("/$", "");
      Yaml yaml = new Yaml().item("topic", guess.pattern());
      return new MappingGuess(
          "auto", (series.isEmpty() ? yaml : yaml.key("series", series)).toString(), note);
    }
    boolean inRows = rows >= 0 && leaves.stream().anyMatch(this::inFirstRow);
    return new MappingGuess("json", inRows ? ofRows() : ofOne(), note);
  }

  /** The forms that need no explanation. */
  private boolean isOurs() {
    return isSingle()
        || leaves.stream()
            .anyMatch(leaf -> leaf.path("$", 0).matches("\\$(\\[0\\])?\\.values\\.[^.\\[]+"));
  }

  private boolean isSingle() {
    return leaves.stream().anyMatch(leaf -> leaf.path("$", 0).matches("\\$(\\[0\\])?\\.value"));
  }

  private boolean inFirstRow(JsonLeaf leaf) {
    return leaf.keys().size() > rows + 1
        && leaf.keys().get(rows).equals("[0]")
        && leaf.keys().subList(0, rows).equals(rowKeys());
  }

  private List<String> rowKeys() {
    return leaves.stream()
        .filter(leaf -> leaf.keys().size() > 1 && leaf.keys().indexOf("[0]") == rows)
        .findFirst()
        .map(leaf -> leaf.keys().subList(0, rows))
        .orElse(List.of());
  }

  private String ofOne() {
    Map<String, JsonLeaf> points = points(leaves, 0);
    TopicGuess guess = TopicGuess.ofMany(topic, "<point>");
    Yaml yaml = begin(guess);
    points(yaml, points, "$", 0);
    time(leaves).ifPresent(leaf -> yaml.raw("time", time(leaf, "$", 0)));
    return yaml.toString();
  }

  private String ofRows() {
    List<JsonLeaf> row = leaves.stream().filter(this::inFirstRow).toList();
    Map<String, JsonLeaf> points = points(row, rows + 1);
    Optional<JsonLeaf> sensor =
        row.stream()
            .filter(leaf -> leaf.token() == JsonToken.VALUE_STRING && Names.isSensor(leaf.name()))
            .findFirst();
    boolean named = sensor.isPresent() && points.size() == 1;
    TopicGuess guess = TopicGuess.ofMany(topic, named ? "<sensor>" : "<point>");
    Yaml yaml = begin(guess);
    yaml.key("each", row.getFirst().path("$", 0).substring(0, each(row.getFirst())) + "[*]");
    points(yaml, points, "@", rows + 1);
    sensor
        .filter(_ -> named)
        .ifPresent(
            leaf -> yaml.raw("names", "{ sensor: " + Yaml.scalar(leaf.path("@", rows + 1)) + " }"));
    time(row)
        .map(leaf -> time(leaf, "@", rows + 1))
        .or(() -> time(outside()).map(leaf -> time(leaf, "$", 0)))
        .ifPresent(time -> yaml.raw("time", time));
    return yaml.toString();
  }

  private int each(JsonLeaf leaf) {
    return leaf.path("$", 0).length() - leaf.path("", rows).length();
  }

  private List<JsonLeaf> outside() {
    return leaves.stream().filter(leaf -> !leaf.keys().contains("[0]")).toList();
  }

  private static Yaml begin(TopicGuess guess) {
    Yaml yaml = new Yaml().item("topic", guess.pattern()).key("format", "json");
    return guess.series().isEmpty() ? yaml : yaml.key("series", guess.series());
  }

  private static void points(Yaml yaml, Map<String, JsonLeaf> points, String root, int from) {
    if (points.isEmpty() || points.size() > MOST_POINTS) {
      // Without points all that is measured is taken.
      return;
    }
    yaml.open("points");
    points.forEach(
        (name, leaf) -> yaml.below(name, "{ path: " + Yaml.scalar(leaf.path(root, from)) + " }"));
  }

  /** What is measured, by names that tell it apart. */
  private static Map<String, JsonLeaf> points(List<JsonLeaf> found, int from) {
    Map<String, JsonLeaf> points = new LinkedHashMap<>();
    for (JsonLeaf leaf : found) {
      if (!leaf.isMeasured() || (Names.isTime(leaf.name()) && isTime(leaf))) {
        continue;
      }
      List<String> keys =
          leaf.keys().subList(from, leaf.keys().size()).stream()
              .map(key -> Names.allowed(key.replaceAll("^\\[(\\d+)\\]$", "$1")))
              .filter(key -> !key.isEmpty())
              .toList();
      boolean silent = keys.size() > 1 && VALUES.contains(keys.getLast());
      List<String> said = silent ? keys.subList(0, keys.size() - 1) : keys;
      String last = said.isEmpty() ? "value" : said.getLast();
      boolean taken = points.containsKey(last) || last.matches("\\d+");
      points.putIfAbsent(taken ? String.join("/", said) : last, leaf);
    }
    return points;
  }

  private static Optional<JsonLeaf> time(List<JsonLeaf> found) {
    return found.stream().filter(leaf -> Names.isTime(leaf.name()) && isTime(leaf)).findFirst();
  }

  private static boolean isTime(JsonLeaf leaf) {
    return format(leaf) != null;
  }

  private static String time(JsonLeaf leaf, String root, int from) {
    return "{ path: " + Yaml.scalar(leaf.path(root, from)) + ", format: " + format(leaf) + " }";
  }

  /** Null where no time since 2001 can be meant. */
  private static @org.jspecify.annotations.Nullable String format(JsonLeaf leaf) {
    if (leaf.token() == JsonToken.VALUE_STRING) {
      return leaf.text().matches("\\d{4}-\\d\\d-\\d\\d([T ].*)?") ? "iso" : null;
    }
    String digits = leaf.text().replaceAll("\\..*", "");
    if (!digits.matches("[1-9]\\d*")) {
      return null;
    }
    return switch (digits.length()) {
      case 10 -> "s";
      case 13 -> "ms";
      case 16 -> "us";
      case 19 -> "ns";
      default -> null;
    };
  }
}
