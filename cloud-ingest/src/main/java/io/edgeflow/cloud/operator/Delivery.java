package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudBusyException;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CloudRefused;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings frames of history to a cloud, some at a time. What was sent when the connection broke is
 * sent again: the cloud's ledger knows what it has. Blocks; not thread-safe.
 */
final class Delivery {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final int MOST_FRAMES = 64;
  private static final int MOST_REFUSED = 20;

  private final CloudClient cloud;
  private final int mostBytes;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private String edge = "";
  private int frames;
  private long committed;
  private long readings;
  private long known;
  private long refused;
  private final List<String> reasons = new ArrayList<>();

  /**
   * @param mostBytes that are sent at once, unless one frame has more
   */
  Delivery(CloudClient cloud, int mostBytes) {
    this.cloud = cloud;
    this.mostBytes = mostBytes;
  }

  void add(String of, byte[] frame) throws IOException, InterruptedException {
    boolean full = waiting.size() + frame.length > mostBytes || frames >= MOST_FRAMES;
    if (full || !of.equals(edge)) {
      flush();
    }
    edge = of;
    frames++;
    var out = new DataOutputStream(waiting);
    out.writeInt(frame.length);
    out.write(frame);
  }

  /** Returns when all of it has its verdict. */
  void flush() throws IOException, InterruptedException {
    if (frames == 0) {
      return;
    }
    JsonNode done = send(waiting.toByteArray());
    committed += done.path("committed").asLong();
    readings += done.path("readings").asLong();
    known += done.path("known").asLong();
    for (JsonNode one : done.path("refused")) {
      refused++;
      if (reasons.size() < MOST_REFUSED) {
        reasons.add(
            "%s, %s frame %d, %d readings: %s"
                .formatted(
                    edge,
                    one.path("lane").asText(),
                    one.path("number").asLong(),
                    one.path("readings").asLong(),
                    one.path("reason").asText()));
      }
    }
    waiting.reset();
    frames = 0;
  }

  private JsonNode send(byte[] body) throws IOException, InterruptedException {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    Duration pause = Duration.ofMillis(200);
    while (true) {
      try {
        String path = "/api/v1/import?edge=" + CloudOptions.encoded(edge);
        return cloud.send("POST", path, body, PATIENCE).body();
      } catch (CloudRefused understood) {
        throw understood;
      } catch (CloudBusyException busy) {
        pause = busy.retryAfter();
        giveUpAfter(end, busy);
      } catch (IOException broken) {
        if (committed + known == 0) {
          throw broken; // Nothing ever went well: the address or the login is wrong.
        }
        giveUpAfter(end, broken);
        pause = pause.compareTo(Duration.ofSeconds(5)) < 0 ? pause.multipliedBy(2) : pause;
      }
      Thread.sleep(pause);
    }
  }

  private static void giveUpAfter(long end, IOException failed) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw failed;
    }
  }

  long committed() {
    return committed;
  }

  /** In the frames that are committed by this. */
  long readings() {
    return readings;
  }

  /** Frames that were there before. */
  long known() {
    return known;
  }

  long refused() {
    return refused;
  }

  /** Why, of the first ones. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }
}
