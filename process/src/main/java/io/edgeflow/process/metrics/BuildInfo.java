package io.edgeflow.process.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which version this is. */
public final class BuildInfo {
  /** Maven writes it into every jar. */
  private static final String PROPERTIES = "/META-INF/maven/io.edgeflow/process/pom.properties";

  private BuildInfo() {}

  /** The version of the jar, or {@code development} when the classes come from no jar. */
  public static String version() {
    var properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      // Answered below: a version that cannot be read is no reason not to start.
    }
    return properties.getProperty("version", "development");
  }
}
