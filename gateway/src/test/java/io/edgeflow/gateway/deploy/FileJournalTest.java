package io.edgeflow.gateway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest {
  private static final String DIGEST = "ab".repeat(32);

  @TempDir Path folder;

  private static AgentState state() {
    Desired desired = AgentRig.document(7, AgentRig.to(DIGEST, "r1", Duration.ofSeconds(3)));
    AgentState state =
        AgentState.EMPTY
            .follow(desired, desired.digest(), 5)
            .deny("cd".repeat(32), "it was slow")
            .pin("wear", "by ada")
            .raiseFloor("level", 9)
            .switchOff("wear", "level");
    SlotRecord slot = state.slots().get("wear");
    assertTrue(slot != null);
    var evidence = new Evidence(1, 2, 3, 4, 5.5, 6.5, 7, 8, 9, 10, 11);
    return state.slot(slot.evidence(evidence).previous(DIGEST).number(4).proven("well", 6));
  }

  @Test
  void readsWhatItWrote() throws Exception {
    var journal = new FileJournal(folder.resolve("deploy"));
    assertEquals(AgentState.EMPTY, journal.read());
    journal.write(state());
    assertEquals(state(), new FileJournal(folder.resolve("deploy")).read());
    assertEquals(Map.of("level", 9L), journal.read().floors());
    assertEquals(List.of(DIGEST), journal.read().slots().firstEntry().getValue().proven());
  }

  /** Whatever byte is wrong or missing, nothing is believed and what is there is kept aside. */
  @Test
  void believesNothingThatIsDamaged() throws Exception {
    var journal = new FileJournal(folder);
    journal.write(state());
    byte[] whole = Files.readAllBytes(folder.resolve("journal"));
    for (int at = 0; at < whole.length; at += 97) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(folder.resolve("journal"), changed);
      assertEquals(AgentState.EMPTY, journal.read(), "byte " + at);
      assertTrue(Files.exists(folder.resolve("journal.damaged")));
      Files.write(folder.resolve("journal"), java.util.Arrays.copyOf(whole, at));
      assertEquals(AgentState.EMPTY, journal.read(), "cut at " + at);
    }
  }
}
