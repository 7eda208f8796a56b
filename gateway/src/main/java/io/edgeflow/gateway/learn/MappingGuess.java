package io.edgeflow.gateway.learn;

import io.edgeflow.wire.payload.LineFault;
import io.edgeflow.wire.payload.LinePoint;
import io.edgeflow.wire.payload.TopicPattern;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A mapping that would take a topic, guessed from a sample of its payload. For a person to read
 * before it is used.
 *
 * @param format what the payload looks like: {@code json}; empty if like nothing that can be mapped
 * @param yaml to paste under {@code mappings:}; empty if there is none
 * @param note what to look at; empty if nothing
 */
record MappingGuess(String format, String yaml, String note) {
  private static final String CUT =
      "made from the first bytes of a longer payload; see what is missing";
  private static final int MOST_COLUMNS = 100;

  /**
   * @param whole whether the sample is the whole payload
   */
  static MappingGuess of(String topic, byte[] sample, boolean whole) {
    String text = new String(sample, StandardCharsets.UTF_8).strip();
    String note = whole ? "" : CUT;
    if (TopicPattern.fault(topic) != null || topic.indexOf('<') >= 0) {
      return new MappingGuess("", "", "no mapping can name the topic");
    }
    if (text.isEmpty()) {
      return new MappingGuess("", "", "the payload is empty");
    }
    // A character may be cut in two.
    int sound = whole ? text.length() : Math.max(0, text.length() - 2);
    if (text.chars().limit(sound).anyMatch(MappingGuess::isBinary)) {
      return new MappingGuess("", "", "the payload is not text");
    }
    char first = text.charAt(0);
    if (first == '{' || first == '[') {
      List<JsonLeaf> leaves = JsonLeaf.of(sample);
      return leaves.isEmpty() && whole
          ? new MappingGuess("", "", "it looks like JSON, and has no value in it")
          : new JsonGuess(topic, leaves).guess(note);
    }
    if (isLine(text)) {
      Yaml yaml = new Yaml().item("topic", topic).key("format", "influx").key("series", "<point>");
      return new MappingGuess("influx", yaml.toString(), note);
    }
    char separator = separator(text);
    return separator != 0 ? table(topic, text, separator, note) : value(topic, text, note);
  }

  private static boolean isBinary(int c) {
    return (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0xFFFD;
  }

  private static boolean isLine(String text) {
    try {
      LinePoint.parse(text.lines().findFirst().orElse("").strip());
      return true;
    } catch (LineFault no) {
      return false;
    }
  }

  private static MappingGuess value(String topic, String text, String note) {
    TopicGuess guess = TopicGuess.ofValue(topic);
    boolean plain = text.matches("[+-]?[\\d.]+([eE][+-]?\\d+)?|true|false|\".*\"");
    Yaml yaml = new Yaml().item("topic", guess.pattern());
    if (!plain) {
      yaml.key("format", "value");
    }
    if (!guess.series().isEmpty()) {
      yaml.key("series", guess.series());
    }
    return new MappingGuess(plain ? "auto" : "value", yaml.toString(), note);
  }

  /** The separator that every line has as often; 0 if there is none. */
  private static char separator(String text) {
    List<String> lines = text.lines().limit(3).toList();
    for (char candidate : new char[] {';', '\t', ','}) {
      long count = count(lines.getFirst(), candidate);
      boolean even = lines.stream().limit(2).allMatch(line -> count(line, candidate) == count);
      if (count > 0 && count < MOST_COLUMNS && even && hasNumber(lines.getLast())) {
        return candidate;
      }
    }
    return 0;
  }

  private static boolean hasNumber(String line) {
    return line.chars().anyMatch(Character::isDigit);
  }

  private static long count(String line, char c) {
    return line.chars().filter(one -> one == c).count();
  }

  private static MappingGuess table(String topic, String text, char separator, String note) {
    List<String> first =
        List.of(text.lines().findFirst().orElse("").split(String.valueOf(separator), -1)).stream()
            .map(String::strip)
            .toList();
    boolean header = first.stream().noneMatch(cell -> cell.isEmpty() || isNumber(cell));
    List<String> columns = header ? first : Tables.columns(first);
    TopicGuess guess = TopicGuess.ofMany(topic, "<point>");
    Yaml yaml = new Yaml().item("topic", guess.pattern()).key("format", "csv");
    if (!guess.series().isEmpty()) {
      yaml.key("series", guess.series());
    }
    String csv = Tables.csv(header ? List.of() : columns, separator, text);
    if (!csv.isEmpty()) {
      yaml.raw("csv", csv);
    }
    columns.stream()
        .filter(Names::isTime)
        .findFirst()
        .ifPresent(column -> yaml.raw("time", "{ column: " + Yaml.scalar(column) + " }"));
    String names = header ? "" : "; give the columns their names";
    return new MappingGuess("csv", yaml.toString(), (note + names).replaceFirst("^; ", ""));
  }

  static boolean isNumber(String cell) {
    return cell.matches("[+-]?\\d[\\d.,:TZ+ -]*");
  }
}
