package io.edgeflow.process.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Properties;

/** Which version this is. */
public final class BuildInfo {
  /** Maven writes it into every jar. */
  private static final String PROPERTIES = "/META-INF/maven/io.edgeflow/process/pom.properties";

  /**
   * Reproducible builds carry no date of their own, so the year's first day stands for all of its
   * releases.
   */
  private static final Instant RELEASED = Instant.parse("2026-01-01T00:00:00Z");

  private BuildInfo() {}

  /** A time that has certainly passed where this program runs: a clock before it is wrong (T1). */
  public static Instant released() {
    return RELEASED;
  }

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
