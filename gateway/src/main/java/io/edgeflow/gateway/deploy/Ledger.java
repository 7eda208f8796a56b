package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.ModelVeto;
import io.edgeflow.inference.guard.Attempt;
import io.edgeflow.inference.guard.Attempts;
import io.edgeflow.inference.guard.Permission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the agent knows, and its journal: nothing counts before it is written. It is opened before
 * any model is loaded, counts what the process before did not survive (R2), and vetoes what is
 * refused. Changed by one thread, read by any.
 */
public final class Ledger implements ModelVeto {
  private final Journal journal;
  private final Attempts attempts;
  private final LongSupplier millis;

  /** Of models that are being watched, by slot. */
  private final Map<String, Attempt> open = new HashMap<>();

  private volatile AgentState state;

  private Ledger(Journal journal, Attempts attempts, LongSupplier millis) {
    this.journal = journal;
    this.attempts = attempts;
    this.millis = millis;
    this.state = journal.read();
  }

  /**
   * @param folder of the agent, made if it is missing
   * @param millis the edge's clock
   */
  public static Ledger open(Path folder, LongSupplier millis) throws IOException {
    return open(folder, new FileJournal(folder), millis);
  }

  static Ledger open(Path folder, Journal journal, LongSupplier millis) throws IOException {
    var ledger =
        new Ledger(
            journal, Attempts.open(folder.resolve("attempts"), Attempts.DEFAULT_LIMIT), millis);
    ledger.refuseWhatKilled();
    return ledger;
  }

  /** A model that the process died of twice while it was watched does not serve again. */
  private void refuseWhatKilled() throws IOException {
    AgentState next = state;
    for (SlotRecord record : state.slots().values()) {
      if (record.step() == Step.PROVEN) {
        // It was noted that it did well; that it survived, perhaps not any more.
        var _ = attempts.forgive(key(record));
      }
      boolean watched =
          (record.step() == Step.ACTIVATING || record.step() == Step.ACTIVE)
              && !record.provedBefore();
      int deaths = attempts.deaths(key(record));
      if (watched && deaths >= Attempts.DEFAULT_LIMIT) {
        String why = died(deaths);
        next = next.slot(record.at(Step.RETURNING, why, now())).deny(record.digest(), why);
      }
    }
    if (!next.equals(state)) {
      write(next);
    }
  }

  private static String died(int times) {
    return "the process ended " + times + " times while it was watched";
  }

  AgentState state() {
    return state;
  }

  /** By the edge's clock. */
  long now() {
    return millis.getAsLong();
  }

  /** On the disk when it returns; if it throws, nothing has changed for anybody. */
  void write(AgentState next) throws IOException {
    journal.write(next);
    state = next;
  }

  @Override
  public Optional<String> against(String digest) {
    return Optional.ofNullable(state.denied().get(digest)).map(why -> "it is refused here: " + why);
  }

  @Override
  public boolean didWell(String digest) {
    return state.slots().values().stream().anyMatch(record -> record.proven().contains(digest));
  }

  // Attempts.

  /** One digest may be watched in two slots. */
  private static String key(SlotRecord record) {
    return (record.digest().isEmpty() ? "none" : record.digest()) + "-" + record.slot();
  }

  /** How often the process ended while this was watched. */
  int deaths(SlotRecord record) {
    return attempts.deaths(key(record));
  }

  /**
   * It is noted that it is watched from now on.
   *
   * @return why it must not be; empty if it may
   */
  Optional<String> begin(SlotRecord record) throws IOException {
    if (open.containsKey(record.slot())) {
      return Optional.empty();
    }
    return switch (attempts.begin(key(record))) {
      case Permission.Granted(Attempt attempt) -> {
        open.put(record.slot(), attempt);
        yield Optional.empty();
      }
      case Permission.Denied no -> Optional.of(died(no.deaths()));
    };
  }

  /** It lives, and so does the process. */
  void survived(SlotRecord record) throws IOException {
    Attempt attempt = open.remove(record.slot());
    if (attempt == null) {
      var _ = attempts.forgive(key(record));
    } else {
      attempt.survived();
    }
  }

  /** Its end tells nothing of a death. */
  void withdraw(String slot) throws IOException {
    Attempt attempt = open.remove(slot);
    if (attempt != null) {
      attempt.withdrawn();
    }
  }

  /** Its deaths are forgotten. */
  void forgive(String digest) throws IOException {
    for (String slot : state.slots().keySet()) {
      var _ = attempts.forgive(digest + "-" + slot);
    }
  }

  /** A clean end tells nothing of those that are watched. */
  void close() throws IOException {
    for (String slot : List.copyOf(open.keySet())) {
      withdraw(slot);
    }
  }
}
