package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The windows of some pieces of an answer, of which each is read once: by whoever writes the
 * answer, when it comes to the piece, or before that by a companion. The writer waits only for a
 * piece that is being read. Pieces are told apart by what they are, not by what they are equal to.
 *
 * @param <P> a piece
 */
final class ReadAhead<P> {
  /** Reads the windows of a piece. */
  @FunctionalInterface
  interface Reader<P> {
    void read(Connection connection, P piece, WindowQuery.Sink sink) throws SQLException;
  }

  private record Found(int series, Slice slice) {}

  private static final class Task {
    final AtomicBoolean taken = new AtomicBoolean();
    final CompletableFuture<List<Found>> found = new CompletableFuture<>();
  }

  private final List<P> pieces;
  private final IdentityHashMap<P, Task> tasks = new IdentityHashMap<>();
  private final Reader<P> reader;
  private volatile boolean over;

  /**
   * @param reader used by both threads
   */
  ReadAhead(List<P> pieces, Reader<P> reader) {
    this.pieces = List.copyOf(pieces);
    this.reader = reader;
    pieces.forEach(piece -> tasks.put(piece, new Task()));
  }

  /** The companion: reads whatever nobody reads yet, until all is taken or nobody wants it. */
  void readAhead(Connection connection) throws SQLException {
    if (over) {
      return;
    }
    WindowQuery.planEach(connection);
    for (P piece : pieces) {
      Task task = tasks.get(piece);
      if (over) {
        return;
      }
      if (task != null && task.taken.compareAndSet(false, true)) {
        read(connection, piece, task);
      }
    }
  }

  private void read(Connection connection, P piece, Task task) throws SQLException {
    try {
      List<Found> found = new ArrayList<>();
      reader.read(connection, piece, (series, slice) -> found.add(new Found(series, slice)));
      task.found.complete(found);
    } catch (SQLException | RuntimeException | Error failed) {
      // Also want of memory: the writer waits for this.
      task.found.completeExceptionally(failed);
      throw failed;
    }
  }

  /** The writer: all windows of a piece, in order, read here or by the companion. */
  void take(Connection connection, P piece, WindowQuery.Sink sink) throws SQLException {
    Task task = tasks.get(piece);
    if (task == null || task.taken.compareAndSet(false, true)) {
      reader.read(connection, piece, sink);
      return;
    }
    try {
      task.found.join().forEach(found -> sink.slice(found.series(), found.slice()));
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** Nothing more is wanted. */
  void end() {
    over = true;
  }
}
