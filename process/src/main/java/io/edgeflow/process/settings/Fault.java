package io.edgeflow.process.settings;

/**
 * One thing wrong with a configuration.
 *
 * @param path the setting, {@code mqtt.port}; empty for the configuration as a whole
 * @param value what was found there, hidden for secrets; empty if nothing was
 * @param rule what it should have been
 * @param origin where the value came from: {@code gateway.yaml:12}, {@code --set}, a variable's
 *     name
 */
public record Fault(String path, String value, String rule, String origin) {
  static final String UNKNOWN = "is no setting";

  /** Whether there is no such setting at all. */
  public boolean unknown() {
    return rule.startsWith(UNKNOWN);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(path);
    if (!value.isEmpty()) {
      text.append(path.isEmpty() ? "" : " = ").append(value);
    }
    text.append(text.isEmpty() ? "" : ": ").append(rule);
    if (!origin.isEmpty()) {
      text.append(" (").append(origin).append(')');
    }
    return text.toString();
  }
}
