package io.edgeflow.gateway.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** J9: the reserve takes room, gives it back, and is whole or not there at all. */
final class ReserveTest {
  private static final Path DIRECTORY = Path.of("/data");
  private static final Path FILE = DIRECTORY.resolve("reserve");
  private static final long BYTES = (3 << 19) + 7; // A piece and a part of one.
  private static final long FLOOR = 10_000;

  private final ForgetfulDisk files = new ForgetfulDisk();
  private final FaultyDisk disk = new FaultyDisk(files);

  private Reserve reserve(long bytes) {
    return Reserve.at(disk, FILE, bytes, FLOOR);
  }

  @Test
  void takesItsRoomAndGivesItBack() throws IOException {
    disk.capacity(BYTES + FLOOR + 100, DIRECTORY);
    Reserve reserve = reserve(BYTES);
    assertEquals(0, reserve.bytes());
    assertTrue(reserve.restore());
    assertEquals(BYTES, reserve.bytes());
    assertEquals(BYTES, files.bytes(FILE).length);
    assertEquals(FLOOR + 100 - Volume.ENTRY_BYTES, disk.usableSpace(FILE));
    assertTrue(reserve.giveUp());
    assertEquals(0, reserve.bytes());
    assertEquals(BYTES + FLOOR + 100, disk.usableSpace(FILE));
    assertTrue(reserve.restore(), "and takes it again");
  }

  /** A file system that compresses, or leaves holes, would not keep room for anything less. */
  @Test
  void isFullOfBytesThatNoFileSystemCanMakeSmaller() {
    Reserve reserve = reserve(BYTES);
    assertTrue(reserve.restore());
    Deflater deflater = new Deflater();
    deflater.setInput(files.bytes(FILE));
    deflater.finish();
    byte[] out = new byte[(int) BYTES * 2];
    int smaller = deflater.deflate(out);
    deflater.end();
    assertTrue(smaller > BYTES * 99 / 100, () -> BYTES + " bytes became " + smaller);
  }

  @Test
  void isThereAgainAfterARestart() {
    assertTrue(reserve(BYTES).restore());
    long writes = disk.count(Operation.WRITE);
    Reserve again = reserve(BYTES);
    assertTrue(again.held());
    assertTrue(again.restore());
    assertEquals(writes, disk.count(Operation.WRITE), "nothing is written twice");
  }

  @Test
  void givingUpWhatWasGivenUpFreesNothing() {
    Reserve reserve = reserve(BYTES);
    assertTrue(reserve.restore());
    assertTrue(reserve.giveUp());
    assertFalse(reserve.giveUp());
    assertFalse(reserve(BYTES).giveUp());
  }

  @Test
  void takesAnotherSizeWhenAnotherIsWanted() {
    assertTrue(reserve(BYTES).restore());
    Reserve smaller = reserve(1000);
    assertFalse(smaller.held());
    assertTrue(smaller.restore());
    assertEquals(1000, files.bytes(FILE).length);
    Reserve none = reserve(0);
    assertTrue(none.restore());
    assertEquals(0, disk.used());
  }

  @Test
  void neverTakesTheVolumeBelowItsFloor() throws IOException {
    disk.capacity(BYTES + FLOOR - 1, DIRECTORY);
    Reserve reserve = reserve(BYTES);
    assertFalse(reserve.restore());
    assertEquals(0, disk.used(), "nothing is left of the attempt");
    assertFalse(reserve.held());
  }

  /** Others take the room while it is being written: the floor is theirs, and what they took. */
  @Test
  void stopsWhenOthersTakeTheRoomMeanwhile() throws IOException {
    disk.capacity(BYTES + FLOOR + 1000, DIRECTORY);
    disk.fault(
        operation -> {
          if (operation == Operation.FORCE) {
            disk.capacity(BYTES);
          }
        });
    assertFalse(reserve(BYTES).restore());
    assertEquals(0, disk.used());
  }

  @Test
  void survivesADiskThatIsFullWithoutSayingSo() throws IOException {
    for (long room = 0; room < BYTES; room += BYTES / 11) {
      ForgetfulDisk lying = new ForgetfulDisk();
      FaultyDisk small = new FaultyDisk(lying);
      long at = room;
      small.fault(operation -> small.capacity(operation == Operation.WRITE ? at : 1L << 40));
      Reserve reserve = Reserve.at(small, FILE, BYTES, FLOOR);
      assertFalse(reserve.restore());
      assertEquals(0, small.used(), "room " + room);
    }
  }

  @Test
  void givingUpDoesNotWaitForWhoeverIsMakingIt() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong pieces = new AtomicLong();
    disk.fault(
        operation -> {
          if (operation == Operation.FORCE && pieces.incrementAndGet() == 1) {
            making.countDown();
            await(go);
          }
        });
    Reserve reserve = reserve(BYTES);
    Thread maker = Thread.ofPlatform().start(reserve::restore);
    making.await();
    Thread giver = Thread.ofPlatform().start(reserve::giveUp);
    while (giver.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    go.countDown();
    giver.join();
    maker.join();
    assertEquals(1, pieces.get(), "the other piece was not written");
    assertEquals(0, disk.used());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void throwsForNoOperationThatFails() {
    long operations = disk.count();
    reserve(BYTES).restore();
    reserve(BYTES).giveUp();
    operations = disk.count() - operations;
    assertTrue(operations > 10, () -> "only " + disk.count());
    for (long n = 1; n <= operations; n++) {
      AtomicLong left = new AtomicLong(n);
      FaultyDisk faulty = new FaultyDisk(new ForgetfulDisk());
      faulty.fault(
          operation -> {
            if (left.decrementAndGet() == 0) {
              throw new IOException("made to fail: " + operation);
            }
          });
      Reserve.at(faulty, FILE, BYTES, FLOOR).restore();
      Reserve.at(faulty, FILE, BYTES, FLOOR).giveUp();
      Reserve reserve = Reserve.at(faulty, FILE, BYTES, FLOOR);
      assertTrue(reserve.restore(), "operation " + n);
      assertTrue(reserve.giveUp(), "operation " + n);
      assertEquals(0, faulty.used(), "operation " + n);
    }
  }

  /** The power goes before each operation in turn. */
  @Test
  void isWholeOrNotThereWheneverThePowerGoes() throws IOException {
    for (long seed = 1; seed <= 4; seed++) {
      boolean cut = true;
      for (long n = 0; cut; n++) {
        ForgetfulDisk power = new ForgetfulDisk();
        power.cutAfter(n);
        Reserve.at(power, FILE, BYTES, FLOOR).restore();
        Reserve.at(power, FILE, BYTES, FLOOR).giveUp();
        Reserve.at(power, FILE, BYTES, FLOOR).restore();
        cut = power.isOff();
        power.restart(new SplittableRandom(seed));
        String when = "seed " + seed + " operation " + n;
        Reserve reserve = Reserve.at(power, FILE, BYTES, FLOOR);
        assertTrue(reserve.bytes() == 0 || reserve.held(), () -> when + ": " + reserve.bytes());
        assertTrue(cut || reserve.held(), when);
        assertTrue(reserve.restore(), when);
        assertEquals(1, power.list(DIRECTORY).size(), when);
      }
    }
  }
}
