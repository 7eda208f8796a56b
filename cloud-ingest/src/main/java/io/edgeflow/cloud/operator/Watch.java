package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudBusyException;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Prints a line whenever a rollout is further, until it ends. Fails if it did not succeed. */
final class Watch implements Callable<Integer> {
  private static final List<String> ENDS = List.of("done", "rolled-back", "aborted");

  private final CloudOptions cloud;
  private final String id;
  private final PrintWriter out;

  Watch(CloudOptions cloud, String id, PrintWriter out) {
    this.cloud = cloud;
    this.id = id;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    String shown = "";
    while (true) {
      long wait = 1;
      try {
        JsonNode rollout =
            cloud.get("/api/v1/rollouts/" + CloudOptions.encoded(id)).path("rollout");
        String line = RolloutText.line(rollout);
        if (!line.equals(shown)) {
          out.println(line);
          out.flush();
          shown = line;
        }
        String status = rollout.path("status").asText();
        if (ENDS.contains(status)) {
          return status.equals("done") ? ExitCodes.DONE : ExitCodes.FAILED;
        }
      } catch (CloudBusyException busy) {
        wait = busy.retryAfter().toSeconds();
      }
      TimeUnit.SECONDS.sleep(Math.max(1, wait));
    }
  }
}
