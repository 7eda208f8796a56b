package io.edgeflow.cloud.registry;

import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Reads;
import io.edgeflow.cloud.store.Transactions.Work;
import io.edgeflow.process.trust.KeyDocument;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;

/** The registry in the database. */
final class StoredRegistry implements Registry {
  private final Reads reads;
  private final Keys keys;

  StoredRegistry(Reads reads, Keys keys) {
    this.reads = reads;
    this.keys = keys;
  }

  @Override
  public Optional<PublishedBundle> bundle(String digest) throws SQLException {
    return ask(connection -> Versions.byDigest(connection, digest)).map(Versions.Version::bundle);
  }

  @Override
  public Optional<PublishedBundle> version(String model, String version) throws SQLException {
    return ask(connection -> Versions.byVersion(connection, model, version))
        .map(Versions.Version::bundle);
  }

  @Override
  public int newestKeys() throws SQLException {
    return newestKeyDocument().map(KeyDocument::number).orElse(0);
  }

  @Override
  public Optional<KeyDocument> newestKeyDocument() throws SQLException {
    return ask(keys::newest).map(Keys.Kept::newest);
  }

  private <T> T ask(Work<T> question) throws SQLException {
    try {
      return reads.ask(question);
    } catch (Overload busy) {
      throw new SQLTransientException(busy);
    }
  }
}
