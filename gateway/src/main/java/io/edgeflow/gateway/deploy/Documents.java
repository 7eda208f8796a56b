package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.deploy.OrderDesk.Given;
import io.edgeflow.gateway.deploy.OrderDesk.Refused;
import io.edgeflow.gateway.deploy.OrderDesk.UnknownSigner;
import io.edgeflow.wire.document.Desired;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes documents (R1): a newer one is in the journal before anything is done for it; of others
 * nothing comes but a count, or a word about a conflict. One thread.
 */
final class Documents {
  private final Inbox inbox;
  private final OrderDesk desk;
  private final KeyRefresh keys;
  private final Ledger ledger;
  private final DeployEvents events;
  private final Forgiving forgiving;

  /** One that is to be judged again: by newer keys, or because it could not be noted. */
  private Optional<byte[]> postponed = Optional.empty();

  private volatile String refusal = "";
  private final AtomicLong ignored = new AtomicLong();

  /** Forgets what a digest did. */
  @FunctionalInterface
  interface Forgiving {
    void forgive(String digest) throws IOException;
  }

  Documents(
      Inbox inbox,
      OrderDesk desk,
      KeyRefresh keys,
      Ledger ledger,
      DeployEvents events,
      Forgiving forgiving) {
    this.inbox = inbox;
    this.desk = desk;
    this.keys = keys;
    this.ledger = ledger;
    this.events = events;
    this.forgiving = forgiving;
  }

  /** Why the last document was not taken; empty if none was refused since one was. */
  String refusal() {
    return refusal;
  }

  /** Documents of numbers that are past. */
  long ignored() {
    return ignored.get();
  }

  /**
   * Takes what came in.
   *
   * @throws IOException if one cannot be noted; it is tried again
   */
  void step() throws IOException {
    if (!keys.isRunning() && postponed.isPresent()) {
      judgeOrPostpone(postponed.get(), true);
    }
    while (!keys.isRunning() && postponed.isEmpty()) {
      Optional<byte[]> next = inbox.take();
      if (next.isEmpty()) {
        return;
      }
      judgeOrPostpone(next.get(), false);
    }
  }

  private void judgeOrPostpone(byte[] signed, boolean again) throws IOException {
    postponed = Optional.empty();
    try {
      if (!judge(signed, again)) {
        postponed = Optional.of(signed);
      }
    } catch (IOException e) {
      postponed = Optional.of(signed);
      throw e;
    }
  }

  /**
   * @param again whether keys were fetched for it already
   * @return whether it is over; else newer keys are being fetched for it
   */
  private boolean judge(byte[] signed, boolean again) throws IOException {
    switch (desk.read(signed)) {
      case Refused(String why) -> refuse(why);
      case UnknownSigner(var why) -> {
        if (!again && keys.begin(keys.number() + 1)) {
          return false;
        }
        refuse(why.toString());
      }
      case Given(Desired desired, String digest) -> {
        boolean newer = desired.number() > ledger.state().number();
        if (newer && !again && desired.keys() > keys.number() && keys.begin(desired.keys())) {
          return false;
        }
        take(desired, digest);
      }
    }
    return true;
  }

  private void take(Desired desired, String digest) throws IOException {
    AgentState state = ledger.state();
    if (desired.number() < state.number()) {
      ignored.incrementAndGet();
    } else if (desired.number() > state.number()) {
      for (String forgiven : desired.forgiven()) {
        forgiving.forgive(forgiven);
      }
      ledger.write(state.follow(desired, digest, ledger.now()));
      refusal = "";
      events.taken(desired.number());
      for (SlotRecord slot : ledger.state().slots().values()) {
        events.step(state.slots().get(slot.slot()), slot);
      }
    } else if (!digest.equals(state.digest())) {
      refuse("conflict: another document has the number " + desired.number() + " too");
    }
  }

  /** A storm of bad documents is told once. */
  private void refuse(String why) {
    if (!why.equals(refusal)) {
      events.refused(why);
    }
    refusal = why;
  }
}
