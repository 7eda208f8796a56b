package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys only ever go on from those that were seen (R5). */
final class KeyRingTest {
  @TempDir private Path folder;
  private final TestPublisher publisher = new TestPublisher();
  private byte[] offered = publisher.keys();
  private int asked;

  private KeyRing open() throws IOException {
    return open(publisher.root);
  }

  private KeyRing open(SigningKey root) throws IOException {
    return KeyRing.open(
        new NioDisk(),
        folder,
        root.verifying(),
        _ -> {
          asked++;
          return offered;
        });
  }

  private void longer(String name) {
    publisher.publishers(Map.of(name, SigningKey.generate()));
    offered = publisher.keys();
  }

  @Test
  void knowsNobodyUntilItWasToldAndRemembers() throws IOException {
    KeyRing ring = open();
    assertEquals(0, ring.number());
    ring.refresh(1);
    assertEquals(2, ring.number());
    assertEquals(2, open().number());
    assertTrue(open().document().isPresent());
  }

  @Test
  void asksNobodyForWhatItKnows() throws IOException {
    KeyRing ring = open();
    ring.refresh(1);
    ring.refresh(2);
    assertEquals(1, asked);
    longer("bob");
    ring.refresh(3);
    assertEquals(3, ring.number());
  }

  @Test
  void takesNoShorterChainAndNoneOfAnotherRoot() throws IOException {
    byte[] older = offered;
    longer("bob");
    KeyRing ring = open();
    ring.refresh(1);
    for (byte[] other :
        List.of(older, new TestPublisher().keys(), "{}".getBytes(UTF_8), new byte[0])) {
      offered = other;
      ring.refresh(9);
      assertEquals(3, ring.number());
      assertTrue(ring.newest().orElseThrow().publishers().containsKey("bob"));
    }
  }

  @Test
  void takesNoShorterChainAfterItsOwnWasLost() throws IOException {
    byte[] older = offered;
    longer("bob");
    open().refresh(1);
    Files.delete(folder.resolve("keys.json"));
    offered = older;
    KeyRing ring = open();
    ring.refresh(1);
    assertEquals(0, ring.number());
    offered = publisher.keys();
    ring.refresh(1);
    assertEquals(3, ring.number());
  }

  @Test
  void takesNoOtherWayOnThatARootSignedWhichIsOutOfOffice() throws IOException {
    KeyChain before = publisher.chain;
    SigningKey second = SigningKey.generate();
    publisher.chain = before.then(publisher.document(List.of(second), Map.of()), publisher.root);
    offered = publisher.keys();
    KeyRing ring = open();
    ring.refresh(1);
    publisher.chain = before;
    for (int more = 0; more < 3; more++) {
      longer("mallory");
    }
    ring.refresh(9);
    assertEquals(3, ring.number());
    Files.delete(folder.resolve("keys.json"));
    KeyRing again = open();
    again.refresh(9);
    assertEquals(0, again.number(), "another way on after the chain was lost");
  }

  @Test
  void followsANewRootWhereTheOldOneSaysSo() throws IOException {
    SigningKey second = SigningKey.generate();
    publisher.chain =
        publisher.chain.then(publisher.document(List.of(second), Map.of()), publisher.root);
    var bob = new Publisher(SigningKey.generate().verifying(), 0);
    publisher.chain =
        publisher.chain.then(publisher.document(List.of(second), Map.of("bob", bob)), second);
    offered = publisher.keys();
    KeyRing ring = open();
    ring.refresh(1);
    assertEquals(4, ring.number());
  }

  @Test
  void beginsAnewWhereAnotherRootIsPinned() throws IOException {
    longer("bob");
    open().refresh(1);
    TestPublisher other = new TestPublisher();
    offered = other.keys();
    KeyRing ring = open(other.root);
    assertEquals(0, ring.number());
    ring.refresh(1);
    assertEquals(2, ring.number());
  }

  @Test
  void keepsOneOrTheOtherWhenItDiesAtAnyStep() throws IOException {
    open().refresh(1);
    byte[] older = offered;
    longer("bob");
    for (int death = 0; ; death++) {
      var disk = new FaultyDisk(new NioDisk());
      KeyRing ring = KeyRing.open(disk, folder, publisher.root.verifying(), _ -> offered);
      long at = disk.count() + death;
      disk.fault(
          _ -> {
            if (disk.count() > at) {
              throw new IOException("the process is dead");
            }
          });
      ring.refresh(3);
      int after = open().number();
      assertTrue(after == 2 || after == 3, "death " + death + ": " + after);
      if (disk.count() <= at) {
        assertTrue(death > 8, "died at too few places");
        assertEquals(3, after);
        return;
      }
      Files.write(folder.resolve("keys.json"), older);
      Files.deleteIfExists(folder.resolve("keys.floor"));
    }
  }
}
