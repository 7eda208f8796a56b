package io.edgeflow.gateway.source;

/** Of MQTT. */
public enum SourceVersion {
  FIVE("5"),
  THREE("3.1.1");

  private final String word;

  SourceVersion(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
