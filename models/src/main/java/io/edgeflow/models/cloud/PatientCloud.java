package io.edgeflow.models.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudBusyException;
import io.edgeflow.process.cli.CloudClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a cloud again when it has too much to do: one busy moment must not end a long fetch. */
final class PatientCloud {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TRIES = 6;
  private static final long LONGEST_WAIT_MILLIS = 30_000;

  private final CloudClient cloud;

  PatientCloud(CloudClient cloud) {
    this.cloud = cloud;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return cloud.get(path, PATIENCE);
      } catch (CloudBusyException busy) {
        if (tries == TRIES) {
          throw busy;
        }
        Thread.sleep(Math.min(LONGEST_WAIT_MILLIS, busy.retryAfter().toMillis()));
      }
    }
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
