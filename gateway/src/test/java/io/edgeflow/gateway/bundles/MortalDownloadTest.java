package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever fetches dies at every operation of the disk, and another goes on. */
final class MortalDownloadTest extends StoreTest {

  @BeforeEach
  void open() throws IOException {
    rig.attempts = 1;
    rig.requestBytes = 1; // What is under way when somebody dies is lost.
  }

  @Test
  void goesOnWhereverItDied() throws IOException {
    rig.fetched(served(0));
    long deaths = 0;
    for (boolean dead = true; dead; deaths++) {
      Published bundle = served(deaths + 1);
      rig.cloud.rangeBytes.set(0);
      dead = dies(bundle, deaths);
      rig.disk = new NioDisk();
      try (BundleStore store = rig.open()) {
        Optional<Path> folder = store.folder(bundle.digest());
        if (folder.isPresent()) {
          StoreRig.assertIs(bundle, folder.get());
        }
        StoreRig.fetched(store, bundle);
        long sent = rig.cloud.rangeBytes.get();
        assertTrue(sent <= bundle.bytes() + CHUNK, "death " + deaths + ": came twice: " + sent);
        store.keepOnly(Set.of());
      }
    }
    assertTrue(deaths > 40, "died at " + deaths + " places only");
  }

  private Published served(long seed) {
    Published bundle =
        rig.publisher.application("1." + seed, seed + 1, TestPublisher.random(seed, CHUNK + 100));
    rig.cloud.serve(bundle);
    return bundle;
  }

  /** False if it was done before. */
  private boolean dies(Published bundle, long after) throws IOException {
    var disk = new FaultyDisk(new NioDisk());
    disk.fault(
        _ -> {
          if (disk.count() > after) {
            throw new IOException("the process is dead");
          }
        });
    rig.disk = disk;
    try {
      rig.fetch(bundle);
    } catch (IOException atStart) {
      return true;
    }
    return disk.count() > after;
  }

  /** What a power cut may take is what was not synced: nothing of a bundle that has its name. */
  @Test
  void syncsAllBeforeABundleGetsItsName() throws IOException {
    var disk = new FaultyDisk(new NioDisk());
    Set<Path> unsynced = new HashSet<>();
    List<Operation> operations = new ArrayList<>();
    disk.fault(
        new FaultyDisk.Fault() {
          @Override
          public void before(Operation operation) {
            operations.add(operation);
            if (operation == Operation.RENAME) {
              assertEquals(Set.of(), unsynced);
            }
          }

          @Override
          public void before(Operation operation, Path file) {
            operations.add(operation);
            if (operation == Operation.WRITE || operation == Operation.CREATE) {
              unsynced.add(file);
            } else if (operation == Operation.FORCE) {
              unsynced.remove(file);
            }
          }
        });
    rig.disk = disk;
    rig.fetched(served(1));
    int named = operations.lastIndexOf(Operation.RENAME);
    List<Operation> before =
        operations.subList(0, named).stream()
            .filter(one -> one != Operation.OPEN && one != Operation.READ)
            .toList();
    assertEquals(Operation.SYNC_DIRECTORY, before.getLast(), "entries of the bundle");
    assertEquals(Operation.SYNC_DIRECTORY, operations.get(named + 1), "its name");
  }

  @Test
  void syncsEachPieceWhenItIsWhole() throws IOException {
    Published bundle = served(1);
    var forced = new AtomicInteger();
    var disk = new FaultyDisk(new NioDisk());
    disk.fault(
        new FaultyDisk.Fault() {
          @Override
          public void before(Operation operation) {}

          @Override
          public void before(Operation operation, Path on) {
            if (operation == Operation.FORCE && on.endsWith("node.tar.gz")) {
              forced.incrementAndGet();
            }
          }
        });
    rig.disk = disk;
    rig.fetched(bundle);
    assertEquals(2 + 1, forced.get(), "two pieces, and the whole");
  }
}
