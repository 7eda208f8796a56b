package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Kind;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of line protocol.
 *
 * @param time as it stands there; empty where there is none
 */
public record LinePoint(
    String measurement, Map<String, String> tags, Map<String, Value> fields, String time) {
  /**
   * @param text without quotes, escapes or the letter of its type
   */
  public record Value(String text, Kind kind) {}

  /** Without blanks around it; no comment. */
  public static LinePoint parse(String line) throws LineFault {
    return new Scanner(line).point();
  }

  /** Empty where there is none. */
  public String field(String name) {
    Value value = fields.get(name);
    return value == null ? "" : value.text();
  }

  private static final class Scanner {
    private final String line;
    private int at;

    Scanner(String line) {
      this.line = line;
    }

    LinePoint point() throws LineFault {
      String measurement = word(", ");
      if (measurement.isEmpty()) {
        throw new LineFault("it does not begin with a measurement");
      }
      Map<String, String> tags = new TreeMap<>();
      while (take(',')) {
        String name = word("=, ");
        expect(name, "a tag");
        String value = word(", ");
        if (name.isEmpty() || value.isEmpty() || tags.put(name, value) != null) {
          throw new LineFault("the tag " + LineFault.quoted(name) + " is empty or there twice");
        }
      }
      blanks("there are no fields");
      Map<String, Value> fields = new TreeMap<>();
      do {
        String name = word("=, ");
        expect(name, "a field");
        if (name.isEmpty() || fields.put(name, value(name)) != null) {
          throw new LineFault("the field " + LineFault.quoted(name) + " is empty or there twice");
        }
      } while (take(','));
      String time = "";
      if (at < line.length()) {
        blanks("behind the fields is more than a time");
        time = line.substring(at).strip();
      }
      return new LinePoint(measurement, tags, fields, time);
    }

    private Value value(String name) throws LineFault {
      if (take('"')) {
        return new Value(quoted(name), Kind.TEXT);
      }
      String text = word(", ");
      if (text.equalsIgnoreCase("t") || text.equalsIgnoreCase("true")) {
        return new Value("1", Kind.STATE);
      }
      if (text.equalsIgnoreCase("f") || text.equalsIgnoreCase("false")) {
        return new Value("0", Kind.STATE);
      }
      boolean whole = text.endsWith("i") || text.endsWith("u");
      return new Value(whole ? text.substring(0, text.length() - 1) : text, Kind.GAUGE);
    }

    private String quoted(String name) throws LineFault {
      var text = new StringBuilder();
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == '"') {
          return text.toString();
        }
        boolean escapes = c == '\\' && at < line.length() && "\"\\".indexOf(line.charAt(at)) >= 0;
        text.append(escapes ? line.charAt(at++) : c);
      }
      throw new LineFault("the text of field " + LineFault.quoted(name) + " is not closed");
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

    private void expect(String name, String what) throws LineFault {
      if (!take('=')) {
        throw new LineFault("%s, %s, has no value".formatted(what, LineFault.quoted(name)));
      }
    }

    private void blanks(String otherwise) throws LineFault {
      if (!take(' ')) {
        throw new LineFault(otherwise);
      }
      while (take(' ')) {
        // Several blanks are as good as one.
      }
      if (at == line.length()) {
        throw new LineFault(otherwise);
      }
    }
  }
}
