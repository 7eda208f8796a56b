package io.edgeflow.inference.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that a model runs on. Its owner begins one task after the other. A task that does
 * not end is abandoned, and with it the thread; when the task returns after all, the thread goes on
 * if its owner is still there, else it ends. Only {@link #begin} and {@link Task} are for the
 * owner's lock; the rest is thread-safe.
 */
final class ModelThread {
  private static final Duration FOREVER = Duration.ofDays(365);

  /** One piece of work. */
  static final class Task<T> {
    private final Callable<? extends T> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Task(Callable<? extends T> work) {
      this.work = work;
    }

    private void run() {
      try {
        result.complete(work.call());
      } catch (Throwable e) {
        // Errors too: what a model throws must not end the thread with its caller waiting.
        result.completeExceptionally(e);
      }
    }

    /**
     * Not to be interrupted, because the scorer must not be called again before this is over.
     *
     * @return whether it ended, well or not
     */
    boolean await(Duration patience) {
      boolean interrupted = false;
      long end = System.nanoTime() + patience.toNanos();
      try {
        while (true) {
          try {
            result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            return true;
          } catch (TimeoutException e) {
            return false;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** Of a task that has ended. */
    T get() throws ExecutionException {
      await(FOREVER);
      return switch (result.state()) {
        case SUCCESS -> result.resultNow();
        default -> throw new ExecutionException(result.exceptionNow());
      };
    }

    @Nullable Object late() {
      return result.isCompletedExceptionally() ? null : result.getNow(null);
    }
  }

  private static final Task<Boolean> END = new Task<>(() -> true);

  private final LinkedBlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
  private final String model;
  private final ModelThreads threads;
  private final Consumer<GuardEvent> events;

  /** What is to be done if the thread ends with the task that was given up; null while none was. */
  private @Nullable Runnable afterwards;

  /** Whether the owner has no more use for it. */
  private boolean left;

  private boolean idle = true;

  /**
   * Takes over one place among the threads.
   *
   * @param events told that a task was given up, and then that it ended after all; must not block
   */
  ModelThread(String model, ModelThreads threads, Consumer<GuardEvent> events) {
    this.model = model;
    this.threads = threads;
    this.events = events;
    Thread.ofPlatform().daemon().name("model-" + model).start(this::run);
  }

  <T> Task<T> begin(Callable<? extends T> work) {
    var task = new Task<T>(work);
    synchronized (this) {
      idle = false;
    }
    tasks.add(task);
    return task;
  }

  /** After the last task. */
  void end() {
    tasks.add(END);
  }

  synchronized boolean isAbandoned() {
    return afterwards != null;
  }

  /**
   * Gives up the task that runs.
   *
   * @param forGood whether the owner leaves with that
   * @param cleanUp if the owner left: gets what the task gives when it ends, null if it fails
   */
  synchronized void abandon(Task<?> task, boolean forGood, Consumer<@Nullable Object> cleanUp) {
    left = forGood;
    afterwards = () -> cleanUp.accept(task.late());
    if (idle) {
      // It ended this very moment: something must wake the thread.
      tasks.add(new Task<Boolean>(() -> true));
    }
    events.accept(new GuardEvent.Abandoned(model, threads.lose()));
  }

  /**
   * Has the thread end with the task that was given up.
   *
   * @return false if none is: then the owner ends it
   */
  synchronized boolean leave() {
    left |= afterwards != null;
    return left;
  }

  private void run() {
    try {
      Task<?> task = next();
      while (task != END) {
        task.run();
        if (!goesOn()) {
          return;
        }
        task = next();
      }
    } finally {
      threads.giveBack();
    }
  }

  private boolean goesOn() {
    Runnable last;
    synchronized (this) {
      idle = true;
      if (afterwards == null) {
        return true;
      }
      last = left ? afterwards : null;
      afterwards = last;
    }
    try {
      if (last != null) {
        last.run();
      }
    } finally {
      threads.find();
      events.accept(new GuardEvent.Returned(model));
    }
    return last == null;
  }

  private Task<?> next() {
    Task<?> task = null;
    while (task == null) {
      try {
        task = tasks.take();
      } catch (InterruptedException e) {
        // By a library in a model's call: that call is over.
        task = null;
      }
    }
    return task;
  }
}
