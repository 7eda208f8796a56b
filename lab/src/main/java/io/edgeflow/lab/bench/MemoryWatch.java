package io.edgeflow.lab.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

/** The most memory that a gateway was seen to take while it was watched. */
final class MemoryWatch implements AutoCloseable {
  private static final int LOOK_MILLIS = 250;
  private static final String RESIDENT = "process_resident_memory_bytes";
  private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request;
  private final Thread thread;
  private volatile boolean ended;

  // Guarded by this.
  private Peak peak = new Peak(0, 0);

  /**
   * @param residentBytes what the operating system says
   * @param heapBytes used of the heap, garbage included
   */
  record Peak(long residentBytes, long heapBytes) {
    Peak with(long resident, long heap) {
      return new Peak(Math.max(residentBytes, resident), Math.max(heapBytes, heap));
    }
  }

  MemoryWatch(URI gatewayHttp) {
    request = HttpRequest.newBuilder(gatewayHttp.resolve("/metrics")).build();
    thread = Thread.ofPlatform().daemon().name("memory-watch").start(this::watch);
  }

  synchronized Peak peak() {
    return peak;
  }

  private void watch() {
    try {
      while (!ended) {
        look();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    long resident = 0;
    double heap = 0;
    try {
      for (String line : client.send(request, BodyHandlers.ofString()).body().lines().toList()) {
        double value = line.startsWith("#") ? 0 : value(line);
        resident += line.startsWith(RESIDENT) ? (long) value : 0;
        heap += line.startsWith(USED) ? value : 0;
      }
    } catch (IOException busy) {
      return;
    }
    synchronized (this) {
      peak = peak.with(resident, (long) heap);
    }
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
