package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Reported;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Hears what edges say of themselves as it is written down. */
public interface EdgeEar {
  EdgeEar NONE =
      new EdgeEar() {
        @Override
        public boolean reported(
            Connection connection, int edgeId, Reported document, Instant arrived) {
          return true;
        }

        @Override
        public void reported(Reported document) {}

        @Override
        public void greeted(String edge) {}
      };

  /**
   * Within the transaction that writes it down.
   *
   * @return false if it came late and means nothing: it is not written down
   */
  boolean reported(Connection connection, int edgeId, Reported document, Instant arrived)
      throws SQLException;

  /** After the commit. Returns at once. */
  void reported(Reported document);

  /** An edge said hello, which is written down. Returns at once. */
  void greeted(String edge);
}
