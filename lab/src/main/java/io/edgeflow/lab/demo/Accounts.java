package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/** Asks both ends for their side of the ledger. */
final class Accounts {
  private final Documents documents;
  private final DemoSystem.Addresses addresses;

  Accounts(Documents documents, DemoSystem.Addresses addresses) {
    this.documents = documents;
    this.addresses = addresses;
  }

  EdgeAccount edge() throws IOException, InterruptedException {
    return EdgeAccount.of(documents.read(at(addresses.edge(), "/api/v1/ledger")));
  }

  /**
   * @param audit also sums up what the tables hold
   */
  CloudAccount cloud(boolean audit) throws IOException, InterruptedException {
    String query = "?edge=" + DemoSystem.EDGE + (audit ? "&audit=true" : "");
    return CloudAccount.of(documents.read(at(addresses.cloud(), "/api/v1/ledger" + query)));
  }

  /** How old the newest reading in the database is, in seconds; empty while there is none. */
  OptionalDouble newestAgeSeconds() throws IOException, InterruptedException {
    JsonNode latest = documents.read(at(addresses.cloud(), "/api/v1/latest"));
    return StreamSupport.stream(latest.path("series").spliterator(), false)
        .mapToDouble(one -> (latest.path("now").asLong() - one.path("t").asLong()) / 1e3)
        .min();
  }

  private static URI at(URI server, String path) {
    return server.resolve(path);
  }
}
