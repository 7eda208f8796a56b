package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;

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

  /** Seconds since the oldest frame without a verdict was numbered; 0 if there is none. */
  double lagSeconds() throws IOException, InterruptedException {
    JsonNode status = documents.read(at(addresses.edge(), "/api/v1/status"));
    return status.path("backlog").path("oldestAgeMillis").asLong(0) / 1e3;
  }

  private static URI at(URI server, String path) {
    return server.resolve(path);
  }
}
