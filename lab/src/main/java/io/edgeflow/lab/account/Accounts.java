package io.edgeflow.lab.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Asks both ends for their side of the ledger. */
public final class Accounts {
  private static final int LOOKS = 20;
  private static final long PAUSE_MILLIS = 100;

  private final Source edge;
  private final Source cloud;
  private final String name;

  /**
   * @param edge answers for a gateway
   * @param cloud answers for its cloud
   * @param name of the edge
   */
  public Accounts(Source edge, Source cloud, String name) {
    this.edge = edge;
    this.cloud = cloud;
    this.name = name;
  }

  /** Where the documents of one process come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * @param path with its query, from the root of the process's web server
     */
    JsonNode read(String path) throws IOException, InterruptedException;
  }

  public EdgeAccount edge() throws IOException, InterruptedException {
    return EdgeAccount.of(edge.read("/api/v1/ledger"));
  }

  /**
   * @param audit also sums up what the tables hold
   */
  public CloudAccount cloud(boolean audit) throws IOException, InterruptedException {
    String query = "?edge=" + name + (audit ? "&audit=true" : "");
    return CloudAccount.of(cloud.read("/api/v1/ledger" + query));
  }

  /** Both sides, of one moment. */
  public record Pair(EdgeAccount edge, CloudAccount cloud) {}

  /**
   * Both sides, for an edge that has delivered everything. An edge that lives may have something to
   * say at any time: what it said is read again until it is the same before and after the cloud was
   * asked. If it never rests, the last of some looks comes back, and will not balance.
   */
  public Pair pair() throws IOException, InterruptedException {
    for (int look = 1; ; look++) {
      Pair pair = new Pair(edge(), cloud(true));
      if (look == LOOKS || (pair.edge.delivered() && pair.edge.equals(edge()))) {
        return pair;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** How old the newest reading in the database is, in seconds; empty while there is none. */
  public OptionalDouble newestAgeSeconds() throws IOException, InterruptedException {
    JsonNode latest = cloud.read("/api/v1/latest");
    return StreamSupport.stream(latest.path("series").spliterator(), false)
        .mapToDouble(one -> (latest.path("now").asLong() - one.path("t").asLong()) / 1e3)
        .min();
  }
}
