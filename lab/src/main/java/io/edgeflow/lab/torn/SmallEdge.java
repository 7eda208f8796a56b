package io.edgeflow.lab.torn;

import io.edgeflow.gateway.EdgeCore;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.lab.core.Breakages;
import io.edgeflow.lab.core.CoreSettings;
import io.edgeflow.lab.torn.ShelfLink.Reach;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The data directory of an edge that lived a few short lives and was killed: several segments, a
 * checkpoint, fates, sealed files with frames that wait, windows that are open.
 *
 * @param disk holds it
 * @param shelf what the cloud got of it already
 * @param told every acknowledged reading, by series and window
 */
record SmallEdge(
    ForgetfulDisk disk, GatewayConfig config, Shelf shelf, SortedMap<Shelf.Place, Long> told) {
  static final String EDGE = "torn";
  static final long WINDOW_MICROS = 1_000_000;

  /** Room for nothing of it to be dropped; the journal's files are as small as they get. */
  private static final List<String> SETTINGS =
      List.of(
          "window.length=1s",
          "window.grace=500ms",
          "frame.linger=20ms",
          "journal.commitInterval=0s",
          "journal.idleCommitInterval=20ms",
          "journal.segmentBytes=64KiB",
          "buffer.maxBytes=8MiB",
          "buffer.freeSpaceFloor=0B",
          "buffer.reserve=0B",
          "buffer.keepDelivered=0s",
          "uplink.drainJitter=0s");

  private static final int DELIVERED = 120;
  private static final int BUFFERED = 700;
  private static final int LATER = 60;
  private static final List<String> POINTS = List.of("flow", "level", "heat");
  private static final long PATIENCE_SECONDS = 20;

  /**
   * Builds one.
   *
   * @param home a folder whose volume is asked for its size; nothing else lies there
   */
  static SmallEdge build(Path home, long seed) throws Exception {
    return build(home, seed, BUFFERED);
  }

  /**
   * @param buffered how many messages come while the link is down: some 600 fill a segment
   */
  static SmallEdge build(Path home, long seed, int buffered) throws Exception {
    var builder = new Builder(config(home, List.of()), seed);
    builder.live(DELIVERED, Reach.EVERYTHING, true);
    builder.live(buffered, Reach.DOWN, false);
    builder.live(LATER, Reach.DOWN, true);
    builder.live(LATER, Reach.NEWEST, false);
    builder.live(LATER, Reach.DOWN, false);
    return new SmallEdge(builder.disk.copy(), builder.config, builder.shelf, builder.told);
  }

  static GatewayConfig config(Path home, List<String> more) throws IOException {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(more);
    return CoreSettings.of(EDGE, home, URI.create("tcp://localhost:1"), all);
  }

  private static final class Builder {
    private final GatewayConfig config;
    private final SplittableRandom random;
    private final ForgetfulDisk disk = new ForgetfulDisk();
    private final Shelf shelf = new Shelf();
    private final SortedMap<Shelf.Place, Long> told = new TreeMap<>();
    private final long startMillis =
        (System.currentTimeMillis() - TimeUnit.DAYS.toMillis(1)) / 1000 * 1000;
    private int said;

    Builder(GatewayConfig config, long seed) {
      this.config = config;
      this.random = new SplittableRandom(seed);
    }

    /** One life, which ends in order or by a kill. */
    void live(int messages, Reach reach, boolean inOrder) throws Exception {
      Breakages breakages = new Breakages();
      Surroundings here = Surroundings.real().withDisk(disk.forThisProcess());
      EdgeCore core = EdgeCore.open(config, here, breakages, new ShelfLink(shelf, reach));
      for (int i = 0; i < messages; i++) {
        say(core);
      }
      // Whatever can be sealed and delivered is.
      TimeUnit.MILLISECONDS.sleep(400);
      if (inOrder) {
        core.finish();
      } else {
        disk.kill();
      }
      core.close();
      if (!breakages.words().isEmpty() && inOrder) {
        throw new IllegalStateException(breakages.words().getFirst());
      }
    }

    private void say(EdgeCore core) throws InterruptedException {
      String device = "line-" + said % 2;
      long stampMillis = startMillis + said / 2 * 250L;
      said++;
      String payload =
          "{\"ts\":%d,\"values\":{\"flow\":%s,\"level\":%s,\"heat\":%s}}"
              .formatted(
                  stampMillis,
                  random.nextDouble(100),
                  random.nextDouble(100),
                  random.nextDouble(100));
      Submission submission =
          Submission.mqtt(
              "sensors/" + device, payload.getBytes(StandardCharsets.UTF_8), System.nanoTime());
      CountDownLatch settled = new CountDownLatch(1);
      submission.whenSettled(settled::countDown);
      if (!core.recorder().intake().offer(submission)
          || !settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
          || !submission.safe()) {
        throw new IllegalStateException("a small edge does not acknowledge");
      }
      long window = stampMillis * 1_000 / WINDOW_MICROS * WINDOW_MICROS;
      POINTS.forEach(p -> told.merge(new Shelf.Place(device + "/" + p, window), 1L, Long::sum));
    }
  }

  Path dataDir() {
    return config.dataDir();
  }

  long readings() {
    return told.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Segments, sealed files and the file with the edge's name, in order; not the lock. */
  List<Path> files() {
    return disk.files().stream()
        .filter(file -> !file.endsWith("lock") && disk.bytes(file).length > 0)
        .sorted()
        .toList();
  }
}
