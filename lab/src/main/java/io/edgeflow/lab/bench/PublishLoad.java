package io.edgeflow.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Several {@link LoadClient}s at once, and what they got acknowledged. */
final class PublishLoad {
  private PublishLoad() {}

  /**
   * @param perSecond acknowledged publishes
   * @param generatorCores processor time that the load itself took, in cores
   * @param acknowledged all of them, also before and after the measurement
   */
  record Result(double perSecond, double generatorCores, long acknowledged) {}

  /**
   * @param warmUpNanos published before the measurement starts
   * @throws IOException if any client lost its connection
   */
  static Result measure(int port, int clients, int window, long warmUpNanos, long measuredNanos)
      throws IOException {
    var publishers = new ArrayList<Publisher>();
    try {
      for (int i = 0; i < clients; i++) {
        publishers.add(new Publisher(port, "load-" + i, window));
      }
      // Connecting may take longer than the measurement.
      long until = System.nanoTime() + warmUpNanos + measuredNanos;
      publishers.forEach(publisher -> publisher.publish(until));
      LockSupport.parkNanos(warmUpNanos);
      long from = System.nanoTime();
      long acknowledged = acknowledged(publishers);
      long cpu = cpuNanos(publishers);
      LockSupport.parkNanos(measuredNanos - TimeUnit.MILLISECONDS.toNanos(50));
      double seconds = (System.nanoTime() - from) / 1e9;
      double perSecond = (acknowledged(publishers) - acknowledged) / seconds;
      double cores = (cpuNanos(publishers) - cpu) / 1e9 / seconds;
      for (Publisher publisher : publishers) {
        publisher.await();
      }
      return new Result(perSecond, cores, acknowledged(publishers));
    } finally {
      for (Publisher publisher : publishers) {
        publisher.client.close();
      }
    }
  }

  private static long acknowledged(List<Publisher> publishers) {
    return publishers.stream().mapToLong(publisher -> publisher.client.acknowledged()).sum();
  }

  private static long cpuNanos(List<Publisher> publishers) {
    return publishers.stream()
        .mapToLong(
            publisher ->
                ManagementFactory.getThreadMXBean().getThreadCpuTime(publisher.thread.threadId()))
        .filter(nanos -> nanos > 0)
        .sum();
  }

  private static final class Publisher {
    private final LoadClient client;
    private final Thread thread;
    private volatile long untilNanos;
    private volatile @Nullable IOException failure;

    Publisher(int port, String name, int window) throws IOException {
      client = new LoadClient(port, name, window, System.currentTimeMillis());
      thread =
          Thread.ofPlatform()
              .daemon()
              .name(name)
              .unstarted(
                  () -> {
                    try {
                      client.run(untilNanos);
                    } catch (IOException e) {
                      failure = e;
                    }
                  });
    }

    void publish(long until) {
      untilNanos = until;
      thread.start();
    }

    void await() throws IOException {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException("interrupted"));
      }
      IOException lost = failure;
      if (lost != null) {
        throw lost;
      }
    }
  }
}
