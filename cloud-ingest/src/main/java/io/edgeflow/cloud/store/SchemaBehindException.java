package io.edgeflow.cloud.store;

import java.io.IOException;

/** The schema is not the present one, and nobody may change it unasked. */
public final class SchemaBehindException extends IOException {
  private static final long serialVersionUID = 1;

  SchemaBehindException(SchemaState state) {
    super(
        state.words()
            + "; `./edgeflow cloud migrate` takes them, with the same settings, and so does a start"
            + " with database.migrate: auto");
  }
}
