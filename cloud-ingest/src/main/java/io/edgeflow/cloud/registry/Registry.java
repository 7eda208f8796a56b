package io.edgeflow.cloud.registry;

import io.edgeflow.process.trust.KeyDocument;
import java.sql.SQLException;
import java.util.Optional;

/** What other parts of the cloud ask of what was published. Any thread; blocks for the database. */
public interface Registry {
  /** Complete ones only: what is still being uploaded is not there. */
  Optional<PublishedBundle> bundle(String digest) throws SQLException;

  Optional<PublishedBundle> version(String model, String version) throws SQLException;

  /** The number of the newest key document; 0 if there is none yet. */
  int newestKeys() throws SQLException;

  /** The newest key document, whose keys count; empty if there is none yet. */
  Optional<KeyDocument> newestKeyDocument() throws SQLException;
}
