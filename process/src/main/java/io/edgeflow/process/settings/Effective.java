package io.edgeflow.process.settings;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes a record tree as the YAML that would produce it. Secrets say only that they are there. */
final class Effective {
  private static final Pattern PLAIN = Pattern.compile("[\\w./][\\w ./:+*-]*");

  private final StringBuilder out = new StringBuilder();

  private Effective() {}

  static String of(Record value) {
    var text = new Effective();
    text.group(value, "");
    return text.out.toString();
  }

  private void group(Record group, String indent) {
    for (RecordComponent component : Types.components(group.getClass())) {
      entry(Types.key(component), read(group, component), indent);
    }
  }

  private void entry(String key, Object value, String indent) {
    switch (value) {
      case Optional<?> maybe -> maybe.ifPresent(present -> entry(key, present, indent));
      case Map<?, ?> map when !map.isEmpty() -> {
        line(indent, key, "");
        map.forEach((name, child) -> entry(name.toString(), child, indent + "  "));
      }
      case List<?> list when !list.isEmpty() -> {
        line(indent, key, "");
        list.forEach(item -> item(item, indent + "  "));
      }
      case Map<?, ?> empty -> line(indent, key, " {}");
      case List<?> empty -> line(indent, key, " []");
      case Record group when Types.isGroup(group.getClass()) -> {
        line(indent, key, "");
        group(group, indent + "  ");
      }
      default -> line(indent, key, " " + scalar(value));
    }
  }

  private void item(Object item, String indent) {
    if (item instanceof Record group && Types.isGroup(group.getClass())) {
      out.append(indent).append("-\n");
      group(group, indent + "  ");
    } else {
      out.append(indent).append("- ").append(scalar(item)).append('\n');
    }
  }

  private void line(String indent, String key, String value) {
    out.append(indent).append(quoted(key)).append(':').append(value).append('\n');
  }

  private static String scalar(Object value) {
    return quoted(value instanceof Duration span ? Durations.format(span) : value.toString());
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() && !text.contains(": ") && !text.endsWith(":")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static Object read(Record group, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(group);
    } catch (ReflectiveOperationException programming) {
      throw new IllegalStateException("cannot read " + component, programming);
    }
  }
}
