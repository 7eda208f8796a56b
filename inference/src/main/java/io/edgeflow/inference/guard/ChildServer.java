package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.ChildFrames.Failed;
import io.edgeflow.inference.guard.ChildFrames.Floats;
import io.edgeflow.inference.guard.ChildFrames.Found;
import io.edgeflow.inference.guard.ChildFrames.Frame;
import io.edgeflow.inference.guard.ChildFrames.Load;
import io.edgeflow.inference.guard.ChildFrames.Probe;
import io.edgeflow.inference.guard.ChildFrames.Ready;
import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child's side: requests from standard input, answers to standard output. It ends when its
 * standard input does, in the middle of a call too, so it never outlives its parent.
 */
final class ChildServer {
  /** Makes the scorer that the first request asks for. */
  interface Loader {
    /** What is no part of the model's memory: the library. */
    default void prepare(Load request) throws Exception {}

    Scorer load(Load request) throws Exception;

    /** Which provider works here. */
    default Found find(Probe request) throws Exception {
      throw new IOException("nothing is found here");
    }
  }

  private static final long PAGE = 4096;

  private final ChildFrames frames;
  private final Loader loader;
  private final LinkedBlockingQueue<Frame> requests = new LinkedBlockingQueue<>();

  private ChildServer(ChildFrames frames, Loader loader) {
    this.frames = frames;
    this.loader = loader;
  }

  /** Returns when the parent is gone; then the process is to end. */
  static void serve(Loader loader) {
    var out = new FileOutputStream(FileDescriptor.out);
    // Whatever a library prints would be taken for an answer.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
    killMeFirst();
    var server =
        new ChildServer(new ChildFrames(new FileInputStream(FileDescriptor.in), out), loader);
    Thread.ofPlatform().daemon().name("score").start(server::answer);
    server.listen();
  }

  /** When memory is short, the kernel takes this process and not its parent. */
  private static void killMeFirst() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "800");
    } catch (IOException notHere) {
      return;
    }
  }

  private void listen() {
    try {
      while (true) {
        requests.add(frames.read());
      }
    } catch (IOException theParentIsGone) {
      return;
    }
  }

  private void answer() {
    try {
      switch (requests.take()) {
        case Probe request -> frames.write(told(() -> loader.find(request)));
        case Load request -> serve(load(request));
        default -> throw new IOException("the first request is neither to load nor to find");
      }
    } catch (Throwable e) {
      // Errors above all: the parent is told by the end of this process, and else would wait.
      Runtime.getRuntime().halt(1);
    }
  }

  private void serve(Scorer scorer) throws IOException, InterruptedException {
    while (requests.take() instanceof Floats rows) {
      frames.write(score(scorer, rows));
    }
  }

  private Scorer load(Load request) throws Exception {
    return told(
        () -> {
          loader.prepare(request);
          long before = resident(ProcessHandle.current().pid());
          Scorer scorer = loader.load(request);
          frames.write(new Ready(before));
          return scorer;
        });
  }

  /** The parent hears why it fails. */
  private <T> T told(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (Exception | LinkageError e) {
      frames.write(new Failed(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private static Frame score(Scorer scorer, Floats rows) {
    try {
      return new Floats(rows.count(), scorer.score(rows.values(), rows.count()));
    } catch (NonFiniteScoresException e) {
      // The parent looks for itself.
      return new Floats(rows.count(), e.scores());
    } catch (ScoringException | RuntimeException e) {
      return new Failed(String.valueOf(e.getMessage()));
    }
  }

  /** Bytes; -1 where the system does not tell. */
  static long resident(long pid) {
    try {
      String statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
      return Long.parseLong(statm.split(" ", -1)[1]) * PAGE;
    } catch (IOException notHere) {
      return -1;
    }
  }
}
