package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of line protocol.
 *
 * @param time as it stands there; empty where there is none
 */
record LinePoint(
    String measurement, Map<String, String> tags, Map<String, Value> fields, String time) {
  /**
   * @param text without quotes, escapes or the letter of its type
   */
  record Value(String text, Kind kind) {}

  static LinePoint parse(String line) throws BadLine {
    return new Scanner(line).point();
  }

  /** Empty where there is none. */
  String field(String name) {
    Value value = fields.get(name);
    return value == null ? "" : value.text();
  }

  private static final class Scanner {
    private final String line;
    private int at;

    Scanner(String line) {
      this.line = line;
    }

    LinePoint point() throws BadLine {
      String measurement = word(", ");
      if (measurement.isEmpty()) {
        throw new BadLine("it does not begin with a measurement");
      }
      Map<String, String> tags = new TreeMap<>();
      while (take(',')) {
        String name = word("=, ");
        expect(name, "a tag");
        String value = word(", ");
        if (name.isEmpty() || value.isEmpty() || tags.put(name, value) != null) {
          throw new BadLine("the tag " + BadLine.quoted(name) + " is empty or there twice");
        }
      }
      blanks("there are no fields");
      Map<String, Value> fields = new TreeMap<>();
      do {
        String name = word("=, ");
        expect(name, "a field");
        if (name.isEmpty() || fields.put(name, value(name)) != null) {
          throw new BadLine("the field " + BadLine.quoted(name) + " is empty or there twice");
        }
      } while (take(','));
      String time = "";
      if (at < line.length()) {
        blanks("behind the fields is more than a time");
        time = line.substring(at).strip();
      }
      return new LinePoint(measurement, tags, fields, time);
    }

    private Value value(String name) throws BadLine {
      if (take('"')) {
        return new Value(quoted(name), Kind.TEXT);
      }
      String text = word(", ");
      if (text.matches("(?i)t|true|f|false")) {
        return new Value(
            text.toLowerCase(java.util.Locale.ROOT).startsWith("t") ? "1" : "0", Kind.STATE);
      }
      boolean whole = text.endsWith("i") || text.endsWith("u");
      return new Value(whole ? text.substring(0, text.length() - 1) : text, Kind.GAUGE);
    }

    private String quoted(String name) throws BadLine {
      var text = new StringBuilder();
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == '"') {
          return text.toString();
        }
        boolean escapes = c == '\\' && at < line.length() && "\"\\".indexOf(line.charAt(at)) >= 0;
        text.append(escapes ? line.charAt(at++) : c);
      }
      throw new BadLine("the text of field " + BadLine.quoted(name) + " is not closed");
    }

    /** Up to one of the characters, unless a backslash stands before it. */
    private String word(String ends) {
      int from = at;
      while (at < line.length() && line.charAt(at) != '\\' && ends.indexOf(line.charAt(at)) < 0) {
        at++;
      }
      if (at == line.length() || line.charAt(at) != '\\') {
        return line.substring(from, at);
      }
      var text = new StringBuilder(line.substring(from, at));
      while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
        char c = line.charAt(at++);
        boolean escapes = c == '\\' && at < line.length() && ", =\\".indexOf(line.charAt(at)) >= 0;
        text.append(escapes ? line.charAt(at++) : c);
      }
      return text.toString();
    }

    private boolean take(char c) {
      if (at < line.length() && line.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private void expect(String name, String what) throws BadLine {
      if (!take('=')) {
        throw new BadLine("%s, %s, has no value".formatted(what, BadLine.quoted(name)));
      }
    }

    private void blanks(String otherwise) throws BadLine {
      if (!take(' ')) {
        throw new BadLine(otherwise);
      }
      while (take(' ')) {
        // Several blanks are as good as one.
      }
      if (at == line.length()) {
        throw new BadLine(otherwise);
      }
    }
  }
}
