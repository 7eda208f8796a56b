package io.edgeflow.lab.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Whatever broke inside of an edge that should have gone on. Any thread. */
public final class Breakages implements Consumer<Throwable> {
  private final List<Throwable> all = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Throwable cause) {
    all.add(cause);
  }

  /** For a person; empty if nothing broke. */
  public List<String> words() {
    return all.stream()
        .map(
            cause -> "an edge broke: " + cause + " at " + List.of(cause.getStackTrace()).getFirst())
        .toList();
  }
}
