package io.edgeflow.cloud.files;

import java.io.IOException;

/** Takes what the lines of a file say, in order. */
public interface RowSink {
  void row(Row row) throws IOException, InterruptedException;

  /**
   * A line that is left out; its neighbours are not.
   *
   * @param line the first is 1
   */
  void bad(long line, String reason);
}
