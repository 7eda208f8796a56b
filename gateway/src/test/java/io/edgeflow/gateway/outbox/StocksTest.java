package io.edgeflow.gateway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What the ledger sums up with every change against a model that looks through every frame, over
 * random histories: frames are numbered, placed, moved into files, settled, reopened and forgotten
 * (J8, J10), with a checkpoint in between.
 */
final class StocksTest {
  private static final Incarnation INCARNATION = new Incarnation(1, 1);
  private static final int HOMES = 4;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Map<FrameId, Known> model = new TreeMap<>(StocksTest::order);
  private FrameLedger ledger = new FrameLedger();

  private record Known(long created, int bytes, @Nullable Fate fate, @Nullable FramePlace place) {
    boolean pending() {
      return fate == null;
    }

    boolean in(boolean file, long home) {
      return switch (place) {
        case FramePlace.InFile(long id) -> file && id == home;
        case FramePlace.InSegment(LogPosition position) -> !file && position.segment() == home;
        case null -> false;
      };
    }
  }

  private static int order(FrameId a, FrameId b) {
    int lanes = a.lane().compareTo(b.lane());
    return lanes != 0 ? lanes : Long.compare(a.number(), b.number());
  }

  @RepeatedTest(20)
  void sumsUpWithEveryChange() throws IOException {
    ledger.begin(INCARNATION, null);
    for (int step = 0; step < 600; step++) {
      change(step);
      if (step % 50 == 49) {
        placeAll();
        ledger = copy(ledger);
      }
      assertAgrees("seed " + seed + " step " + step);
    }
  }

  private void change(int step) {
    switch (random.nextInt(6)) {
      case 0, 1 -> number(step);
      case 2 -> place(any());
      case 3 -> settle();
      case 4 -> reopen();
      default -> forget();
    }
  }

  private void number(int step) {
    List<Lane> lanes = List.of(Lane.values());
    Lane lane = lanes.get(random.nextInt(lanes.size()));
    FrameLedger.NextNumber next = ledger.next(lane);
    int bytes = 1 + random.nextInt(1000);
    ledger.numbered(new NewFrame(next.id(), step, bytes, 1, next.totalBefore() + 1, Grain.FINE));
    model.put(next.id(), new Known(step, bytes, null, null));
  }

  private Known known(FrameId id) {
    return Objects.requireNonNull(model.get(id));
  }

  private @Nullable FrameId any() {
    List<FrameId> all = List.copyOf(model.keySet());
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private void place(@Nullable FrameId id) {
    if (id == null) {
      return;
    }
    Known known = known(id);
    FramePlace place =
        random.nextBoolean()
            ? new FramePlace.InFile(random.nextInt(HOMES))
            : new FramePlace.InSegment(
                new LogPosition(random.nextInt(HOMES), random.nextInt(1 << 20), known.bytes));
    ledger.placed(id, place);
    model.put(id, new Known(known.created, known.bytes, known.fate, place));
  }

  private void placeAll() {
    for (FrameId id : List.copyOf(model.keySet())) {
      if (known(id).place == null) {
        place(id);
      }
    }
  }

  private void settle() {
    FrameId id = any();
    if (id != null && known(id).pending()) {
      Fate fate = FateCode.fate(random.nextInt(FateCode.COUNT));
      ledger.settle(INCARNATION, id.lane(), id.number(), id.number(), fate);
      Known known = known(id);
      model.put(id, new Known(known.created, known.bytes, fate, known.place));
    }
  }

  private void reopen() {
    FrameId id = any();
    if (id != null) {
      ledger.reopen(id);
      Known known = known(id);
      model.put(id, new Known(known.created, known.bytes, null, known.place));
    }
  }

  private void forget() {
    int home = random.nextInt(HOMES);
    boolean file = random.nextBoolean();
    if (file) {
      ledger.forgetFile(home);
    } else {
      ledger.forgetSegment(home);
    }
    model.values().removeIf(known -> !known.pending() && known.in(file, home));
  }

  private void assertAgrees(String where) {
    for (int home = 0; home < HOMES; home++) {
      long id = home;
      assertEquals(stock((f, k) -> k.in(false, id)), ledger.inSegment(id), where);
      assertEquals(stock((f, k) -> k.in(true, id)), ledger.inFile(id), where);
    }
    for (Lane lane : Lane.values()) {
      assertEquals(stock((frame, known) -> frame.lane() == lane), ledger.inLane(lane), where);
    }
    assertEquals(oldest(), ledger.oldestPendingMicros(), where);
    boolean allPlaced = model.values().stream().allMatch(known -> known.place != null);
    assertEquals(allPlaced, ledger.allPlaced(), where);
    assertEquals(outgoing(), ledger.pending(), where);
  }

  private interface Choice {
    boolean test(FrameId frame, Known known);
  }

  private Stock stock(Choice choice) {
    long frames = 0;
    long pending = 0;
    long bytes = 0;
    for (Map.Entry<FrameId, Known> entry : model.entrySet()) {
      if (choice.test(entry.getKey(), entry.getValue())) {
        frames++;
        pending += entry.getValue().pending() ? 1 : 0;
        bytes += entry.getValue().pending() ? entry.getValue().bytes : 0;
      }
    }
    return new Stock(frames, pending, bytes);
  }

  private OptionalLong oldest() {
    return model.values().stream().filter(Known::pending).mapToLong(Known::created).min();
  }

  private List<OutgoingFrame> outgoing() {
    List<OutgoingFrame> outgoing = new ArrayList<>();
    model.forEach(
        (id, known) -> {
          FramePlace place = known.place;
          if (known.pending() && place != null) {
            outgoing.add(new OutgoingFrame(id, place, known.bytes, 1));
          }
        });
    return outgoing;
  }

  private static FrameLedger copy(FrameLedger ledger) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ledger.write(new DataOutputStream(bytes));
    return FrameLedger.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
