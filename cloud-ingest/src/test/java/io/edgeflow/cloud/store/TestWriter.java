package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.Frame;
import java.sql.SQLException;
import java.util.Arrays;

/** A connection of the writer's, for tests that want to know when something is committed. */
public final class TestWriter implements AutoCloseable {
  private final WriterSession session;

  public TestWriter(Schema schema) throws SQLException {
    this.session = WriterSession.open(schema.session());
  }

  /** One transaction, which holds when this returns. */
  public void store(Frame... frames) throws SQLException {
    session.store(Arrays.stream(frames).map(Plant::arrival).toList());
  }

  @Override
  public void close() {
    session.close();
  }
}
