package io.edgeflow.gateway.learn;

/** Writes one entry of a list of mappings, to stand two blanks in. */
final class Yaml {
  private final StringBuilder text = new StringBuilder();

  Yaml item(String key, String value) {
    text.append("  - ").append(key).append(": ").append(scalar(value)).append('\n');
    return this;
  }

  Yaml key(String key, String value) {
    return raw(key, scalar(value));
  }

  /**
   * @param value YAML already
   */
  Yaml raw(String key, String value) {
    text.append("    ").append(key).append(": ").append(value).append('\n');
    return this;
  }

  Yaml open(String key) {
    text.append("    ").append(key).append(":\n");
    return this;
  }

  Yaml below(String key, String value) {
    text.append("      ").append(scalar(key)).append(": ").append(value).append('\n');
    return this;
  }

  static String scalar(String value) {
    boolean plain =
        value.matches("[A-Za-z/$<][\\w./<>$-]*")
            && !value.matches("(?i)true|false|null|on|off|yes|no|y|n");
    return plain
        ? value
        : '"'
            + value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", "?")
            + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
