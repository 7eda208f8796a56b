package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Reported;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Hears what edges say of documents, and wakes whoever acts on it.
 *
 * @param spoke takes an edge's name and whether it said hello
 */
record Ear(BiConsumer<String, Boolean> spoke) implements EdgeEar {
  @Override
  public boolean reported(Connection connection, int edgeId, Reported document, Instant arrived)
      throws SQLException {
    Optional<Deployment> said = document.deployment();
    return said.isEmpty()
        || HeardTable.note(connection, edgeId, document.edge(), said.get(), arrived);
  }

  @Override
  public void reported(Reported document) {
    if (document.deployment().isPresent()) {
      spoke.accept(document.edge(), false);
    }
  }

  @Override
  public void greeted(String edge) {
    spoke.accept(edge, true);
  }
}
