package io.edgeflow.inference.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Keeps what was told. */
final class Events implements Consumer<GuardEvent> {
  private static final long PATIENCE_MILLIS = 30_000;
  private final List<GuardEvent> told = new ArrayList<>();

  @Override
  public synchronized void accept(GuardEvent event) {
    told.add(event);
  }

  synchronized List<GuardEvent> all() {
    return List.copyOf(told);
  }

  synchronized <E extends GuardEvent> List<E> of(Class<E> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!condition.getAsBoolean()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("not within 30 s");
      }
      Thread.sleep(10);
    }
  }
}
