package io.edgeflow.process.http;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that may block, with a bounded queue in front of them. Whoever asks much waits behind
 * himself: a client has at most three quarters of the threads and of the queue, and those who wait
 * take turns.
 */
final class Workers implements AutoCloseable {
  private static final int IDLE_SECONDS = 30;

  /** So few cannot be shared. */
  private static final int FEW = 4;

  private final ThreadPoolExecutor pool;
  private final int threads;
  private final int waiting;

  // Guarded by this.
  private final Map<String, Client> clients = new HashMap<>();
  private final ArrayDeque<Client> turns = new ArrayDeque<>();
  private int running;
  private int queued;
  private boolean closed;

  private static final class Client {
    final String name;
    final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    int running;

    Client(String name) {
      this.name = name;
    }
  }

  Workers(int threads, int waiting) {
    this.threads = threads;
    this.waiting = waiting;
    var number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            // Never longer than the threads: what waits does so in the clients' queues.
            new LinkedBlockingQueue<>(),
            work ->
                Thread.ofPlatform()
                    .daemon()
                    .name("http-" + number.incrementAndGet())
                    .unstarted(work));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * False if there is no room: nothing was done.
   *
   * @param name of the client, such as its address
   */
  synchronized boolean offer(String name, Runnable work) {
    if (closed) {
      return false;
    }
    Client client = clients.computeIfAbsent(name, Client::new);
    if (running < threads && client.running < share(threads)) {
      start(client, work);
      return true;
    }
    boolean taken = queued < waiting && client.queue.size() < share(waiting);
    if (taken) {
      if (client.queue.isEmpty()) {
        turns.add(client);
      }
      client.queue.add(work);
      queued++;
    } else {
      forget(client);
    }
    return taken;
  }

  private static int share(int all) {
    return all < FEW ? all : all * 3 / 4;
  }

  private void start(Client client, Runnable work) {
    running++;
    client.running++;
    pool.execute(
        () -> {
          try {
            work.run();
          } finally {
            done(client);
          }
        });
  }

  private synchronized void done(Client client) {
    running--;
    client.running--;
    forget(client);
    Client next = closed ? null : next();
    if (next != null) {
      Runnable work = next.queue.remove();
      queued--;
      if (!next.queue.isEmpty()) {
        turns.add(next);
      }
      start(next, work);
    }
  }

  /** Whose turn it is: the first who waits and may have one more. */
  private @Nullable Client next() {
    for (int i = turns.size(); i > 0; i--) {
      Client client = turns.remove();
      if (client.running < share(threads)) {
        return client;
      }
      turns.add(client);
    }
    return null;
  }

  private void forget(Client client) {
    if (client.running == 0 && client.queue.isEmpty()) {
      clients.remove(client.name, client);
    }
  }

  /** Lets what runs end for a moment, then interrupts it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    pool.shutdown();
    try {
      if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException hurry) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
